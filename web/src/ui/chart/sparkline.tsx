import type { Value } from './series-frame.ts';

const WIDTH = 96;
const HEIGHT = 24;

/** Strokes of a sparkline: one per run of values, so that a gap is a gap. */
export function sparkPaths(values: readonly Value[], min: number, max: number): string[] {
  const span = max - min || 1;
  const step = values.length > 1 ? WIDTH / (values.length - 1) : WIDTH;
  const paths: string[] = [];
  let run = '';
  values.forEach((value, index) => {
    if (value === null) {
      if (run !== '') paths.push(run);
      run = '';
      return;
    }
    const x = (index * step).toFixed(1);
    const y = (HEIGHT - 2 - ((value - min) / span) * (HEIGHT - 4)).toFixed(1);
    run += `${run === '' ? 'M' : 'L'}${x} ${y}`;
  });
  if (run !== '') paths.push(run);
  return paths;
}

interface SparklineProps {
  readonly values: readonly Value[];
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly className?: string;
}

/** A line without axes, to stand beside its number. Decoration: the number carries the meaning. */
export function Sparkline({ values, min, max, className }: SparklineProps) {
  const known = values.filter((value): value is number => value !== null);
  const low = min ?? Math.min(...known, 0);
  const high = max ?? Math.max(...known, low + 1e-9);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden
      className={className ?? 'h-6 w-24'}
    >
      {sparkPaths(values, low, high).map((path) => (
        <path
          key={path}
          d={path}
          fill="none"
          stroke="var(--series-1)"
          strokeWidth={1.5}
          strokeLinejoin="round"
          strokeLinecap="round"
          vectorEffect="non-scaling-stroke"
        />
      ))}
    </svg>
  );
}
