import { Counter, Histogram, type Registry } from 'prom-client';
import type { ConfigDeliveryServiceOptions } from './config-delivery-service.ts';

/** Builds the own metrics of rendering. */
export function createConfigMetrics(registry: Registry): Pick<ConfigDeliveryServiceOptions, 'observe'> {
  const registers = [registry];
  const rendered = new Counter({
    name: 'stratora_config_rendered_total',
    help: 'Marked components whose config was rendered: a new generation, the same as before, or not at all.',
    labelNames: ['outcome'],
    registers,
  });
  for (const outcome of ['new', 'same', 'failed']) rendered.inc({ outcome }, 0);
  const duration = new Histogram({
    name: 'stratora_config_render_duration_seconds',
    help: 'From reading the rows to the generation being written.',
    buckets: [0.01, 0.05, 0.2, 0.5, 1, 2, 5, 15],
    registers,
  });
  const nodes = new Counter({
    name: 'stratora_config_left_out_nodes_total',
    help: 'Nodes that renderings had to do without.',
    registers,
  });
  return {
    observe(outcome, durationMs, leftOut) {
      rendered.inc({ outcome });
      duration.observe(durationMs / 1000);
      nodes.inc(leftOut);
    },
  };
}
