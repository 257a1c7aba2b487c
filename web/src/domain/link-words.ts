import type { LinkWitness, TopologyGhost, TopologyLink } from '@stratora/contract';
import { deviceLine } from '../ui/format/device-text.ts';
import { formatBitsPerSecond, plural } from '../ui/format/units.ts';
import type { Tone } from '../ui/tone.tsx';

type End = TopologyLink['a'];

const SOURCE_NAMES: Readonly<Record<TopologyLink['sources'][number], string>> = {
  lldp: 'LLDP',
  cdp: 'CDP',
  fdb: 'Forwarding table',
  lacp: 'LACP',
  stp: 'Spanning tree',
  manual: 'Drawn by hand',
};

const TABLE_NAMES: Readonly<Record<NonNullable<LinkWitness['table']>, string>> = {
  interfaces: 'Interfaces',
  addresses: 'Own addresses',
  lldp_ports: 'LLDP ports',
  lldp_neighbours: 'LLDP neighbours',
  cdp_neighbours: 'CDP neighbours',
  bridge_ports: 'Bridge ports',
  forwarding: 'Forwarding table',
  address_resolution: 'ARP and ND',
  aggregates: 'Link aggregates',
  stack_members: 'Stack members',
};

export function sourceName(source: TopologyLink['sources'][number]): string {
  return SOURCE_NAMES[source];
}

/** Who says that a link is there: "LLDP, CDP". */
export function sourceWords(sources: TopologyLink['sources']): string {
  return sources.map(sourceName).join(', ');
}

export function tableName(table: NonNullable<LinkWitness['table']>): string {
  return TABLE_NAMES[table];
}

/** What people call an end: its name, else its address. */
export function endName({ name, address }: Pick<End, 'name' | 'address'>): string {
  return deviceLine(name ?? address ?? 'unknown device');
}

/** How a link is, in a word and a tone. */
export function linkState(state: TopologyLink['state']): { readonly label: string; readonly tone: Tone } {
  switch (state) {
    case 'up':
      return { label: 'Up', tone: 'good' };
    case 'down':
      return { label: 'Down', tone: 'bad' };
    case 'stale':
      return { label: 'Not seen lately', tone: 'hatched' };
    default:
      return { label: 'Not measured', tone: 'neutral' };
  }
}

/** What became of a link that was approved. */
export function ghostState(kind: TopologyGhost['kind']): { readonly label: string; readonly tone: Tone } {
  return kind === 'moved' ? { label: 'Moved away', tone: 'warn' } : { label: 'Missing', tone: 'warn' };
}

/** Says by which end alone a link is known; undefined where both ends say so, or nobody. */
export function oneSided({ seen_from: from, a, b }: TopologyLink): string | undefined {
  if (from === null) return undefined;
  return `seen from ${endName(from === 'a' ? a : b)} only`;
}

/** The speed of a link, and how many cables share it: "2 Gbit/s, 2 cables". Empty where nobody knows. */
export function speedWords({
  speed_bps: speed,
  members,
}: Pick<TopologyLink, 'speed_bps' | 'members'>): string {
  const cables = members.length > 1 ? plural(members.length, 'cable') : '';
  const rate = speed === null || speed <= 0 ? '' : formatBitsPerSecond(speed);
  return [rate, cables].filter((part) => part !== '').join(', ');
}

/** Both ends of a link in a line: "sw-1 Gi1/0/1 to sw-2 Gi1/0/24". */
export function linkName({ a, b }: Pick<TopologyLink, 'a' | 'b'>): string {
  return `${portName(a)} to ${portName(b)}`;
}

function portName(end: End): string {
  const port = end.interface === null ? '' : ` ${deviceLine(end.interface, 40)}`;
  return `${endName(end)}${port}`;
}
