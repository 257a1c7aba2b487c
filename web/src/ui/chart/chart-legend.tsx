import { formatCursorTime, type ZoneChoice } from '../format/time.ts';
import { formatValue, type Unit } from '../format/units.ts';
import { type Frame, summarize } from './series-frame.ts';

const SWATCHES = [
  'bg-(--series-1)',
  'bg-(--series-2)',
  'bg-(--series-3)',
  'bg-(--series-4)',
  'bg-(--series-5)',
  'bg-(--series-6)',
  'bg-(--series-7)',
  'bg-(--series-8)',
] as const;

interface ChartLegendProps {
  readonly frame: Frame;
  readonly unit: Unit;
  readonly hover: number | null;
  readonly zone: ZoneChoice;
  readonly stale: boolean;
}

/** Last, average and maximum of each series; under the crosshair, the value there takes the place of the last. */
export function ChartLegend({ frame, unit, hover, zone, stale }: ChartLegendProps) {
  const first = frame.times[0] ?? 0;
  const last = frame.times.at(-1) ?? 0;
  const time = hover === null ? undefined : frame.times[hover];
  return (
    <table className="tabular w-full table-fixed border-collapse text-12">
      <thead>
        <tr className="text-faint">
          <th scope="col" className="py-1 pl-4 text-left font-normal">
            <span className="sr-only">Series</span>
          </th>
          <th scope="col" className="w-[112px] px-1 text-right font-normal">
            {time === undefined ? 'Last' : formatCursorTime(time * 1000, last - first, zone)}
          </th>
          <th scope="col" className="w-[108px] px-1 text-right font-normal max-sm:hidden">
            Average
          </th>
          <th scope="col" className="w-[124px] py-1 pr-4 pl-1 text-right font-normal">
            Maximum
          </th>
        </tr>
      </thead>
      <tbody>
        {frame.series.map((series) => {
          const summary = summarize(series.values);
          const value = hover === null ? summary.last : (series.values[hover] ?? null);
          return (
            <tr key={series.label}>
              <th
                scope="row"
                className="truncate py-0.5 pl-4 text-left font-normal text-soft"
                title={series.label}
              >
                <span
                  aria-hidden
                  className={`mr-2 inline-block h-2 w-2.5 rounded-[2px] align-middle ${SWATCHES[series.colour] ?? ''} ${series.mirrored ? 'opacity-60' : ''}`}
                />
                {series.label}
              </th>
              <td
                className={`px-1 text-right whitespace-nowrap text-text ${stale && hover === null ? 'stale' : ''}`}
              >
                {formatValue(value, unit)}
              </td>
              <td className="px-1 text-right whitespace-nowrap text-soft max-sm:hidden">
                {formatValue(summary.average, unit)}
              </td>
              <td className="pr-4 pl-1 text-right whitespace-nowrap text-soft">
                {formatValue(summary.maximum, unit)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
