import type { Component } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Bot, RadioTower, SearchX } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { componentsQuery } from '../../api/components.ts';
import { useMay } from '../../api/permission.ts';
import { ComponentBadge } from '../../domain/component-badge.tsx';
import { STATE_STEP_MS } from '../../domain/component-health.ts';
import { whyOf } from '../../domain/component-words.ts';
import { PendingList } from '../../domain/pending-components.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { formatCount, plural } from '../../ui/format/units.ts';
import { useNow } from '../../ui/state/clock.ts';
import { formatSort, parseSort, sortRows } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { ColumnChooser } from '../../ui/table/table-tools.tsx';
import { EmptyState, ErrorState, SkeletonRows, StaleNotice } from '../../ui/view-state.tsx';
import { componentColumns } from './component-columns.tsx';
import {
  type ComponentFilter,
  filterComponents,
  isFilteringComponents,
  readComponentFilter,
  writeComponentFilter,
} from './component-filter.ts';
import { ComponentFilterChips, ComponentFilters } from './component-filters.tsx';

const DEFAULT_SORT = { id: 'state', descending: false };
type ComponentType = Component['component_type'];
const idOf = ({ id }: Component) => id;
const hrefOf = ({ id }: Component) => `/collection/components/${id}`;

export function CollectorsTab() {
  return <ComponentsTab key="collector" type="collector" />;
}

export function AgentsTab() {
  return <ComponentsTab key="agent" type="agent" />;
}

function NothingEnrolled({ type }: { readonly type: ComponentType }) {
  const may = useMay();
  const action = may('enrollment.manage') && (
    <ButtonLink to={`?add=${type}`} look="primary">
      {type === 'collector' ? 'Add a collector' : 'Add an agent'}
    </ButtonLink>
  );
  return type === 'collector' ? (
    <EmptyState icon={RadioTower} title="No collectors" action={action}>
      A collector polls the devices of a network segment and needs one outbound HTTPS connection to this
      server. It opens no port.
    </EmptyState>
  ) : (
    <EmptyState icon={Bot} title="No agents" action={action}>
      An agent reports the host it runs on: processors, memory, disks, network. The host appears as a node by
      itself.
    </EmptyState>
  );
}

/** A component in two lines for a narrow screen: its name and state, then why, or the one figure that matters. */
function NarrowComponent({ component }: { readonly component: Component }) {
  const why = whyOf(component, useNow(STATE_STEP_MS));
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-3">
        <span className="min-w-0 flex-1 truncate font-medium">{component.name}</span>
        <ComponentBadge component={component} />
      </div>
      <div className="truncate text-12 text-faint">
        {why === ''
          ? [
              component.site_name,
              component.component_type === 'collector'
                ? plural(component.node_count, 'node')
                : component.hostname,
            ]
              .filter((part) => part !== null)
              .join(', ')
          : why}
      </div>
    </div>
  );
}

/** Rows as the address asks for them; typing stays quick because filtering and sorting may lag behind it. */
function useShown(type: ComponentType, components: readonly Component[] | undefined) {
  const [parameters, setParameters] = useSearchParams();
  const now = useNow(STATE_STEP_MS);
  const filter = useMemo(() => readComponentFilter(parameters), [parameters]);
  const sort = useMemo(() => parseSort(parameters.get('sort'), DEFAULT_SORT), [parameters]);
  const own = useMemo(
    () => (components ?? []).filter(({ component_type: its }) => its === type),
    [components, type],
  );
  const columns = useMemo(() => componentColumns(type, own), [type, own]);
  const late = useDeferredValue(filter);
  const rows = useMemo(
    () => sortRows(filterComponents(own, late, now), columns, sort),
    [own, late, now, columns, sort],
  );
  const change = (part: Partial<ComponentFilter>) =>
    setParameters(writeComponentFilter(parameters, part), { replace: 'search' in part });
  const order = (next: typeof sort) => {
    const changed = new URLSearchParams(parameters);
    changed.set('sort', formatSort(next));
    setParameters(changed, { replace: true });
  };
  return { own, rows, filter, sort, columns, change, order };
}

function ComponentsTab({ type }: { readonly type: ComponentType }) {
  const components = useQuery(componentsQuery);
  const { own, rows, filter, sort, columns, change, order } = useShown(type, components.data);
  const retry = () => void components.refetch();
  if (components.data === undefined) {
    return components.isError ? (
      <ErrorState
        title="The components could not be loaded"
        error={components.error}
        stillWorks="Collectors and agents keep gathering; nothing is lost."
        onRetry={retry}
      />
    ) : (
      <SkeletonRows />
    );
  }
  const filtering = isFilteringComponents(filter);
  return (
    <>
      {components.isError && (
        <StaleNotice error={components.error} lastSuccessAt={components.dataUpdatedAt} onRetry={retry} />
      )}
      <PendingList pending={own.filter(({ approval }) => approval === 'pending')} />
      {own.length > 0 && (
        <div className="flex flex-col gap-2">
          <div className="flex flex-wrap items-center gap-2">
            <ComponentFilters type={type} components={own} filter={filter} onChange={change} />
            <span role="status" className="tabular text-13 text-faint">
              {filtering
                ? `${formatCount(rows.length)} of ${plural(own.length, type)}`
                : plural(own.length, type)}
            </span>
            <div className="ml-auto">
              <ColumnChooser table={`components.${type}`} columns={columns} />
            </div>
          </div>
          <ComponentFilterChips components={own} filter={filter} onChange={change} />
        </div>
      )}
      <DataTable
        name={`components.${type}`}
        label={type === 'collector' ? 'Collectors' : 'Agents'}
        columns={columns}
        rows={rows}
        rowId={idOf}
        rowHref={hrefOf}
        sort={sort}
        onSort={order}
        fill
        narrowRow={(component) => <NarrowComponent component={component} />}
        empty={
          filtering ? (
            <EmptyState
              icon={SearchX}
              title={type === 'collector' ? 'No collector matches' : 'No agent matches'}
              action={
                <Button onClick={() => change(readComponentFilter(new URLSearchParams()))}>
                  Clear all filters
                </Button>
              }
            >
              None fits the search and the filters.
            </EmptyState>
          ) : (
            <NothingEnrolled type={type} />
          )
        }
      />
    </>
  );
}
