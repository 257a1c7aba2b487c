import type { Clock, Logger } from '@stratora/runtime';
import type { PlannedInput } from './engine-plan.ts';
import type { HostPaths, InputContext } from './input.ts';
import type { MetricShape } from './metric-shape.ts';
import type { SharedServices } from './shared-services.ts';

/** What surrounds the inputs of a config, whoever runs them. */
export interface InputSurroundings {
  readonly logger: Logger;
  readonly clock: Clock;
  readonly services: SharedServices;
  readonly host: HostPaths;
  readonly deadlineMs: number;
  readonly reportStatus: InputContext['reportStatus'];
}

/** The context of one planned input. */
export function createInputContext(
  { block, schedule }: PlannedInput,
  shape: MetricShape,
  around: InputSurroundings,
): InputContext {
  return {
    ...around,
    plugin: block.plugin,
    alias: block.alias,
    intervalMs: schedule.intervalMs,
    tags: shape.tags,
    encodeSeries: (name, tags) => shape.encodeSeries(name, tags),
    keepsField: (field) => shape.keepsField(field),
  };
}
