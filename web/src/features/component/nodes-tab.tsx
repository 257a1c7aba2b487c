import type { Component, Node } from '@stratora/contract';
import { foldText } from '@stratora/contract/text-fold';
import { useQuery } from '@tanstack/react-query';
import { SearchX, Server } from 'lucide-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { newestConfigQuery, polledNodesQuery } from '../../api/components.ts';
import { useListInterval } from '../../api/live-context.ts';
import { LeftOutNotice } from '../../domain/left-out-notice.tsx';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { plural } from '../../ui/format/units.ts';
import { STATUS_LOOKS, STATUS_ORDER, StatusBadge, StatusIcon } from '../../ui/status.tsx';
import {
  type Column,
  compareNumber,
  compareText,
  compareTime,
  formatSort,
  parseSort,
  sortRows,
} from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { SearchBox } from '../../ui/table/table-tools.tsx';
import { TwoLines } from '../../ui/table/two-lines.tsx';
import { Ago, Since } from '../../ui/time-text.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';

const DEFAULT_SORT = { id: 'status', descending: false };
const RANK = new Map(STATUS_ORDER.map((status, index) => [status, index]));
const FILL_FROM = 200;

function columnsOf(leftOut: ReadonlyMap<string, string>): readonly Column<Node>[] {
  const why = (node: Node) => {
    const reason = leftOut.get(node.id);
    return reason === undefined ? (node.status_reason ?? '') : `Left out: ${reason}`;
  };
  return [
    {
      id: 'name',
      header: 'Name',
      width: 200,
      compare: (a, b) => compareText(a.name, b.name),
      cell: (node) => node.name,
    },
    {
      id: 'status',
      header: 'Status',
      width: 132,
      compare: (a, b) => compareNumber(RANK.get(a.status), RANK.get(b.status)) || compareText(a.name, b.name),
      cell: (node) => <StatusBadge status={node.status} />,
    },
    {
      id: 'since',
      header: 'For',
      width: 104,
      align: 'right',
      compare: (a, b) => compareTime(b.status_since, a.status_since),
      cell: (node) => <Since time={node.status_since} />,
    },
    {
      id: 'why',
      header: 'Why',
      width: 320,
      compare: (a, b) => compareText(why(a), why(b)),
      cell: (node) => <TwoLines text={why(node)} />,
    },
    {
      id: 'address',
      header: 'Address',
      width: 140,
      compare: (a, b) => compareText(a.ip_address, b.ip_address),
      cell: (node) => <span className="font-mono text-12">{node.ip_address}</span>,
    },
    {
      id: 'template',
      header: 'Template',
      width: 132,
      compare: (a, b) => compareText(a.template, b.template),
      cell: (node) => node.template,
    },
    {
      id: 'last',
      header: 'Last data',
      width: 104,
      align: 'right',
      compare: (a, b) => compareTime(b.last_seen_at, a.last_seen_at),
      cell: (node) => <Ago time={node.last_seen_at} />,
    },
  ];
}

/** The nodes that a collector polls, the troubled first. */
export function NodesTab({ component }: { readonly component: Component }) {
  const nodes = useQuery({ ...polledNodesQuery(component.id), refetchInterval: useListInterval(10_000) });
  const leftOut = useQuery(newestConfigQuery(component.id)).data?.left_out;
  const [parameters, setParameters] = useSearchParams();
  const columns = useMemo(
    () => columnsOf(new Map((leftOut ?? []).map(({ node_id: id, reason }) => [id, reason]))),
    [leftOut],
  );
  if (nodes.data === undefined) {
    return nodes.isError ? (
      <ErrorState
        title="The nodes could not be loaded"
        error={nodes.error}
        onRetry={() => void nodes.refetch()}
      />
    ) : (
      <SkeletonRows />
    );
  }
  const sort = parseSort(parameters.get('sort'), DEFAULT_SORT);
  const search = parameters.get('q') ?? '';
  const words = foldText(search).split(/\s+/).filter(Boolean);
  const found = nodes.data.filter((node) => {
    const text = foldText(`${node.name}\n${node.ip_address}\n${node.template}\n${node.status_reason ?? ''}`);
    return words.every((word) => text.includes(word));
  });
  const put = (name: string, value: string) => {
    const next = new URLSearchParams(parameters);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setParameters(next, { replace: true });
  };
  return (
    <>
      <LeftOutNotice leftOut={leftOut ?? []} />
      {nodes.data.length > 0 && (
        <div className="flex flex-wrap items-center gap-3">
          <SearchBox label="Search its nodes" value={search} onChange={(value) => put('q', value)} />
          <span role="status" className="tabular text-13 text-faint">
            {search === ''
              ? plural(found.length, 'node')
              : `${found.length} of ${plural(nodes.data.length, 'node')}`}
          </span>
          <div className="ml-auto">
            <ButtonLink to={`/nodes?collector=${component.id}`}>Open in Nodes</ButtonLink>
          </div>
        </div>
      )}
      <div className={found.length > FILL_FROM ? 'flex h-[70dvh] flex-col max-md:h-auto' : ''}>
        <DataTable
          name="component-nodes"
          label={`Nodes that ${component.name} polls`}
          columns={columns}
          rows={sortRows(found, columns, sort)}
          rowId={({ id }) => id}
          rowHref={({ id }) => `/nodes/${id}`}
          sort={sort}
          onSort={(next) => put('sort', formatSort(next))}
          fill={found.length > FILL_FROM}
          narrowRow={(node) => <NarrowNode node={node} />}
          empty={
            search === '' ? (
              <EmptyState
                icon={Server}
                title="It polls nothing yet"
                action={<ButtonLink to="/nodes?add=1">Add a node</ButtonLink>}
              >
                Give it nodes: choose it as the collector of a node, of many in the list of nodes, or of a
                whole site.
              </EmptyState>
            ) : (
              <EmptyState
                icon={SearchX}
                title="No node matches"
                action={<Button onClick={() => put('q', '')}>Clear the search</Button>}
              >
                None of its nodes fits the search.
              </EmptyState>
            )
          }
        />
      </div>
    </>
  );
}

function NarrowNode({ node }: { readonly node: Node }) {
  return (
    <div className="flex items-center gap-3">
      <StatusIcon status={node.status} size={18} />
      <div className="min-w-0 flex-1">
        <div className="truncate font-medium">{node.name}</div>
        <div className="truncate text-12 text-faint">
          {STATUS_LOOKS[node.status].label}, <span className="font-mono">{node.ip_address}</span>
          {node.status_reason !== null && `, ${node.status_reason}`}
        </div>
      </div>
    </div>
  );
}
