import type { DiscoveryJob, DiscoveryLedger } from '@stratora/contract';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { PackageOpen } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { discoveryLedgerQuery } from '../../api/discovery.ts';
import { useListInterval } from '../../api/live-context.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount, plural } from '../../ui/format/units.ts';
import { Fact, Facts, Panel } from '../../ui/page.tsx';
import { type Column, compareNumber, compareText, type Sort, sortRows } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { SearchBox } from '../../ui/table/table-tools.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { packetKindName } from './job-words.ts';
import { RunPicker, useRunAddress } from './run-picker.tsx';

type Row = DiscoveryLedger['items'][number];

/** "12 ping, 3 SNMP v2c reads" */
function kindWords(kinds: Row['kinds']): string {
  return byCount(kinds)
    .map(([kind, count]) => `${formatCount(count)} ${packetKindName(kind)}`)
    .join(', ');
}

function byCount(kinds: Row['kinds']): [string, number][] {
  return Object.entries(kinds).toSorted(([, a], [, b]) => b - a);
}

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'address',
    header: 'Address',
    width: 180,
    compare: (a, b) => compareText(a.address, b.address),
    cell: ({ address }) => <span className="font-mono text-12">{address}</span>,
  },
  {
    id: 'packets',
    header: 'Packets',
    width: 96,
    align: 'right',
    compare: (a, b) => compareNumber(a.packets, b.packets),
    cell: ({ packets }) => formatCount(packets),
  },
  {
    id: 'kinds',
    header: 'Of which kind',
    width: 420,
    grows: true,
    cell: ({ kinds }) => <span title={kindWords(kinds)}>{kindWords(kinds)}</span>,
  },
];

/** Every packet that a run sent, by kind and address. */
export function LedgerTab({ job }: { readonly job: DiscoveryJob }) {
  const { runId, choose } = useRunAddress();
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState<Sort>({ id: 'address', descending: false });
  const ledger = useInfiniteQuery({
    ...discoveryLedgerQuery(job.id, runId, useDeferredValue(search.trim())),
    refetchInterval: useListInterval(),
    placeholderData: keepPreviousData,
  });
  const retry = () => void ledger.refetch();
  const pages = ledger.data?.pages;
  const rows = useMemo(
    () =>
      sortRows(
        (pages ?? []).flatMap(({ items }) => items),
        COLUMNS,
        sort,
      ),
    [pages, sort],
  );
  const first = pages?.[0];
  if (first === undefined) {
    return ledger.isError ? (
      <ErrorState title="The packets could not be loaded" error={ledger.error} onRetry={retry} />
    ) : (
      <SkeletonRows />
    );
  }
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <RunPicker jobId={job.id} runId={runId} onChoose={choose} />
        <SearchBox label="Search addresses" value={search} onChange={setSearch} />
        <span role="status" className="tabular text-13 text-faint">
          {plural(first.total, 'address', 'addresses')}
          {rows.length < first.total && `, ${formatCount(rows.length)} loaded`}
        </span>
      </div>
      <Totals ledger={first} />
      <div className="flex min-h-0 flex-col md:max-h-[75dvh]">
        <DataTable
          name="discovery-ledger"
          label="Packets by address"
          fill
          columns={COLUMNS}
          rows={rows}
          rowId={({ address }) => address}
          sort={sort}
          onSort={setSort}
          narrowRow={({ address, packets, kinds }) => (
            <>
              <div className="flex justify-between gap-2">
                <span className="font-mono text-13">{address}</span>
                <span className="tabular">{formatCount(packets)}</span>
              </div>
              <div className="text-12 text-faint">{kindWords(kinds)}</div>
            </>
          )}
          empty={
            <EmptyState icon={PackageOpen} title="No packet to an address">
              {search === '' ? 'This run has sent nothing so far.' : 'Nothing was sent to such an address.'}
            </EmptyState>
          }
        />
      </div>
      {ledger.hasNextPage && (
        <div className="flex justify-center">
          <Button disabled={ledger.isFetchingNextPage} onClick={() => void ledger.fetchNextPage()}>
            {ledger.isFetchingNextPage ? 'Loading…' : 'Load more'}
          </Button>
        </div>
      )}
    </>
  );
}

function Totals({ ledger }: { readonly ledger: DiscoveryLedger }) {
  const kinds = byCount(ledger.kinds);
  if (kinds.length === 0) return null;
  return (
    <Panel title={`${plural(ledger.packets, 'packet')} in all`}>
      <Facts className="px-4 py-3 sm:grid-cols-3 lg:grid-cols-5">
        {kinds.map(([kind, count]) => (
          <Fact key={kind} label={packetKindName(kind)}>
            <span className="tabular">{formatCount(count)}</span>
          </Fact>
        ))}
      </Facts>
    </Panel>
  );
}
