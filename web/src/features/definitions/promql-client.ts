import type { PrometheusClient } from '@prometheus-io/codemirror-promql';
import { listLabelNames, listLabelValues } from '../../api/metrics.ts';

/** The label by which the store names its metrics. */
const METRIC_NAME = '__name__';
/** The most names that a completion gets: the box shows a hundred, and sorts what it gets at each key. */
const NAMES_MAX = 10_000;

/** Remembers answers by their question; what failed is asked again. */
function remembering(ask: (key: string) => Promise<readonly string[]>): (key: string) => Promise<string[]> {
  const known = new Map<string, Promise<readonly string[]>>();
  return async (key) => {
    let answer = known.get(key);
    if (answer === undefined) {
      answer = ask(key);
      known.set(key, answer);
      answer.catch(() => known.delete(key));
    }
    // A completion without the store is one of the language alone.
    return [...(await answer.catch(() => []))].slice(0, NAMES_MAX);
  };
}

const SPLIT = '\n';

/** Completes with the metrics, labels and values of this system, by its own API and with the rights of who is logged in. */
export function createPromqlClient(): PrometheusClient {
  const values = remembering((key) => {
    const [label = '', metric = ''] = key.split(SPLIT);
    return listLabelValues(label, metric);
  });
  const labels = remembering((metric) => listLabelNames(metric));
  return {
    metricNames: () => values(METRIC_NAME + SPLIT),
    labelNames: async (metric = '') => (await labels(metric)).filter((label) => label !== METRIC_NAME),
    labelValues: (label, metric = '') => values(label + SPLIT + metric),
    metricMetadata: async () => ({}),
    series: async () => [],
    flags: async () => ({}),
  };
}
