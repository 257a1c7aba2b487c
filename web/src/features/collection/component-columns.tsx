import type { Component } from '@stratora/contract';
import { UserCheck } from 'lucide-react';
import { ComponentBadge } from '../../domain/component-badge.tsx';
import {
  type ConfigStanding,
  componentState,
  configStanding,
  describeSkew,
  STATE_STEP_MS,
  troublesOf,
} from '../../domain/component-health.ts';
import { ENGINE_NAMES, engineText, shortHash, stalenessLook, whyOf } from '../../domain/component-words.ts';
import { Standing } from '../../domain/config-standing.tsx';
import { IdentityMark } from '../../domain/identity-notes.tsx';
import { classNames } from '../../ui/class-names.ts';
import { formatAge } from '../../ui/format/time.ts';
import { formatBytes, formatCount } from '../../ui/format/units.ts';
import { serverNow, useNow } from '../../ui/state/clock.ts';
import { type Column, compareNumber, compareText, compareTime } from '../../ui/table/column.ts';
import { TwoLines } from '../../ui/table/two-lines.tsx';
import { Age, Ago } from '../../ui/time-text.tsx';

function Why({ component }: { readonly component: Component }) {
  const text = whyOf(component, useNow(STATE_STEP_MS));
  return <TwoLines text={text} />;
}

/** Which engine runs; one that a person chose has a mark. */
function Engine({ component }: { readonly component: Component }) {
  const chosen = component.engine_choice !== 'auto';
  const text = engineText(component);
  return (
    <span
      className={stalenessLook(component)}
      title={`${text}, ${component.engine_choice === 'auto' ? 'chosen by itself' : `${ENGINE_NAMES[component.engine_choice]} was chosen`}`}
    >
      {text}
      {chosen && (
        <UserCheck size={12} aria-label="chosen" className="ml-1.5 inline-block align-[-1px] text-faint" />
      )}
    </span>
  );
}

function Queue({ component }: { readonly component: Component }) {
  const { queue } = component;
  if (queue === null) return '–';
  if (queue.bytes === 0) return <span className="text-faint">empty</span>;
  return (
    <span className={stalenessLook(component)}>
      {formatBytes(queue.bytes)}
      {queue.oldest !== undefined && queue.oldest !== null && (
        <span className="text-faint">
          , <Age time={queue.oldest} />
        </span>
      )}
    </span>
  );
}

/** "+42 s", "-2 min": ahead of or behind the server. */
function shortSkew(seconds: number): string {
  if (Math.abs(seconds) < 1) return 'in step';
  return `${seconds > 0 ? '+' : '−'}${formatAge(0, Math.abs(seconds) * 1000)}`;
}

function Skew({ component }: { readonly component: Component }) {
  const skew = component.clock_skew_seconds;
  if (skew === null) return '–';
  const off = troublesOf(component, 0).some(({ mark }) => mark === 'clock');
  return (
    <span
      title={`Its clock is ${describeSkew(skew)}`}
      className={classNames(off ? 'font-medium text-warning' : Math.abs(skew) < 1 ? 'text-faint' : '')}
    >
      {shortSkew(skew)}
    </span>
  );
}

const STANDING_ORDER: readonly ConfigStanding['kind'][] = [
  'rolled_back',
  'refused',
  'behind',
  'held',
  'pinned',
  'current',
  'none',
];

const nameColumn: Column<Component> = {
  id: 'name',
  header: 'Name',
  width: 124,
  compare: (a, b) => compareText(a.name, b.name),
  cell: (row) => (
    <span className="flex min-w-0 items-center gap-2">
      <span title={row.name} className="truncate">
        {row.name}
      </span>
      <IdentityMark component={row} />
    </span>
  ),
};

const stateColumns: readonly Column<Component>[] = [
  {
    id: 'state',
    header: 'State',
    width: 172,
    compare: (a, b) =>
      compareNumber(componentState(a, serverNow()).rank, componentState(b, serverNow()).rank) ||
      compareText(a.name, b.name),
    cell: (row) => <ComponentBadge component={row} />,
  },
  { id: 'why', header: 'Why', width: 150, grows: true, cell: (row) => <Why component={row} /> },
  {
    id: 'seen',
    header: 'Heard',
    width: 72,
    align: 'right',
    compare: (a, b) => compareTime(b.last_seen_at, a.last_seen_at),
    cell: (row) => <Age time={row.last_seen_at} />,
  },
  {
    id: 'site',
    header: 'Site',
    width: 116,
    compare: (a, b) => compareText(a.site_name ?? '', b.site_name ?? ''),
    cell: (row) => <span title={row.site_name ?? undefined}>{row.site_name ?? '–'}</span>,
  },
];

const workColumns: readonly Column<Component>[] = [
  {
    id: 'engine',
    header: 'Engine',
    width: 142,
    compare: (a, b) => compareText(engineText(a), engineText(b)),
    cell: (row) => <Engine component={row} />,
  },
  {
    id: 'config',
    header: 'Config',
    width: 100,
    compare: (a, b) =>
      STANDING_ORDER.indexOf(configStanding(a).kind) - STANDING_ORDER.indexOf(configStanding(b).kind),
    cell: (row) => <Standing component={row} />,
  },
  {
    id: 'queue',
    header: 'Queue',
    width: 120,
    align: 'right',
    compare: (a, b) => compareNumber(a.queue?.bytes, b.queue?.bytes),
    cell: (row) => <Queue component={row} />,
  },
];

const moreColumns: readonly Column<Component>[] = [
  {
    id: 'hash',
    header: 'Runs',
    width: 124,
    cell: (row) => <span className="font-mono text-12">{shortHash(row.running_config_hash)}</span>,
    hidden: true,
  },
  {
    id: 'dropped',
    header: 'Samples given up',
    width: 128,
    align: 'right',
    compare: (a, b) => compareNumber(a.queue?.dropped, b.queue?.dropped),
    cell: (row) => (row.queue === null ? '–' : formatCount(row.queue.dropped)),
    hidden: true,
  },
  {
    id: 'rejected',
    header: 'Rejected lines',
    width: 116,
    align: 'right',
    compare: (a, b) => compareNumber(a.ingest.lines_rejected, b.ingest.lines_rejected),
    cell: (row) => formatCount(row.ingest.lines_rejected),
    hidden: true,
  },
  {
    id: 'host',
    header: 'Host',
    width: 200,
    compare: (a, b) => compareText(a.hostname, b.hostname),
    cell: (row) => row.fqdn ?? row.hostname,
    hidden: true,
  },
  {
    id: 'address',
    header: 'Address',
    width: 132,
    cell: (row) => <span className="font-mono text-12">{row.ip_addresses[0] ?? '–'}</span>,
    hidden: true,
  },
  {
    id: 'os',
    header: 'System',
    width: 140,
    compare: (a, b) => compareText(a.os, b.os),
    cell: (row) => `${row.os} ${row.arch}`,
    hidden: true,
  },
  {
    id: 'roles',
    header: 'Roles',
    width: 160,
    cell: (row) => row.roles.join(', '),
    hidden: true,
  },
  {
    id: 'registered',
    header: 'Enrolled',
    width: 104,
    align: 'right',
    compare: (a, b) => compareTime(b.registered_at, a.registered_at),
    cell: (row) => <Ago time={row.registered_at} />,
    hidden: true,
  },
];

const nodesColumn: Column<Component> = {
  id: 'nodes',
  header: 'Nodes',
  width: 62,
  align: 'right',
  compare: (a, b) => compareNumber(a.node_count, b.node_count),
  cell: (row) => formatCount(row.node_count),
};

const versionColumn: Column<Component> = {
  id: 'version',
  header: 'Version',
  width: 76,
  compare: (a, b) => compareText(a.version, b.version),
  cell: (row) => row.version,
};

const clockColumn: Column<Component> = {
  id: 'clock',
  header: 'Clock',
  width: 72,
  align: 'right',
  compare: (a, b) => compareNumber(Math.abs(a.clock_skew_seconds ?? 0), Math.abs(b.clock_skew_seconds ?? 0)),
  cell: (row) => <Skew component={row} />,
};

/** Versions and clocks need a column only while they differ. */
export function componentColumns(
  type: Component['component_type'],
  components: readonly Component[],
): readonly Column<Component>[] {
  const oneVersion = new Set(components.map(({ version }) => version)).size <= 1;
  const inStep = components.every(({ clock_skew_seconds: skew }) => Math.abs(skew ?? 0) < 1);
  return [
    nameColumn,
    ...stateColumns,
    ...(type === 'collector' ? [nodesColumn] : []),
    ...workColumns,
    { ...clockColumn, hidden: inStep },
    { ...versionColumn, hidden: oneVersion },
    ...moreColumns,
  ];
}
