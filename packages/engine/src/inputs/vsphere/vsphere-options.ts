import { parseWebAddress } from '@stratora/contract/target-address';
import type { OptionReader } from '../../option-reader.ts';
import { RESOURCE_KINDS, type ResourceKind } from './resource-kinds.ts';

/** A kind of object with what is asked of it. */
export interface MeasuredKind extends ResourceKind {
  /** Names of counters: `cpu.usage.average`. */
  readonly counters: readonly string[];
}

export interface Vcenter {
  /** Host and port as given, which are the tag `vcenter`. */
  readonly name: string;
  readonly url: URL;
}

export interface VsphereOptions {
  readonly vcenters: readonly Vcenter[];
  readonly username: string;
  readonly password: string;
  readonly timeoutMs: number;
  readonly takesAnyCertificate: boolean;
  readonly kinds: readonly MeasuredKind[];
  readonly discoveryMs: number;
  /** Most counters of one question on what the server keeps. */
  readonly maxCounters: number;
  /** Samples that are asked for where none was read before. */
  readonly lookback: number;
  readonly historicalSeconds: number;
  /** True to make every value but percentages a whole number. */
  readonly wholeNumbers: boolean;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_DISCOVERY_MS = 300_000;
const DEFAULT_HISTORICAL_MS = 300_000;
const DEFAULT_PATH = '/sdk';
/** Path of every object; what else is chosen by its path is left to Telegraf. */
const EVERYWHERE = '/**';
/** A counter in full: group, name and rollup. */
const COUNTER = /^[A-Za-z]\w*(?:\.\w+){2,}$/;

export function parseVsphereOptions(options: OptionReader): VsphereOptions {
  const vcenters = parseVcenters(options);
  // Beside each other or after each other is a matter of this engine, and a server that is away of every gather.
  options.ignore('collect_concurrency', 'discover_concurrency', 'max_query_objects');
  options.oneOf('disconnected_servers_behavior', ['error', 'ignore'], 'ignore');
  const historicalMs = options.durationMs('historical_interval', DEFAULT_HISTORICAL_MS);
  if (historicalMs < 1000) options.fault('historical_interval', 'must be at least 1 s');
  return {
    vcenters,
    username: options.requiredString('username'),
    password: options.requiredString('password'),
    timeoutMs: positive(options, 'timeout', DEFAULT_TIMEOUT_MS),
    takesAnyCertificate: options.boolean('insecure_skip_verify', false),
    kinds: RESOURCE_KINDS.flatMap((kind) => parseKind(options, kind)),
    discoveryMs: positive(options, 'object_discovery_interval', DEFAULT_DISCOVERY_MS),
    maxCounters: options.integer('max_query_metrics', 256, { min: 1, max: 10_000 }),
    lookback: options.integer('metric_lookback', 3, { min: 1, max: 100 }),
    historicalSeconds: Math.max(1, Math.round(historicalMs / 1000)),
    wholeNumbers: options.boolean('use_int_samples', true),
  };
}

function positive(options: OptionReader, name: string, fallbackMs: number): number {
  const ms = options.durationMs(name, fallbackMs);
  if (ms >= 1000) return ms;
  options.fault(name, 'must be at least 1 s');
  return fallbackMs;
}

function parseVcenters(options: OptionReader): readonly Vcenter[] {
  const given = options.strings('vcenters');
  if (given.length === 0) options.fault('vcenters', 'is required');
  return given.flatMap((text, index) => {
    const { value, fault = '' } = parseWebAddress(text);
    if (value?.startsWith('https://') !== true) {
      options.fault(`vcenters[${index}]`, value === undefined ? fault : 'must be an https:// address');
      return [];
    }
    const url = new URL(value);
    if (url.pathname === '/') url.pathname = DEFAULT_PATH;
    return [{ name: /^https:\/\/([^/?#]*)/i.exec(text.trim())?.[1] ?? url.host, url }];
  });
}

function parseKind(options: OptionReader, kind: ResourceKind): readonly MeasuredKind[] {
  const { option } = kind;
  const included = options.strings(`${option}_metric_include`);
  const excluded = options.strings(`${option}_metric_exclude`);
  const hasInstances = options.boolean(`${option}_instances`, kind.hasInstances);
  const paths = options.strings(`${option}_include`, [EVERYWHERE]);
  if (paths.length !== 1 || paths[0] !== EVERYWHERE) {
    options.fault(
      `${option}_include`,
      `must be ["${EVERYWHERE}"]: a choice by path is left to the Telegraf engine`,
    );
  }
  if (excluded.includes('*')) return [];
  if (excluded.length > 0) {
    options.fault(
      `${option}_metric_exclude`,
      'must be empty or ["*"]: other choices are left to the Telegraf engine',
    );
  }
  if (included.length === 0 || !included.every((name) => COUNTER.test(name))) {
    options.fault(
      `${option}_metric_include`,
      'must name each counter in full: patterns, and all that there are, are left to the Telegraf engine',
    );
  }
  return [{ ...kind, hasInstances, counters: [...new Set(included)] }];
}
