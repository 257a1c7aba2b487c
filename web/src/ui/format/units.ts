import type { PANEL_UNITS } from '@stratora/contract';

export type Unit = (typeof PANEL_UNITS)[number];

const DECIMAL = ['', 'k', 'M', 'G', 'T', 'P', 'E'] as const;
const BINARY = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;

/** Three significant digits, without a tail of zeros: 0, 1.25, 12.5, 125, 1,250. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size !== 0 && size < 0.001) return '<0.001';
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString('en-US', { maximumFractionDigits: digits });
}

function scale(value: number, base: 1000 | 1024): { readonly text: string; readonly prefix: string } {
  const prefixes = base === 1000 ? DECIMAL : BINARY;
  let scaled = value;
  let index = 0;
  // 999.5 would be written as 1,000 of the smaller unit.
  while (Math.abs(scaled) >= (base === 1000 ? 999.5 : 1023.5) && index < prefixes.length - 1) {
    scaled /= base;
    index += 1;
  }
  return { text: formatNumber(scaled), prefix: prefixes[index] ?? '' };
}

/** Memory and storage: base 1024, as the field writes them. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return '–';
  const { text, prefix } = scale(bytes, 1024);
  return `${text} ${prefix}B`;
}

/** Network and disk throughput: base 1000. */
export function formatBytesPerSecond(rate: number): string {
  if (!Number.isFinite(rate)) return '–';
  const { text, prefix } = scale(rate, 1000);
  return `${text} ${prefix}B/s`;
}

export function formatBitsPerSecond(rate: number): string {
  if (!Number.isFinite(rate)) return '–';
  const { text, prefix } = scale(rate, 1000);
  return `${text} ${prefix}bit/s`;
}

function withPrefix(value: number, suffix: string): string {
  const { text, prefix } = scale(value, 1000);
  return `${text}${prefix === '' ? '' : ` ${prefix}`}${suffix}`;
}

const SECOND_STEPS = [
  { seconds: 86_400, name: 'd' },
  { seconds: 3_600, name: 'h' },
  { seconds: 60, name: 'min' },
] as const;

/** A length of time in its two largest steps: 45 s, 4 min, 2 h 5 min, 12 d 4 h. Below a second in milliseconds. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–';
  if (seconds < 0) return `-${formatDuration(-seconds)}`;
  if (seconds === 0) return '0 s';
  if (seconds < 1) return `${formatNumber(seconds * 1000)} ms`;
  const whole = Math.round(seconds);
  if (whole < 60) return seconds < 10 && seconds % 1 !== 0 ? `${formatNumber(seconds)} s` : `${whole} s`;
  const at = SECOND_STEPS.findIndex((step) => whole >= step.seconds);
  const large = SECOND_STEPS[at];
  if (large === undefined) return `${whole} s`;
  const count = Math.floor(whole / large.seconds);
  const small = SECOND_STEPS[at + 1];
  const rest = small === undefined ? 0 : Math.floor((whole % large.seconds) / small.seconds);
  return rest === 0 || small === undefined
    ? `${count} ${large.name}`
    : `${count} ${large.name} ${rest} ${small.name}`;
}

/** What the states of parts of devices mean. */
const STATE_WORDS: readonly (string | undefined)[] = ['Good', 'Warning', 'Failed'];

const FORMATS: Readonly<Record<Unit, (value: number) => string>> = {
  percent: (value) => `${formatNumber(value)} %`,
  bytes: formatBytes,
  bytes_per_second: formatBytesPerSecond,
  bits_per_second: formatBitsPerSecond,
  packets_per_second: (value) => withPrefix(value, ' packets/s'),
  per_second: (value) => withPrefix(value, '/s'),
  milliseconds: (value) =>
    Math.abs(value) >= 1000 ? formatDuration(value / 1000) : `${formatNumber(value)} ms`,
  seconds: formatDuration,
  celsius: (value) => `${formatNumber(value)} °C`,
  volts: (value) => `${formatNumber(value)} V`,
  amperes: (value) => `${formatNumber(value)} A`,
  watts: (value) => withPrefix(value, 'W').replace(/(\d)W$/, '$1 W'),
  rpm: (value) => `${formatNumber(value)} rpm`,
  count: (value) => withPrefix(value, ''),
  none: formatNumber,
  state: (value) => STATE_WORDS[value] ?? formatNumber(value),
};

/** A value in its unit, scaled and written as people write it; an en dash where there is none. */
export function formatValue(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–';
  return FORMATS[unit](value);
}

/** Writes a value for an axis: shorter than `formatValue`, so that labels line up. */
export function formatTick(value: number, unit: Unit): string {
  return formatValue(value, unit).replace(' packets/s', '/s');
}

export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** Counts things in words: `plural(1, 'node')` is "1 node", `plural(1200, 'node')` is "1,200 nodes". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const GAP_BEFORE_UNIT =
  /(?<=\d) (?=(?:%|°C|[kMGTPE]?(?:B|bit)(?:\/s)?|[KMGTPE]iB(?:\/s)?|[kMG]?W|V|A|ms|s|min|h|d|days?|rpm|packets\/s)(?![\p{L}\d/]))/gu;
const GAP_IN_DURATION = /(?<=\d\u00a0(?:d|h|min)) (?=\d+\u00a0(?:h|min|s)(?!\p{L}))/gu;

/** Keeps values in a sentence on one line with their units: "was restarted 24 min ago" does not break after 24. */
export function unbrokenValues(sentence: string): string {
  return sentence.replace(GAP_BEFORE_UNIT, '\u00a0').replace(GAP_IN_DURATION, '\u00a0');
}
