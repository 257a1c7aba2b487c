export { formatDuration, parseDurationMs } from './duration.ts';
export { isTomlTable, type TomlTable, type TomlValue } from './toml-value.ts';
