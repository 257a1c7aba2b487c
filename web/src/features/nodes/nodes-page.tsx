import type { Node } from '@stratora/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, SearchX, Server } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { componentsQuery } from '../../api/components.ts';
import { useListInterval } from '../../api/live-context.ts';
import { inventoryQuery } from '../../api/nodes.ts';
import { useMay } from '../../api/permission.ts';
import { MaintenanceBanner } from '../../domain/maintenance-banner.tsx';
import { Button } from '../../ui/button.tsx';
import { formatCount, plural } from '../../ui/format/units.ts';
import { Page } from '../../ui/page.tsx';
import { STATUS_LOOKS, StatusIcon } from '../../ui/status.tsx';
import { formatSort, parseSort, sortRows } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { ColumnChooser } from '../../ui/table/table-tools.tsx';
import { EmptyState, ErrorState, SkeletonRows, StaleNotice } from '../../ui/view-state.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { nodeColumns, PartMark } from './node-columns.tsx';
import { filterNodes, isFiltering, readFilter, writeFilter } from './node-filter.ts';
import { NodeFilters } from './node-filters.tsx';
import { NodeFormDialog } from './node-form.tsx';

const DEFAULT_SORT = { id: 'name', descending: false };
const TABLE = 'nodes';
const nodeId = (node: Node) => node.id;
const nodeHref = (node: Node) => `/nodes/${node.id}`;

function NarrowNode({ node }: { readonly node: Node }) {
  return (
    <div className="flex items-center gap-3">
      <StatusIcon status={node.status} size={18} />
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">{node.name}</div>
        <div className="truncate text-12 text-faint">
          {STATUS_LOOKS[node.status].label}, <span className="font-mono">{node.ip_address}</span>,{' '}
          {node.site_name}
        </div>
      </div>
      <PartMark node={node} />
    </div>
  );
}

/** Rows as the URL asks for them; typing stays quick because sorting and filtering may lag behind it. */
function useShownNodes() {
  const client = useQueryClient();
  const interval = useListInterval();
  const inventory = useQuery({ ...inventoryQuery(client), refetchInterval: interval });
  const components = useQuery({ ...componentsQuery, refetchInterval: interval });
  const [parameters, setParameters] = useSearchParams();
  const filter = useMemo(() => readFilter(parameters), [parameters]);
  const sort = useMemo(() => parseSort(parameters.get('sort'), DEFAULT_SORT), [parameters]);
  const collectors = useMemo(
    () =>
      new Map(
        (components.data ?? [])
          .filter(({ component_type: type }) => type === 'collector')
          .map((collector) => [collector.id, collector]),
      ),
    [components.data],
  );
  const columns = useMemo(() => nodeColumns(collectors), [collectors]);
  const lateFilter = useDeferredValue(filter);
  const nodes = inventory.data?.nodes;
  const rows = useMemo(
    () => sortRows(filterNodes(nodes ?? [], lateFilter), columns, sort),
    [nodes, lateFilter, columns, sort],
  );
  return { inventory, collectors, columns, filter, sort, rows, parameters, setParameters };
}

export function NodesPage() {
  const { inventory, collectors, columns, filter, sort, rows, parameters, setParameters } = useShownNodes();
  const may = useMay();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const retry = () => void inventory.refetch();
  const openForm = (open: boolean) => {
    const next = new URLSearchParams(parameters);
    if (open) next.set('add', '1');
    else next.delete('add');
    setParameters(next, { replace: !open });
  };
  const { data } = inventory;
  const add = (
    <Button look="primary" icon={<Plus size={14} aria-hidden />} onClick={() => openForm(true)}>
      Add node
    </Button>
  );
  const nameOf = useMemo(() => {
    const names = new Map((data?.nodes ?? []).map((node) => [node.id, node.name]));
    return (id: string) => names.get(id) ?? id;
  }, [data?.nodes]);
  return (
    <Page
      title="Nodes"
      fill
      aside={
        data !== undefined && (
          <Count
            shown={rows.length}
            total={data.total}
            loaded={data.nodes.length}
            complete={data.complete}
            filtering={isFiltering(filter)}
          />
        )
      }
      actions={
        <>
          <ColumnChooser table={TABLE} columns={columns} />
          {may('node.write') && add}
        </>
      }
    >
      <NodeFilters
        filter={filter}
        collectors={[...collectors.values()]}
        onChange={(change) => setParameters(writeFilter(parameters, change), { replace: true })}
      />
      {filter.site !== undefined && <MaintenanceBanner siteId={filter.site} />}
      {data !== undefined && inventory.isError && (
        <StaleNotice error={inventory.error} lastSuccessAt={inventory.dataUpdatedAt} onRetry={retry} />
      )}
      {data === undefined && inventory.isError && (
        <ErrorState title="The nodes could not be loaded" error={inventory.error} onRetry={retry} />
      )}
      {data === undefined && !inventory.isError && <SkeletonRows count={12} />}
      {data !== undefined && (
        <DataTable
          name={TABLE}
          label="Nodes"
          fill
          columns={columns}
          rows={rows}
          rowId={nodeId}
          rowHref={nodeHref}
          sort={sort}
          onSort={(next) => {
            const changed = new URLSearchParams(parameters);
            changed.set('sort', formatSort(next));
            setParameters(changed, { replace: true });
          }}
          selection={may('node.write') ? { selected, onChange: setSelected, nameOf } : undefined}
          narrowRow={(node) => <NarrowNode node={node} />}
          empty={
            isFiltering(filter) ? (
              <EmptyState
                icon={SearchX}
                title="No node matches"
                action={<Button onClick={() => setParameters({})}>Clear all filters</Button>}
              >
                {data.complete
                  ? 'None of your nodes fits the search and the filters.'
                  : 'None so far; the list is still loading.'}
              </EmptyState>
            ) : (
              <EmptyState icon={Server} title="No nodes yet" action={may('node.write') && add}>
                A node is anything with an address: a switch, a server, a website. Add one, or enroll an
                agent, which adds its host by itself.
              </EmptyState>
            )
          }
        />
      )}
      {selected.size > 0 && (
        <BulkBar
          selected={selected}
          collectors={[...collectors.values()]}
          onDone={() => setSelected(new Set())}
        />
      )}
      <NodeFormDialog
        open={parameters.get('add') !== null && may('node.write')}
        node={undefined}
        onClose={() => openForm(false)}
      />
    </Page>
  );
}

interface CountProps {
  readonly shown: number;
  readonly total: number;
  readonly loaded: number;
  readonly complete: boolean;
  readonly filtering: boolean;
}

function Count({ shown, total, loaded, complete, filtering }: CountProps) {
  const text = filtering ? `${formatCount(shown)} of ${plural(total, 'node')}` : plural(total, 'node');
  return (
    <span role="status" className="tabular text-13 text-faint">
      {text}
      {!complete && `, ${formatCount(loaded)} loaded`}
    </span>
  );
}
