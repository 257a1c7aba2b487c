import { compileGlobs, type NameFilter } from '../../glob-filter.ts';
import type { OptionReader } from '../../option-reader.ts';

const UNIT_TYPES = [
  'service',
  'socket',
  'target',
  'device',
  'mount',
  'automount',
  'swap',
  'timer',
  'path',
  'slice',
  'scope',
] as const;

export interface SystemdOptions {
  /** Patterns of unit names, as systemd takes them. */
  readonly patterns: readonly string[];
  readonly matches: NameFilter;
  readonly unitType: (typeof UNIT_TYPES)[number];
  readonly withDetails: boolean;
  readonly withDisabled: boolean;
  readonly timeoutMs: number;
}

export function parseSystemdOptions(options: OptionReader): SystemdOptions {
  const patterns = (options.string('pattern', '*') || '*').split(' ');
  const scope = options.string('scope', 'system');
  if (scope !== '' && scope !== 'system') {
    options.fault('scope', 'must be "system": the engine has no session of a user');
  }
  return {
    patterns,
    matches: compileGlobs(patterns) ?? (() => true),
    unitType: options.oneOf('unittype', UNIT_TYPES, 'service'),
    withDetails: options.boolean('details', false),
    withDisabled: options.boolean('collect_disabled_units', false),
    timeoutMs: options.durationMs('timeout', 5000),
  };
}
