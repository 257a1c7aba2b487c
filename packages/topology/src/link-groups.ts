import { type End, type Line, newestOf } from './line.ts';
import { isDown, type Port, speedOf, trunkOf } from './port-table.ts';
import { compareText } from './stable-id.ts';
import type { LinkMember } from './topology-model.ts';
import { endKey } from './wire-segments.ts';

/** A line of the map: one cable, or the cables of an aggregate. */
export interface LinkGroup {
  /** The ends in the order of their keys; of an aggregate the aggregate. */
  readonly ends: readonly [End, End];
  readonly lines: readonly Line[];
  readonly members: readonly LinkMember[];
  readonly isSplitAggregate: boolean;
  readonly newestMs: number;
}

/** Brings together the cables between the same two devices whose ports are in one aggregate at either end. */
export function groupLines(lines: readonly Line[]): LinkGroup[] {
  const pairs = Map.groupBy(lines.map(sorted), ({ ends: [a, b] }) => `${a.device.key} ${b.device.key}`);
  const farOf = farDevicesOfAggregates(lines);
  return [...pairs.values()]
    .flatMap((some) => bundles(some).map((bundle) => toGroup(bundle, farOf)))
    .toSorted((a, b) => compareText(groupKey(a), groupKey(b)));
}

/** Text that tells a line of the map from others, by its ends. */
export function groupKey({ ends: [a, b] }: Pick<LinkGroup, 'ends'>): string {
  return `${endKey(a)} ${endKey(b)}`;
}

function sorted(line: Line): Line {
  const [a, b] = line.ends;
  return compareText(endKey(a), endKey(b)) <= 0 ? line : { ...line, ends: [b, a] };
}

function bundles(lines: readonly Line[]): Line[][] {
  const found: { keys: Set<Port>; lines: Line[] }[] = [];
  for (const line of lines.toSorted((a, b) => compareText(lineKey(a), lineKey(b)))) {
    const keys = line.ends.flatMap(({ port }) => {
      const trunk = port === undefined ? undefined : trunkOf(port);
      return trunk !== undefined && trunk.members.length > 0 ? [trunk] : [];
    });
    const touching =
      keys.length === 0 ? [] : found.filter((bundle) => keys.some((key) => bundle.keys.has(key)));
    const [first, ...others] = touching;
    const bundle = first ?? { keys: new Set<Port>(), lines: [] };
    for (const other of others) {
      found.splice(found.indexOf(other), 1);
      bundle.lines.push(...other.lines);
      for (const key of other.keys) bundle.keys.add(key);
    }
    if (first === undefined) found.push(bundle);
    bundle.lines.push(line);
    for (const key of keys) bundle.keys.add(key);
  }
  return found.map((bundle) => bundle.lines);
}

function lineKey({ ends: [a, b] }: Line): string {
  return `${endKey(a)} ${endKey(b)}`;
}

function toGroup(lines: readonly Line[], farOf: ReadonlyMap<Port, Set<string>>): LinkGroup {
  const ends = [0, 1].map((at) => bundleEnd(lines.map((line) => line.ends[at] as End))) as [End, End];
  const trunks = ends.flatMap(({ port }) => (port !== undefined && port.members.length > 0 ? [port] : []));
  const isSplitAggregate = trunks.some((trunk) => (farOf.get(trunk)?.size ?? 0) > 1);
  const isBundle = lines.length > 1 || trunks.length > 0;
  return {
    ends,
    lines,
    members: isBundle ? membersOf(lines, ends, isSplitAggregate) : [],
    isSplitAggregate,
    newestMs: Math.max(...lines.map(newestOf)),
  };
}

function bundleEnd(ends: readonly End[]): End {
  const [first] = ends as readonly [End];
  const ports = ends.flatMap(({ port }) => port ?? []);
  const trunk = ports.map(trunkOf).find(({ members }) => members.length > 0);
  const lowest = ports.toSorted((a, b) => compareText(a.ref.key, b.ref.key))[0];
  return { device: first.device, port: trunk ?? lowest };
}

/** Members that are heard, then those that the aggregates of both ends name beside them. */
function membersOf(lines: readonly Line[], [a, b]: readonly [End, End], isSplit: boolean): LinkMember[] {
  const pairs = lines
    .map(({ ends }): [Port | undefined, Port | undefined] => [ends[0].port, ends[1].port])
    .filter(([here, there]) => (here?.members.length ?? 0) === 0 || (there?.members.length ?? 0) === 0);
  const rest = ({ port }: End, side: 0 | 1) => {
    const heard = new Set(pairs.map((pair) => pair[side]));
    return isSplit ? [] : (port?.members ?? []).filter((member) => !heard.has(member));
  };
  // A member that is heard and whose other end is not known has one of these there.
  const halves = (side: 0 | 1) => pairs.filter((pair) => memberPort(pair[side]) === undefined).length;
  const [here, there] = [rest(a, 0).slice(halves(0)), rest(b, 1).slice(halves(1))];
  // Where one member is left at each end, they are joined.
  if (here.length === 1 && there.length === 1) pairs.push([here[0], there[0]]);
  else {
    for (const port of here) pairs.push([port, undefined]);
    for (const port of there) pairs.push([undefined, port]);
  }
  return distinct(pairs.map(([one, other]) => [memberPort(one), memberPort(other)] as const))
    .map(([one, other]) => memberOf(one, other))
    .toSorted((x, y) => compareText(memberKey(x), memberKey(y)));
}

type Pair = readonly [Port | undefined, Port | undefined];

/** Of one cable LLDP and LACP may tell both: it counts once, and with both its ports where one of them names both. */
function distinct(pairs: readonly Pair[]): Pair[] {
  const whole = new Map<Port, Set<Port>>();
  const isNew = ([one, other]: Pair) => {
    if (one === undefined || other === undefined) return false;
    if (whole.get(one)?.has(other)) return false;
    for (const [port, far] of [
      [one, other],
      [other, one],
    ] as const)
      whole.set(port, (whole.get(port) ?? new Set()).add(far));
    return true;
  };
  const joined = pairs.filter(isNew);
  const halves = pairs.flatMap(([one, other]) =>
    one === undefined || other === undefined ? (one ?? other ?? []) : [],
  );
  const alone = [...new Set(halves)].filter((port) => !whole.has(port));
  return [
    ...joined,
    ...alone.map(
      (port): Pair => (pairs.some(([one]) => one === port) ? [port, undefined] : [undefined, port]),
    ),
  ];
}

/** An aggregate as such is no cable. */
function memberPort(port: Port | undefined): Port | undefined {
  return port === undefined || port.members.length > 0 ? undefined : port;
}

function memberOf(a: Port | undefined, b: Port | undefined): LinkMember {
  const states = [a, b].flatMap((port) => (port === undefined ? [] : (isDown(port) ?? [])));
  const speeds = [a, b].flatMap((port) => speedOf(port) ?? []);
  return {
    a: a?.ref ?? null,
    b: b?.ref ?? null,
    state: states.length === 0 ? null : states.includes(true) ? 'down' : 'up',
    speedBps: speeds.length === 0 ? null : Math.min(...speeds),
  };
}

function memberKey({ a, b }: LinkMember): string {
  return `${a?.key ?? '~'} ${b?.key ?? '~'}`;
}

function farDevicesOfAggregates(lines: readonly Line[]): Map<Port, Set<string>> {
  const far = new Map<Port, Set<string>>();
  for (const { ends } of lines)
    for (const at of [0, 1] as const) {
      const port = ends[at].port;
      if (port === undefined) continue;
      const trunk = trunkOf(port);
      if (trunk.members.length === 0) continue;
      const known = far.get(trunk) ?? new Set();
      known.add(ends[1 - at]?.device.key ?? '');
      far.set(trunk, known);
    }
  return far;
}
