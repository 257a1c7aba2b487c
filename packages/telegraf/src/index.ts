export { ConfigError, type ConfigFault, formatFault } from './config-fault.ts';
export {
  type AgentSettings,
  type BlockFilters,
  componentOutput,
  type InputBlock,
  type OutputBlock,
  type TelegrafConfig,
} from './config-model.ts';
export { type ReadConfig, type ReadOptions, readConfig } from './config-reader.ts';
export {
  sharedTables,
  type WriteOptions,
  writeConfig,
  writeInputBlock,
  writeOutputBlock,
} from './config-writer.ts';
export { formatDuration, parseDurationMs } from './duration.ts';
export { omitInputs } from './omit-inputs.ts';
export { allowedOptions, embeddedOptions } from './option-policy.ts';
export {
  ALLOWED_INPUTS,
  COLLECTOR_INPUTS,
  type ComponentKind,
  inputsFor,
  isSecretOption,
  WINDOWS_INPUTS,
} from './plugin-policy.ts';
export { UnrenderableValueError } from './toml-text.ts';
export { isTomlTable, type TomlTable, type TomlValue } from './toml-value.ts';
