import type { Component } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Bot, RadioTower } from 'lucide-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useMay } from '../../api/permission.ts';
import { componentsQuery, sitesQuery, useComponentAction } from '../../api/resources.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { plural } from '../../ui/format/units.ts';
import { formatSort, parseSort, sortRows } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { ColumnChooser, SearchBox } from '../../ui/table/table-tools.tsx';
import { tellDone, tellFailure } from '../../ui/toast.tsx';
import { EmptyState, ErrorState, SkeletonRows, StaleNotice } from '../../ui/view-state.tsx';
import { ComponentBadge, componentColumns } from './component-columns.tsx';
import { ComponentSheet } from './component-sheet.tsx';

const DEFAULT_SORT = { id: 'state', descending: false };
type ComponentType = Component['component_type'];

export function CollectorsTab() {
  return <ComponentsTab key="collector" type="collector" />;
}

export function AgentsTab() {
  return <ComponentsTab key="agent" type="agent" />;
}

function PendingList({ pending }: { readonly pending: readonly Component[] }) {
  const act = useComponentAction();
  const may = useMay();
  const decide = (component: Component, action: 'approve' | 'reject') => {
    act.mutateAsync({ id: component.id, action }).then(
      () => tellDone(`${component.name} ${action === 'approve' ? 'approved' : 'rejected'}`),
      (error: unknown) => tellFailure(`${component.name} was not changed`, error),
    );
  };
  if (pending.length === 0) return null;
  return (
    <section aria-label="Waiting for approval" className="rounded-md border border-warning bg-warning-soft">
      <h2 className="px-4 pt-3 text-14 font-semibold">
        {pending.length === 1 ? 'One waits' : `${pending.length} wait`} for approval
      </h2>
      <p className="px-4 text-13 text-soft">
        They get no configuration and may send nothing until an administrator approves them.
      </p>
      <ul className="mt-2">
        {pending.map((component) => (
          <li
            key={component.id}
            className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-2.5 text-13"
          >
            <div className="min-w-0 flex-1">
              <p className="truncate font-medium">{component.name}</p>
              <p className="truncate text-soft">
                {component.hostname}, {component.os} {component.arch}
                {component.ip_addresses[0] !== undefined && (
                  <span className="font-mono text-12">, {component.ip_addresses[0]}</span>
                )}
              </p>
            </div>
            {may('component.manage') && (
              <div className="flex gap-2">
                <Button disabled={act.isPending} onClick={() => decide(component, 'reject')}>
                  Reject
                </Button>
                <Button look="primary" disabled={act.isPending} onClick={() => decide(component, 'approve')}>
                  Approve
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function NothingEnrolled({ type }: { readonly type: ComponentType }) {
  const may = useMay();
  const action = may('enrollment.manage') && (
    <ButtonLink to={`/collection/tokens?create=1&type=${type}`} look="primary">
      {type === 'collector' ? 'Enroll a collector' : 'Enroll an agent'}
    </ButtonLink>
  );
  return type === 'collector' ? (
    <EmptyState icon={RadioTower} title="No collectors" action={action}>
      A collector polls the devices of a network segment and needs one outbound connection to this server.
    </EmptyState>
  ) : (
    <EmptyState icon={Bot} title="No agents" action={action}>
      An agent reports the host it runs on: processors, memory, disks, network. The host appears as a node by
      itself.
    </EmptyState>
  );
}

function ComponentsTab({ type }: { readonly type: ComponentType }) {
  const components = useQuery(componentsQuery);
  const sites = useQuery(sitesQuery);
  const may = useMay();
  const [parameters, setParameters] = useSearchParams();
  const siteNames = useMemo(
    () => new Map((sites.data ?? []).map(({ id, name }) => [id, name])),
    [sites.data],
  );
  const columns = useMemo(() => componentColumns(type, siteNames), [type, siteNames]);
  const retry = () => void components.refetch();
  if (components.data === undefined) {
    return components.isError ? (
      <ErrorState title="The components could not be loaded" error={components.error} onRetry={retry} />
    ) : (
      <SkeletonRows />
    );
  }
  const own = components.data.filter(({ component_type: its }) => its === type);
  const search = parameters.get('q') ?? '';
  const sort = parseSort(parameters.get('sort'), DEFAULT_SORT);
  const rows = sortRows(
    own.filter(({ name, hostname, ip_addresses: addresses }) =>
      `${name} ${hostname} ${addresses.join(' ')}`.toLowerCase().includes(search.toLowerCase()),
    ),
    columns,
    sort,
  );
  const put = (name: string, value: string | undefined, replace = true) => {
    const next = new URLSearchParams(parameters);
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
    setParameters(next, { replace });
  };
  const hrefOf = (component: Component) => {
    const next = new URLSearchParams(parameters);
    next.set('open', component.id);
    return `?${next.toString()}`;
  };
  const opened = own.find(({ id }) => id === parameters.get('open'));
  return (
    <>
      {components.isError && (
        <StaleNotice error={components.error} lastSuccessAt={components.dataUpdatedAt} onRetry={retry} />
      )}
      <PendingList pending={own.filter(({ approval }) => approval === 'pending')} />
      {own.length > 0 && (
        <div className="flex flex-wrap items-center gap-2">
          <SearchBox
            label={type === 'collector' ? 'Search collectors' : 'Search agents'}
            value={search}
            onChange={(value) => put('q', value)}
          />
          <span className="text-13 text-faint">{plural(rows.length, type)}</span>
          <div className="ml-auto flex gap-2">
            <ColumnChooser table={`components.${type}`} columns={columns} />
            {may('enrollment.manage') && (
              <ButtonLink to={`/collection/tokens?create=1&type=${type}`} look="primary">
                {type === 'collector' ? 'Enroll a collector' : 'Enroll an agent'}
              </ButtonLink>
            )}
          </div>
        </div>
      )}
      <DataTable
        name={`components.${type}`}
        label={type === 'collector' ? 'Collectors' : 'Agents'}
        columns={columns}
        rows={rows}
        rowId={({ id }) => id}
        rowHref={hrefOf}
        sort={sort}
        onSort={(next) => put('sort', formatSort(next))}
        narrowRow={(component) => (
          <div className="flex items-center gap-3">
            <div className="min-w-0 flex-1">
              <div className="truncate font-medium">{component.name}</div>
              <div className="truncate text-12 text-faint">
                {component.hostname}, {component.version}
              </div>
            </div>
            <ComponentBadge component={component} />
          </div>
        )}
        empty={
          search === '' ? (
            <NothingEnrolled type={type} />
          ) : (
            <p className="px-4 py-10 text-center text-soft">None has this name or address.</p>
          )
        }
      />
      <ComponentSheet component={opened} onClose={() => put('open', undefined, false)} />
    </>
  );
}
