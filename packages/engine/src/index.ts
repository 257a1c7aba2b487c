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
export { type OptionFault, OptionReader } from './option-reader.ts';
export { type SharedService, SharedServices } from './shared-services.ts';
