/** A gauge of a simulated device. */
export interface Level {
  readonly middle: number;
  /** Greatest distance from the middle, both ways. */
  readonly swing: number;
  /** Seed by which gauges of the same shape move differently. */
  readonly seed: number;
  /** A rise by `by` between two times (Unix seconds), after which the gauge stays up. */
  readonly rise?: { readonly from: number; readonly to: number; readonly by: number } | undefined;
}

/** A counter of a simulated device. */
export interface Flow {
  /** Mean rate over a day. */
  readonly perSecond: number;
  readonly seed: number;
}

const DAY_SECONDS = 86_400;
/** The busiest time of the day in seconds, UTC. */
const PEAK_SECONDS = 13 * 3_600;
const NOISE_SECONDS = 40;

/** Waves of a rate, as shares of its mean; all together less than the mean, so that a rate stays above zero. */
const WAVES: readonly {
  readonly share: number;
  readonly periodSeconds: number;
  readonly isDaily: boolean;
}[] = [
  { share: 0.42, periodSeconds: DAY_SECONDS, isDaily: true },
  { share: 0.1, periodSeconds: DAY_SECONDS / 2, isDaily: true },
  { share: 0.08, periodSeconds: 137, isDaily: false },
  { share: 0.08, periodSeconds: 389, isDaily: false },
  { share: 0.08, periodSeconds: 1_021, isDaily: false },
  { share: 0.07, periodSeconds: 2_711, isDaily: false },
];

/** Amplitude of a counter's noise in seconds of its mean rate; its slope is then a tenth of the mean at most. */
const COUNTER_NOISE = (0.1 * NOISE_SECONDS) / 3;

/** Returns a gauge at a time, with a decimal fraction. Pure. */
export function levelAt(level: Level, unixSeconds: number): number {
  const { middle, swing, seed, rise } = level;
  const day = Math.cos((2 * Math.PI * (unixSeconds - PEAK_SECONDS)) / DAY_SECONDS);
  const slow = noiseAt(seed, unixSeconds, 900);
  const quick = noiseAt(seed + 1, unixSeconds, NOISE_SECONDS);
  const moved = middle + swing * (0.4 * day + 0.35 * slow + 0.25 * quick);
  if (rise === undefined || unixSeconds <= rise.from) return moved;
  return moved + rise.by * Math.min(1, (unixSeconds - rise.from) / Math.max(1, rise.to - rise.from));
}

/** Returns the whole number that a counter counts between two times. Pure, and never falls with a later end. */
export function flowBetween(flow: Flow, sinceSeconds: number, unixSeconds: number): number {
  if (unixSeconds <= sinceSeconds || flow.perSecond <= 0) return 0;
  return Math.floor(
    flow.perSecond * (integralAt(flow.seed, unixSeconds) - integralAt(flow.seed, sinceSeconds)),
  );
}

/** Returns the integral of the rate's shape, in seconds at the mean rate. */
function integralAt(seed: number, unixSeconds: number): number {
  let integral = unixSeconds;
  for (const { share, periodSeconds, isDaily } of WAVES) {
    const phase = isDaily ? PEAK_SECONDS : periodSeconds * fraction(seed + periodSeconds);
    const turn = (2 * Math.PI) / periodSeconds;
    integral += (share / turn) * Math.sin(turn * ((unixSeconds - phase) % periodSeconds));
  }
  return integral + COUNTER_NOISE * noiseAt(seed, unixSeconds, NOISE_SECONDS);
}

/** Returns smooth noise between -1 and 1 that turns about once in so many seconds; its slope is 3 / seconds at most. */
function noiseAt(seed: number, unixSeconds: number, seconds: number): number {
  const place = unixSeconds / seconds;
  const cell = Math.floor(place);
  const within = place - cell;
  const blend = within * within * (3 - 2 * within);
  const left = fraction(seed * 7_919 + cell);
  const right = fraction(seed * 7_919 + cell + 1);
  return 2 * (left + (right - left) * blend) - 1;
}

/**
 * Returns a number in [0, 1) that looks random and is the same for the same seed; mixes like MurmurHash3's finalizer.
 */
export function fraction(seed: number): number {
  let bits = (seed ^ Math.floor(seed / 2 ** 32)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
}
