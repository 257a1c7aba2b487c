export { ConfigReplay, type ReplayedLines, type ReplayOptions } from './config-replay.ts';
export { type AppliedChange, createEngine, type Engine, type EngineOptions } from './engine.ts';
export { checkConfig, type EnginePlan, type PlannedInput } from './engine-plan.ts';
export {
  checkConfigFile,
  type RunEngineOptions,
  type RunningEngine,
  runEngine,
  type SignalSource,
} from './engine-run.ts';
export { EngineStats, type InputStats, type OutputStats, STATS_SERVICE } from './engine-stats.ts';
export { hostPathsFrom, LOCAL_HOST } from './host-paths.ts';
export type {
  Fields,
  FieldValue,
  HostPaths,
  Input,
  InputContext,
  InputPlugin,
  Sink,
  Tags,
  TargetStatus,
} from './input.ts';
export { GatherError, integer } from './input.ts';
export { INPUT_NAMES } from './input-registry.ts';
export { type PingResult, pingFields, pingResult } from './inputs/ping/ping-result.ts';
export { type OptionFault, OptionReader } from './option-reader.ts';
export { type SharedService, SharedServices } from './shared-services.ts';
export type { TargetReport } from './status-board.ts';
