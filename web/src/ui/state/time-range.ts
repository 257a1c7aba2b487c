/** The time that a chart page shows: the last so many seconds, or from one moment to another (Unix seconds). */
export type TimeRange =
  | { readonly kind: 'last'; readonly seconds: number }
  | { readonly kind: 'fixed'; readonly from: number; readonly to: number };

export const RANGE_PRESETS = [
  { id: '15m', seconds: 900, label: 'Last 15 minutes' },
  { id: '1h', seconds: 3_600, label: 'Last hour' },
  { id: '6h', seconds: 21_600, label: 'Last 6 hours' },
  { id: '24h', seconds: 86_400, label: 'Last 24 hours' },
  { id: '7d', seconds: 604_800, label: 'Last 7 days' },
  { id: '30d', seconds: 2_592_000, label: 'Last 30 days' },
] as const;
export const LAST_HOUR = { kind: 'last', seconds: 3_600 } as const satisfies TimeRange;
const SHORTEST_SECONDS = 60;

/** The range that a URL asks for, or `fallback` where it asks for none or for nonsense. */
export function readTimeRange(parameters: URLSearchParams, fallback: TimeRange = LAST_HOUR): TimeRange {
  const from = readUnix(parameters.get('from'));
  const to = readUnix(parameters.get('to'));
  if (from !== undefined && to !== undefined && to - from >= SHORTEST_SECONDS) {
    return { kind: 'fixed', from, to };
  }
  const preset = RANGE_PRESETS.find(({ id }) => id === parameters.get('range'));
  return preset === undefined ? fallback : { kind: 'last', seconds: preset.seconds };
}

function readUnix(text: string | null): number | undefined {
  if (text === null) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) && value > 0 && value < 1e11 ? value : undefined;
}

/** Writes a range into a URL; everything else in it stays. */
export function writeTimeRange(parameters: URLSearchParams, range: TimeRange): URLSearchParams {
  const next = new URLSearchParams(parameters);
  for (const name of ['range', 'from', 'to']) next.delete(name);
  if (range.kind === 'fixed') {
    const length = Math.max(range.to - range.from, SHORTEST_SECONDS);
    next.set('from', String(Math.round(range.from)));
    next.set('to', String(Math.round(range.from + length)));
  } else {
    const preset = RANGE_PRESETS.find(({ seconds }) => seconds === range.seconds);
    if (preset !== undefined) next.set('range', preset.id);
  }
  return next;
}

/** Steps that fall on round moments, so that neighbouring queries share their grid. */
const STEPS_SECONDS = [
  10, 20, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400,
];
/** One point for about this many pixels: more cannot be seen. */
const PIXELS_PER_POINT = 3;

export interface RangeGrid {
  readonly start: number;
  readonly end: number;
  readonly step: number;
  /** Seconds that a rate looks back: at least four intervals of 10 s, and no sample is skipped between points. */
  readonly window: number;
}

/** Seconds between two points of a picture of `widthPx`. */
export function stepOf(range: TimeRange, widthPx: number): number {
  const seconds = range.kind === 'fixed' ? range.to - range.from : range.seconds;
  const wanted = seconds / Math.max(widthPx / PIXELS_PER_POINT, 60);
  return STEPS_SECONDS.find((candidate) => candidate >= wanted) ?? 86_400;
}

/** The grid of moments to ask for, so that a picture of `widthPx` is neither starved nor flooded. */
export function gridOf(range: TimeRange, nowMs: number, widthPx: number): RangeGrid {
  const nowSeconds = nowMs / 1000;
  const from = range.kind === 'fixed' ? range.from : nowSeconds - range.seconds;
  const to = range.kind === 'fixed' ? range.to : nowSeconds;
  const step = stepOf(range, widthPx);
  return {
    start: Math.floor(from / step) * step,
    end: Math.floor(to / step) * step,
    step,
    window: Math.max(40, step),
  };
}

/** Twice as wide around the same middle, and never beyond now. */
export function zoomOut(range: TimeRange, nowMs: number): TimeRange {
  const now = Math.floor(nowMs / 1000);
  const from = range.kind === 'fixed' ? range.from : now - range.seconds;
  const to = range.kind === 'fixed' ? range.to : now;
  const half = (to - from) / 2;
  const end = Math.min(to + half, now);
  const start = end - 4 * half;
  return { kind: 'fixed', from: Math.round(start), to: Math.round(end) };
}
