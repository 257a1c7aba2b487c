import type { TomlValue } from './toml-value.ts';

const UNITS_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

const PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h|d)/y;

/**
 * Reads a duration of a telegraf.conf: Go's notation (`1h30m`, `500ms`) with `d` for days, or a bare number of seconds,
 * given as a string or as a TOML number; an empty string is none.
 *
 * @returns milliseconds, fractions possible; undefined when it is not a duration or is negative
 */
export function parseDurationMs(value: TomlValue): number | undefined {
  if (typeof value === 'bigint') return value >= 0n ? Number(value) * 1000 : undefined;
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 ? value * 1000 : undefined;
  if (typeof value !== 'string') return undefined;
  if (value === '') return 0;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;

  const text = value.startsWith('+') ? value.slice(1) : value;
  let total = 0;
  PART.lastIndex = 0;
  for (let at = 0; at < text.length; at = PART.lastIndex) {
    const part = PART.exec(text);
    if (part === null) return undefined;
    total += Number(part[1]) * (UNITS_MS[part[2] ?? ''] ?? Number.NaN);
  }
  return text === '' ? undefined : total;
}

/** Writes a duration in the largest whole unit of h, m, s, ms, us, ns: 90000 ms as `90s`. */
export function formatDuration(milliseconds: number): string {
  const units: readonly (readonly [string, number])[] = [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
    ['ms', 1],
    ['us', 1e-3],
  ];
  if (milliseconds === 0) return '0s';
  for (const [unit, factor] of units) {
    const count = milliseconds / factor;
    if (Number.isInteger(count)) return `${count}${unit}`;
  }
  return `${Math.round(milliseconds * 1e6)}ns`;
}
