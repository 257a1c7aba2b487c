import type { Component, ComponentGap } from '@stratora/contract';
import { Link } from 'react-router';
import { formatCount, formatDuration } from '../../ui/format/units.ts';
import { Moment } from '../../ui/time-text.tsx';

export interface GapRow {
  readonly key: string;
  readonly component: Component;
  readonly gap: ComponentGap;
}

function lengthOf({ from, to }: ComponentGap): string {
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000);
  return seconds < 1 ? 'under 1 s' : formatDuration(seconds);
}

const chartOf = (component: Component, { from, to }: ComponentGap) => {
  const start = Math.floor(Date.parse(from) / 1000) - 600;
  const end = Math.ceil(Date.parse(to) / 1000) + 600;
  return `/nodes/${component.node_id ?? ''}?from=${start}&to=${end}`;
};

interface GapRowsProps {
  readonly label: string;
  readonly rows: readonly GapRow[];
  /** Whose it is, where the table is of more than one component. */
  readonly named?: boolean;
}

/** Stretches of time whose samples are lost for good. */
export function GapRows({ label, rows, named = false }: GapRowsProps) {
  return (
    <div className="overflow-x-auto">
      <table aria-label={label} className="w-full text-left text-13">
        <thead className="text-12 text-faint">
          <tr className="border-b border-line">
            {named && <th className="px-4 py-2 font-normal">Component</th>}
            <th className="px-4 py-2 font-normal">From</th>
            <th className="px-4 py-2 font-normal">To</th>
            <th className="px-4 py-2 text-right font-normal">Length</th>
            <th className="px-4 py-2 text-right font-normal">Samples lost</th>
            <th className="sr-only">Chart</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, component, gap }) => (
            <tr key={key} className="border-b border-line last:border-b-0">
              {named && (
                <td className="max-w-48 truncate px-4 py-2">
                  <Link to={`/collection/components/${component.id}`} className="font-medium hover:underline">
                    {component.name}
                  </Link>
                </td>
              )}
              <td className="px-4 py-2 whitespace-nowrap">
                <Moment time={gap.from} />
              </td>
              <td className="px-4 py-2 whitespace-nowrap">
                <Moment time={gap.to} />
              </td>
              <td className="tabular px-4 py-2 text-right whitespace-nowrap">{lengthOf(gap)}</td>
              <td className="tabular px-4 py-2 text-right">{formatCount(gap.count)}</td>
              <td className="px-4 py-2 text-right whitespace-nowrap">
                {component.node_id !== null && (
                  <Link to={chartOf(component, gap)} className="text-accent-text hover:underline">
                    Chart
                  </Link>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
