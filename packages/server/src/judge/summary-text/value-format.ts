import { INFINITE_WORDS, measuredValue } from '@stratora/contract';

/** The formats of a number in a summary, by name; what is not finite is said in words by all of them. */
export const VALUE_FORMATS = {
  /** 93.44 -> 93.4 %; percentages are 0 to 100 in all metrics. */
  percent: (value: number) => `${trimmed(value.toFixed(1))} %`,
  /** 1572864 -> 1.5 MiB. */
  bytes: bytesText,
  /** Of seconds: 7500 -> 2 h 5 min. */
  duration: durationWords,
  /** To the decimals that are given, or none. */
  round: (value: number, decimals: number) => trimmed(value.toFixed(decimals)),
} as const;

export type ValueFormat = keyof typeof VALUE_FORMATS;

/** Most decimals of `round`. */
export const MOST_DECIMALS = 6;

/** Writes a number by a format, or as people read it: whole from a thousand on, else four significant digits. */
export function formatValue(value: number, format: ValueFormat | undefined, decimals = 0): string {
  if (Number.isNaN(value)) return 'not a number';
  const measured = measuredValue(value);
  if (typeof measured === 'string') return INFINITE_WORDS[measured];
  const text = format === undefined ? plainText(value) : VALUE_FORMATS[format](value, decimals);
  return text.replace(/^-(?=0(?:\.0*)?(?:$|\s))/, '');
}

function plainText(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) < 1e-6) return String(value);
  if (Math.abs(value) >= 1_000) return String(Math.round(value));
  return String(Number(value.toPrecision(4)));
}

/** Takes the zeros off the end of the decimals. */
function trimmed(text: string): string {
  return text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text;
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

function bytesText(value: number): string {
  let size = Math.abs(value);
  let unit = 0;
  // What would be written as 1024 of a unit is 1 of the next.
  while (Math.round(size * 10) >= 10_240 && unit < BYTE_UNITS.length - 1) {
    size /= 1_024;
    unit += 1;
  }
  const sign = value < 0 ? '-' : '';
  return `${sign}${trimmed(size.toFixed(unit === 0 ? 0 : 1))} ${BYTE_UNITS[unit]}`;
}

const DURATION_UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** Writes seconds in the two largest units that say something. */
function durationWords(value: number): string {
  const sign = value < 0 ? '-' : '';
  const exact = Math.abs(value);
  if (exact < 1) return `${sign}${Math.round(exact * 1_000)} ms`;
  if (exact < 10) return `${sign}${trimmed(exact.toFixed(1))} s`;
  const largest = DURATION_UNITS.findIndex(([, size]) => Math.round(exact) >= size);
  const smallest = DURATION_UNITS[Math.min(largest + 1, DURATION_UNITS.length - 1)]?.[1] ?? 1;
  let rest = Math.round(exact / smallest) * smallest;
  const words: string[] = [];
  for (const [name, size] of DURATION_UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(`${count} ${name}`);
  }
  return sign + words.slice(0, 2).join(' ');
}
