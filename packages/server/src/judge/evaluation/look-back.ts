/** Seconds between two samples of an input that does not say so itself. */
const INTERVAL_SECONDS = 10;
const LOOK_BACK_MIN_SECONDS = 30;
/** Intervals for which a sample counts as present: one may be lost, and one be late. */
export const LOOK_BACK_INTERVALS = 3;

/**
 * Returns for how many seconds a sample of a node counts as present, by the inputs of its template: the fastest of them
 * sets the pace, and rules on slower ones say their own.
 */
export function lookBackSeconds(
  inputs: readonly { readonly interval_seconds?: number | undefined }[],
): number {
  const intervals = inputs.map(({ interval_seconds: seconds }) => seconds ?? INTERVAL_SECONDS);
  const fastest = intervals.length === 0 ? INTERVAL_SECONDS : Math.min(...intervals);
  return Math.max(LOOK_BACK_MIN_SECONDS, fastest * LOOK_BACK_INTERVALS);
}
