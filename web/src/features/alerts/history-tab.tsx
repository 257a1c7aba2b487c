import type { Alert } from '@stratora/contract';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { History, SearchX } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { definitionsQuery } from '../../api/alert-definitions.ts';
import { alertHistoryQuery } from '../../api/alerts.ts';
import { Button } from '../../ui/button.tsx';
import { formatCount, plural } from '../../ui/format/units.ts';
import { formatSort } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { ColumnChooser } from '../../ui/table/table-tools.tsx';
import { EmptyState, ErrorState, SkeletonRows, StaleNotice } from '../../ui/view-state.tsx';
import { useAlertAddress } from './alert-address.ts';
import { HISTORY_COLUMNS } from './alert-columns.tsx';
import { isFilteringAlerts, NO_FILTER, toAlertQuery } from './alert-filter.ts';
import { AlertFilters } from './alert-filters.tsx';
import { NarrowPastAlert } from './narrow-alert.tsx';

const TABLE = 'alert-history';
const LAST_ENDED_FIRST = { id: 'resolved_at', descending: true };
const NONE: readonly [] = [];
const alertId = (alert: Alert) => alert.id;
const alertHref = (alert: Alert) => `/alerts/${alert.id}`;

/** The alerts that are over: the server filters and sorts them, since there may be a hundred thousand. */
export function HistoryTab() {
  const { filter, sort, change, order } = useAlertAddress(LAST_ENDED_FIRST);
  const definitions = useQuery(definitionsQuery);
  const late = useDeferredValue(filter);
  const wanted = useMemo(() => toAlertQuery(late, definitions.data ?? NONE), [late, definitions.data]);
  const history = useInfiniteQuery({
    ...alertHistoryQuery({ ...wanted, sort: formatSort(sort) }),
    enabled: wanted !== undefined,
    placeholderData: keepPreviousData,
  });
  const retry = () => void history.refetch();
  const alerts = useMemo(() => {
    const all = (history.data?.pages ?? []).flatMap(({ items }) => items);
    // One that ends while the list is read moves a page on and would be there twice.
    return [...new Map(all.map((alert) => [alert.id, alert])).values()];
  }, [history.data]);
  const isUnknown = wanted === undefined && definitions.data !== undefined;
  const total = history.data?.pages[0]?.total ?? 0;
  return (
    <>
      <AlertFilters filter={filter} onChange={change} />
      {history.data !== undefined && history.isError && (
        <StaleNotice error={history.error} lastSuccessAt={history.dataUpdatedAt} onRetry={retry} />
      )}
      {history.data === undefined && history.isError && (
        <ErrorState title="The history could not be loaded" error={history.error} onRetry={retry} />
      )}
      {history.data === undefined && !history.isError && !isUnknown && <SkeletonRows count={12} />}
      {(history.data !== undefined || isUnknown) && (
        <>
          <div className="-my-1 flex flex-wrap items-center gap-3">
            <span role="status" className="tabular text-13 text-faint">
              {isUnknown ? '0 alerts' : plural(total, 'alert')}
              {!isUnknown && alerts.length < total && `, ${formatCount(alerts.length)} loaded`}
            </span>
            <div className="ml-auto">
              <ColumnChooser table={TABLE} columns={HISTORY_COLUMNS} />
            </div>
          </div>
          <DataTable
            name={TABLE}
            label="Alerts that are over"
            fill
            columns={HISTORY_COLUMNS}
            rows={isUnknown ? NONE : alerts}
            rowId={alertId}
            rowHref={alertHref}
            sort={sort}
            onSort={order}
            narrowRow={(alert) => <NarrowPastAlert alert={alert} />}
            empty={<NoHistory isFiltering={isFilteringAlerts(filter)} onClear={() => change(NO_FILTER)} />}
          />
          {history.hasNextPage && !isUnknown && (
            <div className="flex justify-center">
              <Button disabled={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
                {history.isFetchingNextPage ? 'Loading…' : 'Load more'}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}

function NoHistory({
  isFiltering,
  onClear,
}: {
  readonly isFiltering: boolean;
  readonly onClear: () => void;
}) {
  return isFiltering ? (
    <EmptyState
      icon={SearchX}
      title="No alert matches"
      action={<Button onClick={onClear}>Clear all filters</Button>}
    >
      None of the alerts that are over fits the search and the filters.
    </EmptyState>
  ) : (
    <EmptyState icon={History} title="No alert has ended yet">
      What was wrong and is over stays here, with its values and with what people did.
    </EmptyState>
  );
}
