import type { Component } from '@stratora/contract';
import { CircleAlert, CircleCheck, CircleHelp, CircleMinus, Clock3, type LucideIcon } from 'lucide-react';
import { formatBytes, formatCount } from '../../ui/format/units.ts';
import { ToneBadge } from '../../ui/status.tsx';
import { type Column, compareNumber, compareText, compareTime } from '../../ui/table/column.ts';
import { Ago } from '../../ui/time-text.tsx';
import { type ComponentTone, componentState, shortHash } from './component-words.ts';

const ICONS: Readonly<Record<ComponentTone, LucideIcon>> = {
  good: CircleCheck,
  warn: Clock3,
  bad: CircleAlert,
  neutral: CircleMinus,
  info: CircleHelp,
  hatched: CircleHelp,
};

export function ComponentBadge({ component }: { readonly component: Component }) {
  const { label, tone } = componentState(component);
  return (
    <ToneBadge tone={tone} icon={ICONS[tone]}>
      {label}
    </ToneBadge>
  );
}

export function componentColumns(
  type: Component['component_type'],
  sites: ReadonlyMap<string, string>,
): readonly Column<Component>[] {
  const siteOf = ({ site_id: id }: Component) => (id === null ? '–' : (sites.get(id) ?? '–'));
  const columns: Column<Component>[] = [
    {
      id: 'name',
      header: 'Name',
      width: 200,
      compare: (a, b) => compareText(a.name, b.name),
      cell: (row) => row.name,
    },
    {
      id: 'state',
      header: 'State',
      width: 204,
      compare: (a, b) => compareNumber(componentState(a).rank, componentState(b).rank),
      cell: (row) => <ComponentBadge component={row} />,
    },
    {
      id: 'seen',
      header: 'Heard',
      width: 96,
      align: 'right',
      compare: (a, b) => compareTime(a.last_seen_at, b.last_seen_at),
      cell: (row) => <Ago time={row.last_seen_at} />,
    },
    {
      id: 'site',
      header: 'Site',
      width: 140,
      compare: (a, b) => compareText(siteOf(a), siteOf(b)),
      cell: siteOf,
    },
    {
      id: 'engine',
      header: 'Engine',
      width: 132,
      compare: (a, b) => compareText(a.engine?.kind ?? '', b.engine?.kind ?? ''),
      cell: (row) => (row.engine === null ? '–' : `${row.engine.kind} ${row.engine.version}`),
    },
    {
      id: 'config',
      header: 'Configuration',
      width: 132,
      cell: (row) => <span className="font-mono text-12">{shortHash(row.running_config_hash)}</span>,
    },
    {
      id: 'queue',
      header: 'Queue',
      width: 96,
      align: 'right',
      compare: (a, b) => compareNumber(a.queue?.bytes, b.queue?.bytes),
      cell: (row) => (row.queue === null ? '–' : formatBytes(row.queue.bytes)),
    },
    {
      id: 'version',
      header: 'Version',
      width: 96,
      compare: (a, b) => compareText(a.version, b.version),
      cell: (row) => row.version,
    },
    {
      id: 'os',
      header: 'System',
      width: 140,
      compare: (a, b) => compareText(a.os, b.os),
      cell: (row) => `${row.os} ${row.arch}`,
      hidden: type === 'collector',
    },
  ];
  if (type === 'collector') {
    columns.splice(4, 0, {
      id: 'nodes',
      header: 'Nodes',
      width: 80,
      align: 'right',
      compare: (a, b) => compareNumber(a.node_count, b.node_count),
      cell: (row) => formatCount(row.node_count),
    });
  }
  return columns;
}
