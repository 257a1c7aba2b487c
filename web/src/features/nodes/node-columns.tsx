import type { Component, Node } from '@stratora/contract';
import { isReadInPart } from '@stratora/contract/node-reason';
import { TriangleAlert } from 'lucide-react';
import { nodeTypeName } from '../../domain/node-types.ts';
import { STATUS_ORDER, StatusBadge } from '../../ui/status.tsx';
import { type Column, compareNumber, compareText, compareTime } from '../../ui/table/column.ts';
import { Ago, Since } from '../../ui/time-text.tsx';

const RANK = new Map(STATUS_ORDER.map((status, index) => [status, index]));

/** Marks a node that looks well and cannot be read in full, with the reason. */
export function PartMark({ node }: { readonly node: Node }) {
  if (!isReadInPart(node)) return null;
  const words = `Cannot be read in full: ${node.status_reason}`;
  return (
    <span role="img" aria-label={words} title={words} className="inline-flex shrink-0">
      <TriangleAlert size={14} strokeWidth={2.25} className="text-warning" aria-hidden />
    </span>
  );
}

/** Columns of the list of nodes; names of collectors come from the list of components. */
export function nodeColumns(collectors: ReadonlyMap<string, Component>): readonly Column<Node>[] {
  const collectorOf = (node: Node) =>
    node.collector_id === null ? 'its agent' : (collectors.get(node.collector_id)?.name ?? '–');
  return [
    {
      id: 'name',
      header: 'Name',
      width: 176,
      compare: (a, b) => compareText(a.name, b.name),
      cell: (node) => node.name,
    },
    {
      id: 'status',
      header: 'Status',
      width: 148,
      compare: (a, b) =>
        compareNumber(RANK.get(a.status), RANK.get(b.status)) ||
        compareNumber(Number(isReadInPart(b)), Number(isReadInPart(a))) ||
        compareText(a.name, b.name),
      cell: (node) => (
        <span className="flex items-center gap-1.5">
          <StatusBadge status={node.status} />
          <PartMark node={node} />
        </span>
      ),
    },
    {
      id: 'status_since',
      header: 'For',
      width: 92,
      align: 'right',
      compare: (a, b) => compareTime(b.status_since, a.status_since),
      cell: (node) => <Since time={node.status_since} />,
    },
    {
      id: 'ip_address',
      header: 'Address',
      width: 148,
      compare: (a, b) => compareText(a.ip_address, b.ip_address),
      cell: (node) => (
        <span className="font-mono text-12" title={node.ip_address}>
          {node.ip_address}
        </span>
      ),
    },
    {
      id: 'node_type',
      header: 'Type',
      width: 100,
      compare: (a, b) => compareText(a.node_type, b.node_type),
      cell: (node) => nodeTypeName(node.node_type),
    },
    {
      id: 'site',
      header: 'Site',
      width: 144,
      compare: (a, b) => compareText(a.site_name, b.site_name),
      cell: (node) => <span title={node.site_name}>{node.site_name}</span>,
    },
    {
      id: 'template',
      header: 'Template',
      width: 116,
      compare: (a, b) => compareText(a.template, b.template),
      cell: (node) => node.template,
    },
    {
      id: 'collector',
      header: 'Collected by',
      width: 116,
      compare: (a, b) => compareText(collectorOf(a), collectorOf(b)),
      cell: (node) => <span title={collectorOf(node)}>{collectorOf(node)}</span>,
    },
    {
      id: 'last_seen_at',
      header: 'Last data',
      width: 100,
      align: 'right',
      compare: (a, b) => compareTime(a.last_seen_at, b.last_seen_at),
      cell: (node) => <Ago time={node.last_seen_at} />,
    },
    {
      id: 'reason',
      header: 'Reason',
      width: 280,
      cell: (node) => <span title={node.status_reason ?? undefined}>{node.status_reason ?? ''}</span>,
      hidden: true,
    },
    {
      id: 'os',
      header: 'Operating system',
      width: 160,
      compare: (a, b) => compareText(a.os ?? '', b.os ?? ''),
      cell: (node) => node.os ?? '',
      hidden: true,
    },
    {
      id: 'created_at',
      header: 'Added',
      width: 104,
      align: 'right',
      compare: (a, b) => compareTime(a.created_at, b.created_at),
      cell: (node) => <Ago time={node.created_at} />,
      hidden: true,
    },
  ];
}
