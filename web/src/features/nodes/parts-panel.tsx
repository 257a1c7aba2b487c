import type { TemplatePanel } from '@stratora/contract';
import { useState } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { formatValue } from '../../ui/format/units.ts';
import { Panel } from '../../ui/page.tsx';
import { type Tone, ToneBadge } from '../../ui/tone.tsx';
import { type PanelCell, type PanelRow, type PanelTable, usePanelTable } from './panel-rows.ts';

/** Number of rows that a panel shows unasked. */
const ROWS_SHOWN = 12;
const STATE_TONES: readonly Tone[] = ['good', 'warn', 'bad'];

interface PartsPanelProps {
  readonly nodeId: string;
  readonly panel: TemplatePanel;
  readonly stale: boolean;
}

/** The parts of a device as a table or as bars; nothing while the device tells of none. */
export function PartsPanel({ nodeId, panel, stale }: PartsPanelProps) {
  const { data, isError } = usePanelTable(nodeId, panel);
  const [all, setAll] = useState(false);
  if (data === undefined || data.rows.length === 0) return null;
  const rows = all ? data.rows : data.rows.slice(0, ROWS_SHOWN);
  return (
    <Panel
      title={panel.title}
      aside={isError ? <span className="text-warning">not refreshed</span> : undefined}
    >
      <div className={classNames('overflow-x-auto', stale && 'stale')}>
        {panel.kind === 'bars' ? (
          <Bars panel={panel} rows={rows} />
        ) : (
          <PartsTable columns={data.columns} rows={rows} />
        )}
      </div>
      {data.rows.length > ROWS_SHOWN && (
        <button
          type="button"
          onClick={() => setAll(!all)}
          className="mx-4 mb-3 text-12 font-medium text-accent-text hover:underline"
        >
          {all ? 'Show fewer' : `Show all ${data.rows.length}`}
        </button>
      )}
    </Panel>
  );
}

function PartsTable({ columns, rows }: PanelTable) {
  return (
    <table className="w-full text-13">
      <thead>
        <tr className="text-left text-12 text-faint">
          <th scope="col" className="px-4 py-2 font-medium">
            Name
          </th>
          {columns.map(({ title, isState }) => (
            <th
              key={title}
              scope="col"
              className={classNames('px-4 py-2 font-medium', !isState && 'text-right')}
            >
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, cells }) => (
          <tr key={name} className="border-t border-line">
            <th scope="row" className="max-w-60 truncate px-4 py-1.5 text-left font-normal" title={name}>
              {name}
            </th>
            {columns.map(({ title, isState }, at) => (
              <td
                key={title}
                className={classNames('px-4 py-1.5', !isState && 'tabular text-right whitespace-nowrap')}
              >
                <Cell cell={cells[at]} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ cell }: { readonly cell: PanelCell | undefined }) {
  if (cell === undefined) return <span className="text-faint">–</span>;
  if (cell.unit !== 'state') return formatValue(cell.value, cell.unit);
  return (
    <ToneBadge tone={STATE_TONES[cell.value] ?? 'hatched'}>{formatValue(cell.value, 'state')}</ToneBadge>
  );
}

function Bars({ panel, rows }: { readonly panel: TemplatePanel; readonly rows: readonly PanelRow[] }) {
  const { min = 0, max = 100, low, high } = panel;
  return (
    <ul className="flex flex-col gap-3 p-4">
      {rows.map(({ name, cells }) => {
        const value = cells[0]?.value;
        const share = value === undefined ? 0 : Math.min(1, Math.max(0, (value - min) / (max - min)));
        const isMarked =
          value !== undefined && ((low !== undefined && value < low) || (high !== undefined && value > high));
        return (
          <li key={name}>
            <div className="flex items-baseline gap-3 text-13">
              <span className="min-w-0 flex-1 truncate" title={name}>
                {name}
              </span>
              <span className={classNames('tabular', isMarked && 'font-semibold text-warning')}>
                {formatValue(value, panel.unit)}
              </span>
            </div>
            <div className="mt-1 h-2 overflow-hidden rounded-sm bg-active" aria-hidden>
              <div
                className={classNames('h-full rounded-sm', isMarked ? 'bg-warning' : 'bg-accent')}
                style={{ width: `${share * 100}%` }}
              />
            </div>
          </li>
        );
      })}
    </ul>
  );
}
