import type { Component } from '@stratora/contract';
import {
  type ConfigStanding,
  componentState,
  configStanding,
  describeSkew,
  troublesOf,
} from '../../api/component-health.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatBytes, formatCount } from '../../ui/format/units.ts';
import { useNow } from '../../ui/state/clock.ts';
import { type Column, compareNumber, compareText, compareTime } from '../../ui/table/column.ts';
import { Ago } from '../../ui/time-text.tsx';
import { ComponentBadge, STATE_STEP_MS } from './component-badge.tsx';

/** Why a component is as it is: the words of its worst trouble, then the others by name. */
export function whyOf(component: Component, nowMs: number): string {
  const [worst, ...others] = troublesOf(component, nowMs);
  return [worst?.detail ?? '', ...others.map(({ label }) => label)].filter((part) => part !== '').join(' · ');
}

function Why({ component }: { readonly component: Component }) {
  const text = whyOf(component, useNow(STATE_STEP_MS));
  return <span title={text === '' ? undefined : text}>{text}</span>;
}

const ENGINES = { telegraf: 'Telegraf', embedded: 'Embedded' } as const;
const CHOICES = { auto: 'auto', telegraf: 'chosen', embedded: 'chosen' } as const;

export function engineText({ engine }: Component): string {
  return engine === null ? '–' : `${ENGINES[engine.kind]} ${engine.version}`;
}

const STANDING_LOOKS: Readonly<Record<ConfigStanding['kind'], string>> = {
  none: 'text-faint',
  current: 'text-soft',
  behind: 'text-text',
  pinned: 'text-text font-medium',
  held: 'text-text font-medium',
  refused: 'text-warning font-medium',
  rolled_back: 'text-warning font-medium',
};

export function Standing({ component }: { readonly component: Component }) {
  const { kind, label } = configStanding(component);
  const title = `Runs ${shortHash(component.running_config_hash)}, should run ${shortHash(component.desired_config_hash)}`;
  return (
    <span title={title} className={STANDING_LOOKS[kind]}>
      {component.running_generation !== null && kind !== 'pinned' && (
        <span className="tabular font-normal text-faint">{component.running_generation} </span>
      )}
      {label}
    </span>
  );
}

function Queue({ queue }: { readonly queue: Component['queue'] }) {
  if (queue === null) return '–';
  if (queue.bytes === 0) return <span className="text-faint">empty</span>;
  return (
    <>
      {formatBytes(queue.bytes)}
      {queue.oldest !== undefined && queue.oldest !== null && (
        <span className="text-faint">
          , <Ago time={queue.oldest} />
        </span>
      )}
    </>
  );
}

function Skew({ component }: { readonly component: Component }) {
  const skew = component.clock_skew_seconds;
  if (skew === null) return '–';
  const off = troublesOf(component, 0).some(({ mark }) => mark === 'clock');
  return (
    <span className={classNames(off ? 'font-medium text-warning' : Math.abs(skew) < 1 ? 'text-faint' : '')}>
      {describeSkew(skew)}
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
  width: 136,
  compare: (a, b) => compareText(a.name, b.name),
  cell: (row) => row.name,
};

const stateColumns: readonly Column<Component>[] = [
  {
    id: 'state',
    header: 'State',
    width: 160,
    compare: (a, b) =>
      compareNumber(componentState(a, Date.now()).rank, componentState(b, Date.now()).rank) ||
      compareText(a.name, b.name),
    cell: (row) => <ComponentBadge component={row} />,
  },
  { id: 'why', header: 'Why', width: 184, cell: (row) => <Why component={row} /> },
  {
    id: 'seen',
    header: 'Heard',
    width: 84,
    align: 'right',
    compare: (a, b) => compareTime(b.last_seen_at, a.last_seen_at),
    cell: (row) => <Ago time={row.last_seen_at} />,
  },
  {
    id: 'site',
    header: 'Site',
    width: 112,
    compare: (a, b) => compareText(a.site_name ?? '', b.site_name ?? ''),
    cell: (row) => <span title={row.site_name ?? undefined}>{row.site_name ?? '–'}</span>,
  },
];

const workColumns: readonly Column<Component>[] = [
  {
    id: 'engine',
    header: 'Engine',
    width: 148,
    compare: (a, b) => compareText(engineText(a), engineText(b)),
    cell: (row) => (
      <span
        title={`${engineText(row)}, ${row.engine_choice === 'auto' ? 'chosen by itself' : 'chosen by a person'}`}
      >
        {engineText(row)}
        {row.engine !== null && <span className="text-faint"> {CHOICES[row.engine_choice]}</span>}
      </span>
    ),
  },
  {
    id: 'config',
    header: 'Config',
    width: 124,
    compare: (a, b) =>
      STANDING_ORDER.indexOf(configStanding(a).kind) - STANDING_ORDER.indexOf(configStanding(b).kind),
    cell: (row) => <Standing component={row} />,
  },
  {
    id: 'queue',
    header: 'Queue',
    width: 124,
    align: 'right',
    compare: (a, b) => compareNumber(a.queue?.bytes, b.queue?.bytes),
    cell: (row) => <Queue queue={row.queue} />,
  },
  {
    id: 'clock',
    header: 'Clock',
    width: 88,
    align: 'right',
    compare: (a, b) =>
      compareNumber(Math.abs(a.clock_skew_seconds ?? 0), Math.abs(b.clock_skew_seconds ?? 0)),
    cell: (row) => <Skew component={row} />,
  },
  {
    id: 'version',
    header: 'Version',
    width: 76,
    compare: (a, b) => compareText(a.version, b.version),
    cell: (row) => row.version,
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
  width: 72,
  align: 'right',
  compare: (a, b) => compareNumber(a.node_count, b.node_count),
  cell: (row) => formatCount(row.node_count),
};

const COLLECTOR_COLUMNS = [nameColumn, ...stateColumns, nodesColumn, ...workColumns, ...moreColumns];
const AGENT_COLUMNS = [nameColumn, ...stateColumns, ...workColumns, ...moreColumns];

export function componentColumns(type: Component['component_type']): readonly Column<Component>[] {
  return type === 'collector' ? COLLECTOR_COLUMNS : AGENT_COLUMNS;
}

export function shortHash(hash: string | null): string {
  return hash === null
    ? '–'
    : hash
        .replaceAll('"', '')
        .replace(/^sha256:/, '')
        .slice(0, 12);
}
