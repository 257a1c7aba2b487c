import { VictoriaMetrics, waitFor } from '@stratora/testkit';
import { createQueryClient, type QueryClient } from '@stratora/victoriametrics';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AlertScene, ofNode } from './alert-scene.test-support.ts';
import { seriesLabels } from './alert-series.ts';

describe('alerts as series of the metric store', () => {
  let store: VictoriaMetrics;
  let reader: QueryClient;
  let scene: AlertScene;
  let viewer: string;
  let node: string;

  beforeAll(async () => {
    store = await VictoriaMetrics.start();
    reader = createQueryClient({ url: store.url });
    scene = await AlertScene.start({ config: { metricsReadUrl: store.url, metricsWriteUrl: store.url } });
    viewer = await scene.addUser('viewer');
    node = await scene.addNode('press-07');
  });
  afterAll(async () => {
    await scene?.stop();
    reader?.close();
    await store?.stop();
  });
  beforeEach(() => scene.clear());

  /** Asks as Grafana does, and gives the labels of what there is. */
  async function shown(query = 'ALERTS'): Promise<Record<string, string>[]> {
    const path = `/api/v1/prometheus/api/v1/query?query=${encodeURIComponent(query)}`;
    const { json } = await scene.backend.call('GET', path, { token: viewer });
    return (json as { data: { result: { metric: Record<string, string> }[] } }).data.result.map(
      ({ metric }) => metric,
    );
  }
  /** Waits for what needs a cycle of the server, and as long again until the store shows a new series. */
  const until = (holds: () => Promise<boolean>, what: string) => waitFor(holds, { timeoutMs: 60_000, what });

  it('begin with the alert, follow its severity and end with it', { timeout: 200_000 }, async () => {
    const ref = ofNode(node, 'test_cpu:0');
    await scene.apply([scene.trigger(ref, { labels: { cpu: '0' } })]);
    await until(async () => (await shown()).length === 1, 'the series of the alert');
    expect(await shown()).toEqual([
      {
        __name__: 'ALERTS',
        alertname: 'test_cpu',
        alertstate: 'firing',
        severity: 'warning',
        node_id: node,
        node_name: 'press-07',
        site: 'Default',
        cpu: '0',
      },
    ]);
    await scene.apply([scene.change(ref, 'severity', { severity: 'critical', value: 99, threshold: 95 })]);
    await until(
      async () => (await shown()).map(({ severity }) => severity).join() === 'critical',
      'the other severity alone',
    );
    await scene.apply([scene.change(ref, 'resolve', { value: 1, reason: undefined })]);
    await until(async () => (await shown()).length === 0, 'the end of the series');
    expect(await shown('count_over_time(ALERTS{severity="warning"}[1h])')).toHaveLength(1);
  });

  it('end also when another server takes over just after the alert resolved', {
    timeout: 200_000,
  }, async () => {
    const ref = ofNode(node, 'test_cpu:1');
    await scene.apply([scene.trigger(ref, { labels: { cpu: '1' } })]);
    await until(async () => (await shown('ALERTS{cpu="1"}')).length === 1, 'the series');
    await scene.apply([scene.change(ref, 'resolve', { value: 1, reason: undefined })]);
    // What a server that has died would have left: a lease of nobody, and no marker.
    await sql`UPDATE leases SET holder = gen_random_uuid(), expires_at = now() WHERE name = 'alert-series'`.execute(
      scene.db,
    );
    await until(async () => (await shown('ALERTS{cpu="1"}')).length === 0, 'the end of the series');
  });
});

describe('the labels of a series', () => {
  it('are as many as the store keeps, the alert’s own first', () => {
    const labels = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`label_${i}`, 'x'.repeat(2000)]));
    const kept = seriesLabels(
      {
        definition_id: 'd',
        definition_slug: 'test_cpu',
        definition_name: 'CPU',
        severity: 'warning',
        node_id: 'n',
        component_id: null,
        subject_name: 'press-07',
        site_name: 'Default',
        labels,
        value: 1,
        started_at: new Date(),
        summary: '',
        runbook_url: null,
      },
      30,
    );
    expect(Object.keys(kept)).toHaveLength(31);
    expect(kept).toMatchObject({ __name__: 'ALERTS', alertname: 'test_cpu', node_id: 'n', site: 'Default' });
    expect(kept['label_0']?.length).toBeLessThan(1000);
  });
});
