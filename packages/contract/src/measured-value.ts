/** Values that no number of JSON can say, written as Prometheus does. */
export const INFINITE_VALUES = ['+Inf', '-Inf'] as const;
export type InfiniteValue = (typeof INFINITE_VALUES)[number];

/** A value of a series as JSON has it; what is not a number is no value. */
export type MeasuredValue = number | InfiniteValue;

/** What people read for an infinite value. */
export const INFINITE_WORDS: Readonly<Record<InfiniteValue, string>> = {
  '+Inf': 'infinite',
  '-Inf': 'minus infinite',
};

/** Writes a number for JSON; NaN has no place there. */
export function measuredValue(value: number): MeasuredValue {
  if (Math.abs(value) !== Number.POSITIVE_INFINITY) return value;
  return value > 0 ? '+Inf' : '-Inf';
}

/** Writes a number for JSON, and null where there is none. */
export function measuredOrNull(value: number | null | undefined): MeasuredValue | null {
  return value === null || value === undefined || Number.isNaN(value) ? null : measuredValue(value);
}

/** Reads a number back. */
export function measuredNumber(value: MeasuredValue): number {
  if (typeof value === 'number') return value;
  return value === '+Inf' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}

/** Whether something of unknown kind is a value of a series. */
export function isMeasuredValue(value: unknown): value is MeasuredValue {
  return typeof value === 'number' || INFINITE_VALUES.some((infinite) => infinite === value);
}
