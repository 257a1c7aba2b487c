import type { NodeDetail, TemplatePanel } from '@stratora/contract';
import { foldText } from '@stratora/contract/text-fold';
import { useQuery } from '@tanstack/react-query';
import { ArrowDown, ArrowUp, Network, Unplug } from 'lucide-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { nodeMatcher } from '../../api/metrics.ts';
import { POLL_INTERVAL_MS } from '../../api/query-client.ts';
import type { Value } from '../../ui/chart/series-frame.ts';
import { Sparkline } from '../../ui/chart/sparkline.tsx';
import { formatValue } from '../../ui/format/units.ts';
import { useNow } from '../../ui/state/clock.ts';
import {
  type Column,
  compareNumber,
  compareText,
  formatSort,
  parseSort,
  sortRows,
} from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { ColumnChooser, SearchBox } from '../../ui/table/table-tools.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { ChartPanel } from './chart-panel.tsx';
import { dataAge } from './data-age.ts';
import { fetchInterfaces, type InterfaceRow, interfaceTraffic, utilization } from './interface-rows.ts';
import { useInterfaceTrends } from './interface-trends.ts';
import { PortGrid } from './port-grid.tsx';
import { RangePicker } from './range-picker.tsx';

const DEFAULT_SORT = { id: 'name', descending: false };

function LinkState({ row }: { readonly row: InterfaceRow }) {
  if (row.up === true) return <ToneBadge tone="good">Up</ToneBadge>;
  if (row.up === undefined) return <ToneBadge tone="hatched">Not known</ToneBadge>;
  if (row.adminUp === false) return <ToneBadge tone="neutral">Switched off</ToneBadge>;
  return (
    <ToneBadge tone="bad" icon={Unplug}>
      Down
    </ToneBadge>
  );
}

const COLUMNS: readonly Column<InterfaceRow>[] = [
  {
    id: 'name',
    header: 'Interface',
    width: 160,
    compare: (a, b) => compareText(a.name, b.name),
    cell: (row) => row.name,
  },
  {
    id: 'alias',
    header: 'Description',
    width: 184,
    compare: (a, b) => compareText(a.alias, b.alias),
    cell: (row) => <span title={row.alias}>{row.alias}</span>,
  },
  {
    id: 'up',
    header: 'Link',
    width: 144,
    compare: (a, b) => compareNumber(Number(a.up ?? -1), Number(b.up ?? -1)),
    cell: (row) => <LinkState row={row} />,
  },
  {
    id: 'speed',
    header: 'Speed',
    width: 104,
    align: 'right',
    compare: (a, b) => compareNumber(a.speedBits, b.speedBits),
    cell: (row) => formatValue(row.speedBits === 0 ? undefined : row.speedBits, 'bits_per_second'),
  },
  {
    id: 'in',
    header: 'In',
    width: 112,
    align: 'right',
    compare: (a, b) => compareNumber(a.inBits, b.inBits),
    cell: (row) => formatValue(row.inBits, 'bits_per_second'),
  },
  {
    id: 'out',
    header: 'Out',
    width: 112,
    align: 'right',
    compare: (a, b) => compareNumber(a.outBits, b.outBits),
    cell: (row) => formatValue(row.outBits, 'bits_per_second'),
  },
  {
    id: 'used',
    header: 'Used',
    width: 88,
    align: 'right',
    compare: (a, b) => compareNumber(utilization(a), utilization(b)),
    cell: (row) => formatValue(utilization(row), 'percent'),
  },
  {
    id: 'errors',
    header: 'Errors',
    width: 96,
    align: 'right',
    compare: (a, b) => compareNumber(a.errors, b.errors),
    cell: (row) => formatValue(row.errors, 'per_second'),
  },
  {
    id: 'discards',
    header: 'Discards',
    width: 96,
    align: 'right',
    compare: (a, b) => compareNumber(a.discards, b.discards),
    cell: (row) => formatValue(row.discards, 'per_second'),
  },
];

function trendColumn(trends: ReadonlyMap<string, readonly Value[]> | undefined): Column<InterfaceRow> {
  return {
    id: 'trend',
    header: 'Last hour',
    width: 120,
    cell: (row) => {
      const values = trends?.get(row.key);
      return values === undefined ? null : <Sparkline values={values} min={0} className="h-6 w-full" />;
    },
  };
}

function NarrowInterface({ row }: { readonly row: InterfaceRow }) {
  return (
    <div className="flex items-center gap-3">
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">{row.name}</div>
        <div className="tabular flex items-center gap-2 text-12 text-soft">
          <ArrowDown size={12} aria-label="in" /> {formatValue(row.inBits, 'bits_per_second')}
          <ArrowUp size={12} aria-label="out" /> {formatValue(row.outBits, 'bits_per_second')}
        </div>
      </div>
      <LinkState row={row} />
    </div>
  );
}

/** The chart of one interface, both directions. */
function interfacePanel(row: InterfaceRow, byAgent: boolean): TemplatePanel {
  return {
    id: 'one_interface',
    title: row.alias === '' ? row.name : `${row.name}, ${row.alias}`,
    group: 'interfaces',
    kind: 'chart',
    unit: 'bits_per_second',
    stacked: false,
    queries: [
      { expr: interfaceTraffic(row, 'inBits', byAgent), legend: 'in' },
      { expr: interfaceTraffic(row, 'outBits', byAgent), legend: 'out' },
    ],
  };
}

export function InterfacesTab({ node }: { readonly node: NodeDetail }) {
  const byAgent = node.collector_id === null;
  const [parameters, setParameters] = useSearchParams();
  const { stale } = dataAge(node.last_seen_at, useNow());
  const interfaces = useQuery({
    queryKey: ['metrics', 'interfaces', node.id],
    queryFn: ({ signal }) => fetchInterfaces(nodeMatcher(node.id), byAgent, signal),
    refetchInterval: POLL_INTERVAL_MS,
  });
  const sort = parseSort(parameters.get('isort'), DEFAULT_SORT);
  const search = parameters.get('iq') ?? '';
  const chosen = parameters.get('if');
  const put = (name: string, value: string) => {
    const next = new URLSearchParams(parameters);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setParameters(next, { replace: name !== 'if', preventScrollReset: true });
  };
  const trends = useInterfaceTrends(node.id, byAgent);
  const columns = useMemo(() => {
    const shown = byAgent
      ? COLUMNS.filter(({ id }) => !['alias', 'up', 'speed', 'used'].includes(id))
      : COLUMNS;
    const at = shown.findIndex(({ id }) => id === 'errors');
    return shown.toSpliced(at, 0, trendColumn(trends));
  }, [byAgent, trends]);
  const href = (row: InterfaceRow) => {
    const next = new URLSearchParams(parameters);
    next.set('if', row.key);
    return `?${next.toString()}`;
  };
  if (interfaces.data === undefined) {
    return interfaces.isError ? (
      <ErrorState
        title="The interfaces could not be loaded"
        error={interfaces.error}
        onRetry={() => void interfaces.refetch()}
      />
    ) : (
      <SkeletonRows />
    );
  }
  const all = interfaces.data;
  const wanted = foldText(search);
  const rows = sortRows(
    all.filter((row) => foldText(`${row.name} ${row.alias}`).includes(wanted)),
    columns,
    sort,
  );
  const selected = all.find(({ key }) => key === chosen);
  const name = byAgent ? 'interfaces.agent' : 'interfaces';
  return (
    <div className="flex flex-col gap-4">
      <PortGrid nodeId={node.id} rows={all} href={href} stale={stale} />
      {selected !== undefined && (
        <>
          <RangePicker />
          <ChartPanel
            key={selected.key}
            nodeId={node.id}
            panel={interfacePanel(selected, byAgent)}
            stale={stale}
            hideEmpty={false}
          />
        </>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <SearchBox label="Search interfaces" value={search} onChange={(value) => put('iq', value)} />
        <ColumnChooser table={name} columns={columns} />
        {selected === undefined && all.length > 0 && (
          <p className="text-13 text-faint">Choose an interface to see its traffic.</p>
        )}
      </div>
      <div className={stale ? 'stale' : undefined}>
        <DataTable
          name={name}
          label="Interfaces"
          columns={columns}
          rows={rows}
          rowId={(row) => row.key}
          rowHref={href}
          sort={sort}
          onSort={(next) => put('isort', formatSort(next))}
          narrowRow={(row) => <NarrowInterface row={row} />}
          empty={
            <EmptyState icon={Network} title={search === '' ? 'No interfaces yet' : 'No interface matches'}>
              {search === ''
                ? 'Interfaces appear here once the node reports them over SNMP or through its agent.'
                : 'None of this node’s interfaces has this name or description.'}
            </EmptyState>
          }
        />
      </div>
    </div>
  );
}
