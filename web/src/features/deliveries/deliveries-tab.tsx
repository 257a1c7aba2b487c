import type { Delivery } from '@stratora/contract';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { SearchX, Send } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { deliveryPagesQuery } from '../../api/deliveries.ts';
import { teamsQuery } from '../../api/escalation-teams.ts';
import { useListInterval } from '../../api/live-context.ts';
import { channelsQuery } from '../../api/notification-channels.ts';
import {
  DELIVERY_EVENT_OPTIONS,
  DELIVERY_STATE_OPTIONS,
  occasionWords,
  subjectText,
} from '../../domain/delivery-words.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { FilterSelect } from '../../ui/filter-select.tsx';
import { formatCount, plural } from '../../ui/format/units.ts';
import type { SelectOption } from '../../ui/select.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import { ColumnChooser, FilterChip, SearchBox } from '../../ui/table/table-tools.tsx';
import { Ago } from '../../ui/time-text.tsx';
import { EmptyState, ErrorState, SkeletonRows, StaleNotice } from '../../ui/view-state.tsx';
import { DELIVERY_COLUMNS, OutcomeCell } from './delivery-columns.tsx';
import {
  type DeliveryFilter,
  isFilteringDeliveries,
  NO_DELIVERY_FILTER,
  readDeliveryFilter,
  toDeliveryQuery,
  writeDeliveryFilter,
} from './delivery-filter.ts';

const TABLE = 'deliveries';
const NEWEST = { id: 'created_at', descending: true };
const deliveryId = ({ id }: Delivery) => id;
/** The page of what it is about: its alert, or the channel that was tested. */
const deliveryHref = ({ alert_id: alert, channel_id: channel }: Delivery) =>
  alert !== null ? `/alerts/${alert}` : channel !== null ? `/settings/channels/${channel}` : '/maintenance';

/** Everything that was to be told, to whom, and what came of it. */
export function DeliveriesTab() {
  const [parameters, setParameters] = useSearchParams();
  const filter = useMemo(() => readDeliveryFilter(parameters), [parameters]);
  const late = useDeferredValue(filter);
  const query = useMemo(() => toDeliveryQuery(late), [late]);
  const pages = useInfiniteQuery({
    ...deliveryPagesQuery(query),
    placeholderData: keepPreviousData,
    refetchInterval: useListInterval(30_000),
  });
  const change = (part: Partial<DeliveryFilter>) =>
    setParameters(writeDeliveryFilter(parameters, part), { replace: true });
  const retry = () => void pages.refetch();
  const deliveries = useMemo(() => {
    const all = (pages.data?.pages ?? []).flatMap(({ items }) => items);
    // What arises while the list is read moves a page on and would be there twice.
    return [...new Map(all.map((delivery) => [delivery.id, delivery])).values()];
  }, [pages.data]);
  const total = pages.data?.pages[0]?.total ?? 0;
  return (
    <>
      <Filters filter={filter} onChange={change} />
      {pages.data === undefined ? (
        pages.isError ? (
          <ErrorState title="The deliveries could not be loaded" error={pages.error} onRetry={retry} />
        ) : (
          <SkeletonRows count={12} />
        )
      ) : (
        <>
          {pages.isError && (
            <StaleNotice error={pages.error} lastSuccessAt={pages.dataUpdatedAt} onRetry={retry} />
          )}
          <div className="-my-1 flex flex-wrap items-center gap-3">
            <span role="status" className="tabular text-13 text-faint">
              {plural(total, 'delivery', 'deliveries')}
              {deliveries.length < total && `, ${formatCount(deliveries.length)} loaded`}
            </span>
            <div className="ml-auto">
              <ColumnChooser table={TABLE} columns={DELIVERY_COLUMNS} />
            </div>
          </div>
          <DataTable
            name={TABLE}
            label="Deliveries"
            fill
            columns={DELIVERY_COLUMNS}
            rows={deliveries}
            rowId={deliveryId}
            rowHref={deliveryHref}
            sort={NEWEST}
            onSort={() => undefined}
            narrowRow={(delivery) => <NarrowDelivery delivery={delivery} />}
            empty={
              <NoDeliveries
                isFiltering={isFilteringDeliveries(filter)}
                onClear={() => change(NO_DELIVERY_FILTER)}
              />
            }
          />
          {pages.hasNextPage && (
            <div className="flex justify-center">
              <Button disabled={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
                {pages.isFetchingNextPage ? 'Loading…' : 'Load more'}
              </Button>
            </div>
          )}
        </>
      )}
    </>
  );
}

function NarrowDelivery({ delivery }: { readonly delivery: Delivery }) {
  return (
    <>
      <div className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 truncate font-medium">{delivery.recipient || 'Nobody'}</span>
        <span className="shrink-0 text-12 text-faint">
          <Ago time={delivery.created_at} />
        </span>
      </div>
      <div className="truncate text-12 text-soft">{subjectText(delivery)}</div>
      <div className="truncate text-12 text-faint">
        {occasionWords(delivery)} · {delivery.channel_name}
      </div>
      <div className="text-12">
        <OutcomeCell delivery={delivery} />
      </div>
    </>
  );
}

function NoDeliveries({
  isFiltering,
  onClear,
}: {
  readonly isFiltering: boolean;
  readonly onClear: () => void;
}) {
  return isFiltering ? (
    <EmptyState
      icon={SearchX}
      title="No delivery matches"
      action={<Button onClick={onClear}>Clear all filters</Button>}
    >
      Nothing that was to be told fits the search and the filters.
    </EmptyState>
  ) : (
    <EmptyState
      icon={Send}
      title="Nobody was told of anything yet"
      action={<ButtonLink to="/settings/channels">Channels</ButtonLink>}
    >
      Each message about an alert is listed here: to whom it went, by which channel, and what came of it.
    </EmptyState>
  );
}

interface FiltersProps {
  readonly filter: DeliveryFilter;
  readonly onChange: (change: Partial<DeliveryFilter>) => void;
}

/** What is there, and what the filter names although it is gone. */
function choices(
  items: readonly { readonly id: string; readonly name: string }[],
  chosen: string | undefined,
): readonly SelectOption<string>[] {
  const known = items.map(({ id, name }) => ({ value: id, label: name }));
  return chosen === undefined || known.some(({ value }) => value === chosen)
    ? known
    : [...known, { value: chosen, label: 'One that is gone' }];
}

function Filters({ filter, onChange }: FiltersProps) {
  const channels = useQuery(channelsQuery).data ?? [];
  const teams = useQuery(teamsQuery).data ?? [];
  return (
    <div className="flex flex-col gap-2">
      <div className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap">
        <div className="col-span-2">
          <SearchBox
            label="Search deliveries"
            value={filter.search}
            onChange={(search) => onChange({ search })}
          />
        </div>
        <FilterSelect
          label="Outcome"
          value={filter.state}
          options={DELIVERY_STATE_OPTIONS}
          onChange={(state) => onChange({ state })}
        />
        <FilterSelect
          label="Why"
          all="Any reason"
          value={filter.event}
          options={DELIVERY_EVENT_OPTIONS}
          onChange={(event) => onChange({ event })}
        />
        <FilterSelect
          label="Channel"
          value={filter.channel}
          options={choices(channels, filter.channel)}
          onChange={(channel) => onChange({ channel })}
        />
        <FilterSelect
          label="Team"
          value={filter.team}
          options={choices(teams, filter.team)}
          onChange={(team) => onChange({ team })}
        />
      </div>
      {filter.alert !== undefined && (
        <div>
          <FilterChip label="One alert" onRemove={() => onChange({ alert: undefined })}>
            Of one alert
          </FilterChip>
        </div>
      )}
    </div>
  );
}
