/** One series as an answer has it: `[unix seconds, value as text]` at the moments that have a value. */
export interface RawSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

export type Value = number | null;

export interface ChartSeries {
  readonly label: string;
  /** One entry per moment of the frame; null is a gap, which is never bridged. */
  readonly values: readonly Value[];
  /** Drawn below zero: what goes out of an interface. Values stay positive. */
  readonly mirrored: boolean;
  /** 0..7, the place in the palette; both directions of one thing share it. */
  readonly colour: number;
}

export interface Frame {
  readonly times: readonly number[];
  readonly series: readonly ChartSeries[];
}

export interface Grid {
  readonly start: number;
  readonly end: number;
  readonly step: number;
}

export const PALETTE_SIZE = 8;
/** The number of series that a chart shows unasked. */
export const SERIES_SHOWN = 8;

function gridTimes(grid: Grid): number[] {
  const count = Math.max(0, Math.floor((grid.end - grid.start) / grid.step) + 1);
  return Array.from({ length: count }, (_, index) => grid.start + index * grid.step);
}

/** Puts values on the grid. A moment without a value, and NaN and infinities, are null. */
export function alignToGrid(values: RawSeries['values'], grid: Grid): Value[] {
  const aligned: Value[] = Array.from({ length: gridTimes(grid).length }, () => null);
  for (const [time, text] of values) {
    const index = Math.round((time - grid.start) / grid.step);
    const value = Number(text);
    if (index >= 0 && index < aligned.length && text !== '' && Number.isFinite(value)) aligned[index] = value;
  }
  return aligned;
}

/** Fills `{{name}}` and `{{first|second}}` (the first that is not empty) from labels. */
export function renderLegend(template: string, metric: RawSeries['metric']): string {
  const text = template.replaceAll(/\{\{([^{}]+)\}\}( ?)/g, (_, names: string, space: string) => {
    const found = names.split('|').find((name) => (metric[name.trim()] ?? '') !== '');
    return found === undefined ? '' : `${metric[found.trim()] ?? ''}${space}`;
  });
  return text.trim() === '' ? 'value' : text.trim();
}

const UP = /(^|\s)(in|read|received)$/i;
const DOWN = /(^|\s)(out|written|sent)$/i;

/** Which way a legend says its series goes. */
export function directionOf(legend: string): 'up' | 'down' | undefined {
  if (UP.test(legend)) return 'up';
  return DOWN.test(legend) ? 'down' : undefined;
}

/** The thing that a series is of, without its direction: both directions share a colour. */
function subjectOf(label: string): string {
  return label.replace(UP, '').replace(DOWN, '').trim();
}

export interface QueryAnswer {
  readonly legend: string;
  readonly series: readonly RawSeries[];
}

const collator = new Intl.Collator('en', { numeric: true });

/** Builds one frame of all answers of a panel, its series in a stable order, so that a colour stays with its series. */
export function buildFrame(answers: readonly QueryAnswer[], grid: Grid): Frame {
  const directions = new Set(answers.map(({ legend }) => directionOf(legend)));
  const mirror = directions.has('up') && directions.has('down');
  const flat = answers.flatMap(({ legend, series }, order) =>
    series.map((raw) => ({
      order,
      label: renderLegend(legend, raw.metric),
      values: alignToGrid(raw.values, grid),
      mirrored: mirror && directionOf(legend) === 'down',
    })),
  );
  const present = flat.filter(({ values }) => values.some((value) => value !== null));
  const sorted = mirror
    ? present.toSorted(
        (a, b) => collator.compare(subjectOf(a.label), subjectOf(b.label)) || a.order - b.order,
      )
    : present.toSorted((a, b) => a.order - b.order || collator.compare(a.label, b.label));
  // Both directions of one interface share its colour; where there is only one, they get a colour each.
  const paired = mirror && new Set(sorted.map(({ label }) => subjectOf(label))).size > 1;
  const keyOf = (label: string) => (paired ? subjectOf(label) : label);
  const subjects = [...new Set(sorted.map(({ label }) => keyOf(label)))];
  const colours = new Map(subjects.map((subject, index) => [subject, index % PALETTE_SIZE]));
  return {
    times: gridTimes(grid),
    series: sorted.map(({ label, values, mirrored }) => ({
      label,
      values,
      mirrored,
      colour: colours.get(keyOf(label)) ?? 0,
    })),
  };
}

/** The busiest series by average where there are more than `limit`; pairs of directions stay together. */
export function limitSeries(frame: Frame, limit: number): Frame {
  if (frame.series.length <= limit) return frame;
  const mirrored = frame.series.some((series) => series.mirrored);
  const keyOf = (series: ChartSeries) => (mirrored ? subjectOf(series.label) : series.label);
  const weights = new Map<string, number>();
  for (const series of frame.series) {
    weights.set(keyOf(series), (weights.get(keyOf(series)) ?? 0) + (summarize(series.values).average ?? 0));
  }
  const count = mirrored ? Math.max(1, Math.floor(limit / 2)) : limit;
  const kept = [...weights]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, count)
    .map(([key]) => key);
  const names = new Set(kept);
  const shown = frame.series.filter((series) => names.has(keyOf(series)));
  return { times: frame.times, series: spreadColours(shown, keyOf) };
}

/** Keeps each series' colour where it can, and gives another where two that are shown together would share one. */
function spreadColours(shown: readonly ChartSeries[], keyOf: (series: ChartSeries) => string): ChartSeries[] {
  const taken = new Map<string, number>();
  return shown.map((series) => {
    const key = keyOf(series);
    let colour = taken.get(key);
    if (colour === undefined) {
      const used = new Set(taken.values());
      colour = series.colour;
      for (let step = 0; step < PALETTE_SIZE && used.has(colour); step += 1)
        colour = (colour + 1) % PALETTE_SIZE;
      taken.set(key, colour);
    }
    return { ...series, colour };
  });
}

export interface SeriesSummary {
  readonly last: Value;
  readonly average: Value;
  readonly maximum: Value;
}

export function summarize(values: readonly Value[]): SeriesSummary {
  let last: Value = null;
  let maximum: Value = null;
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (value === null) continue;
    last = value;
    maximum = maximum === null ? value : Math.max(maximum, value);
    sum += value;
    count += 1;
  }
  return { last, maximum, average: count === 0 ? null : sum / count };
}

/** The values that are drawn: mirrored series below zero, stacked ones on top of each other; gaps stay gaps. */
export function plotColumns(frame: Frame, stacked: boolean): Value[][] {
  if (!stacked) {
    return frame.series.map(({ values, mirrored }) =>
      mirrored ? values.map((value) => (value === null ? null : -value)) : [...values],
    );
  }
  const below: number[] = frame.times.map(() => 0);
  return frame.series.map(({ values }) =>
    values.map((value, index) => {
      if (value === null) return null;
      const top = (below[index] ?? 0) + value;
      below[index] = top;
      return top;
    }),
  );
}

/** Moments with a value whose neighbours have none: a line cannot show them, so they are drawn as points. */
export function isolatedPoints(values: readonly (number | null | undefined)[]): number[] {
  const found: number[] = [];
  values.forEach((value, index) => {
    const alone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
    if ((value ?? null) !== null && alone) found.push(index);
  });
  return found;
}
