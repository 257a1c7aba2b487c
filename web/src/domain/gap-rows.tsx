import type { Component, ComponentGap } from '@stratora/contract';
import { Link } from 'react-router';
import { formatCount, formatDuration } from '../ui/format/units.ts';
import { useIsNarrow } from '../ui/state/media.ts';
import { Moment } from '../ui/time-text.tsx';

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

/** The list of gaps: stretches of time whose samples are lost for good. */
export function GapRows(props: GapRowsProps) {
  return useIsNarrow() ? <NarrowGaps {...props} /> : <GapTable {...props} />;
}

function NarrowGaps({ label, rows, named = false }: GapRowsProps) {
  return (
    <ul aria-label={label} className="text-13">
      {rows.map(({ key, component, gap }) => (
        <li key={key} className="border-b border-line px-4 py-2.5 last:border-b-0">
          <div className="flex flex-wrap items-baseline justify-between gap-x-3">
            {named && (
              <Link
                to={`/collection/components/${component.id}`}
                className="min-w-0 truncate leading-6 font-medium hover:underline"
              >
                {component.name}
              </Link>
            )}
            <span className="tabular">
              {formatCount(gap.count)} lost in {lengthOf(gap)}
            </span>
            {component.node_id !== null && (
              <Link to={chartOf(component, gap)} className="leading-6 text-accent-text hover:underline">
                Chart
              </Link>
            )}
          </div>
          <p className="text-12 text-faint">
            <Moment time={gap.from} /> to <Moment time={gap.to} />
          </p>
        </li>
      ))}
    </ul>
  );
}

function GapTable({ label, rows, named = false }: GapRowsProps) {
  return (
    <table aria-label={label} className="w-full text-left text-13">
      <thead className="text-12 text-faint">
        <tr className="border-b border-line">
          {named && <th className="px-3 py-2 first:pl-4 last:pr-4 font-normal">Component</th>}
          <th className="px-3 py-2 first:pl-4 last:pr-4 font-normal">From</th>
          <th className="px-3 py-2 first:pl-4 last:pr-4 font-normal">To</th>
          <th className="px-3 py-2 first:pl-4 last:pr-4 text-right font-normal">Length</th>
          <th className="px-3 py-2 first:pl-4 last:pr-4 text-right font-normal whitespace-nowrap">
            Samples lost
          </th>
          <th>
            <span className="sr-only">Chart</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, component, gap }) => (
          <tr key={key} className="border-b border-line last:border-b-0">
            {named && (
              <td className="max-w-48 truncate px-3 py-2 first:pl-4 last:pr-4">
                <Link to={`/collection/components/${component.id}`} className="font-medium hover:underline">
                  {component.name}
                </Link>
              </td>
            )}
            <td className="px-3 py-2 first:pl-4 last:pr-4 whitespace-nowrap">
              <Moment time={gap.from} />
            </td>
            <td className="px-3 py-2 first:pl-4 last:pr-4 whitespace-nowrap">
              <Moment time={gap.to} />
            </td>
            <td className="tabular px-3 py-2 first:pl-4 last:pr-4 text-right whitespace-nowrap">
              {lengthOf(gap)}
            </td>
            <td className="tabular px-3 py-2 first:pl-4 last:pr-4 text-right">{formatCount(gap.count)}</td>
            <td className="px-3 py-2 first:pl-4 last:pr-4 text-right whitespace-nowrap">
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
  );
}
