import type { NodeDetail } from '@stratora/contract';
import { foldText } from '@stratora/contract/text-fold';
import { useQuery } from '@tanstack/react-query';
import { Database } from 'lucide-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { nodeMatcher, queryInstant, type VectorSample } from '../../api/metrics.ts';
import { POLL_INTERVAL_MS } from '../../api/query-client.ts';
import { plural } from '../../ui/format/units.ts';
import {
  type Column,
  compareNumber,
  compareText,
  formatSort,
  parseSort,
  sortRows,
} from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { SearchBox } from '../../ui/table/table-tools.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';

const DEFAULT_SORT = { id: 'name', descending: false };
/** Labels that every series of a node has; they would only repeat the page's title. */
const OWN_LABELS = new Set(['__name__', 'node_id', 'node_name', 'collector_id', 'host', 'db', 'agent_host']);

interface SeriesRow {
  readonly id: string;
  readonly name: string;
  readonly labels: string;
  readonly value: string;
}

function toRow({ metric, value }: VectorSample): SeriesRow {
  const labels = Object.entries(metric)
    .filter(([name]) => !OWN_LABELS.has(name))
    .map(([name, text]) => `${name}=${text}`)
    .join(', ');
  const name = metric['__name__'] ?? '';
  return { id: `${name} ${JSON.stringify(metric)}`, name, labels, value: value[1] };
}

const COLUMNS: readonly Column<SeriesRow>[] = [
  {
    id: 'name',
    header: 'Metric',
    width: 300,
    compare: (a, b) => compareText(a.name, b.name) || compareText(a.labels, b.labels),
    cell: (row) => (
      <span className="font-mono text-12" title={row.name}>
        {row.name}
      </span>
    ),
  },
  {
    id: 'labels',
    header: 'Labels',
    width: 480,
    compare: (a, b) => compareText(a.labels, b.labels),
    cell: (row) => (
      <span className="font-mono text-12" title={row.labels}>
        {row.labels}
      </span>
    ),
  },
  {
    id: 'value',
    header: 'Value',
    width: 200,
    align: 'right',
    compare: (a, b) => compareNumber(Number(a.value), Number(b.value)),
    cell: (row) => <span className="font-mono text-12">{row.value}</span>,
  },
];

/** Every series of the node as it is stored, with its newest value: for those who write queries. */
export function SeriesTab({ node }: { readonly node: NodeDetail }) {
  const [parameters, setParameters] = useSearchParams();
  const series = useQuery({
    queryKey: ['metrics', 'series', node.id],
    queryFn: async ({ signal }) => (await queryInstant(`{${nodeMatcher(node.id)}}`, signal)).map(toRow),
    refetchInterval: POLL_INTERVAL_MS,
  });
  const search = parameters.get('sq') ?? '';
  const sort = useMemo(() => parseSort(parameters.get('ssort'), DEFAULT_SORT), [parameters]);
  const put = (name: string, value: string) => {
    const next = new URLSearchParams(parameters);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setParameters(next, { replace: true, preventScrollReset: true });
  };
  const rows = useMemo(() => {
    const words = foldText(search).split(/\s+/).filter(Boolean);
    const found = (series.data ?? []).filter((row) => {
      const text = foldText(`${row.name} ${row.labels}`);
      return words.every((word) => text.includes(word));
    });
    return sortRows(found, COLUMNS, sort);
  }, [series.data, search, sort]);
  if (series.data === undefined) {
    return series.isError ? (
      <ErrorState
        title="The values could not be loaded"
        error={series.error}
        onRetry={() => void series.refetch()}
      />
    ) : (
      <SkeletonRows />
    );
  }
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <SearchBox label="Search metrics and labels" value={search} onChange={(value) => put('sq', value)} />
        <span role="status" className="tabular text-13 text-faint">
          {plural(rows.length, 'series', 'series')}
        </span>
      </div>
      <div className="flex h-[70vh] flex-col max-md:h-auto">
        <DataTable
          name="series"
          label="Latest values"
          fill
          columns={COLUMNS}
          rows={rows}
          rowId={(row) => row.id}
          sort={sort}
          onSort={(next) => put('ssort', formatSort(next))}
          narrowRow={(row) => (
            <div className="flex items-center gap-3 font-mono text-12">
              <div className="min-w-0 flex-1">
                <div className="truncate">{row.name}</div>
                <div className="truncate text-faint">{row.labels}</div>
              </div>
              <span>{row.value}</span>
            </div>
          )}
          empty={
            <EmptyState
              icon={Database}
              title={search === '' ? 'No values in the last minutes' : 'Nothing matches'}
            >
              {search === ''
                ? 'Nothing was received from this node lately.'
                : 'No metric or label of this node holds these words.'}
            </EmptyState>
          }
        />
      </div>
    </div>
  );
}
