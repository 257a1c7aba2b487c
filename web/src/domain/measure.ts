import { INFINITE_WORDS, type MeasuredValue, measuredValue } from '@stratora/contract/measured-value';
import type { ChartLimit } from '../ui/chart/chart-marks.ts';
import { formatNumber, formatValue, type Unit } from '../ui/format/units.ts';

const UNITS: ReadonlySet<string> = new Set<Unit>([
  'percent',
  'bytes',
  'bytes_per_second',
  'bits_per_second',
  'packets_per_second',
  'per_second',
  'milliseconds',
  'seconds',
  'celsius',
  'volts',
  'amperes',
  'watts',
  'rpm',
  'count',
]);

/** What people write for units that charts have a name for. */
const OTHER_NAMES: Readonly<Record<string, Unit>> = {
  '%': 'percent',
  s: 'seconds',
  ms: 'milliseconds',
  b: 'bytes',
  'b/s': 'bytes_per_second',
  'bit/s': 'bits_per_second',
  '°c': 'celsius',
  v: 'volts',
  a: 'amperes',
  w: 'watts',
  'per second': 'per_second',
  '/s': 'per_second',
};

/** Finds the unit that charts know for that of a definition; `none` where it is one of the definition's own. */
export function chartUnit(unit: string | null): Unit {
  if (unit === null) return 'none';
  const folded = unit.trim().toLowerCase();
  if (UNITS.has(folded)) return folded as Unit;
  return Object.hasOwn(OTHER_NAMES, folded) ? (OTHER_NAMES[folded] ?? 'none') : 'none';
}

/** Writes a value of a definition in its unit: "97.2 %", "5 min", "42 clients", "infinite". */
export function formatMeasure(given: MeasuredValue | null, unit: string | null): string {
  if (given === null || Number.isNaN(given)) return '–';
  const value = typeof given === 'number' ? measuredValue(given) : given;
  if (typeof value === 'string') return INFINITE_WORDS[value];
  const known = chartUnit(unit);
  if (known !== 'none') return formatValue(value, known);
  if (unit === null || unit.trim() === '') return formatNumber(value);
  return `${formatNumber(value)} ${value === 1 ? singular(unit) : unit}`;
}

/** Takes the plural from a word that has one: "days" is "day", and "status" stays. */
function singular(unit: string): string {
  return /^[a-z]{2,}[^su\W\d]s$/.test(unit) ? unit.slice(0, -1) : unit;
}

/** The thresholds of a definition as lines of a chart; a level without one has none. */
export function limitLines(
  levels: Readonly<Record<'warning' | 'critical', number | null>>,
  unit: string | null,
): readonly ChartLimit[] {
  const line = (tone: 'warning' | 'critical', word: string): ChartLimit[] => {
    const value = levels[tone];
    return value === null ? [] : [{ value, tone, label: `${word} ${formatMeasure(value, unit)}` }];
  };
  return [...line('warning', 'Warning'), ...line('critical', 'Critical')];
}
