import type {
  NodeStatus,
  Topology,
  TopologyDevice,
  TopologyGhost,
  TopologyLink,
  TopologyNode,
} from '@stratora/contract';

/** What stands on the map: a node, or a device that is none. */
export interface MapNode {
  readonly id: string;
  readonly kind: 'node' | TopologyDevice['kind'];
  readonly name: string;
  /** Null for a device that is no node: nobody watches it. */
  readonly status: NodeStatus | null;
  readonly type: string;
  readonly siteId: string;
  readonly tier: TopologyNode['tier'];
  /** The middle of it; null while the server has given it no place. */
  readonly x: number | null;
  readonly y: number | null;
  /** Number of addresses behind a device, or of guests on a host of virtual machines. */
  readonly behind: number;
  /** Why links of it may be missing. */
  readonly reasons: readonly string[];
  /** What the server says of a device that is no node. */
  readonly device?: TopologyDevice;
}

/** A line between two that stand on the map. */
export interface MapLine {
  readonly id: string;
  readonly a: string;
  readonly b: string;
  /** Absent for a ghost. */
  readonly link?: TopologyLink;
  /** An approved link that is not there any more. */
  readonly ghost?: TopologyGhost;
  /** Its place among the lines of either end, from 0: words near a card with many lines keep out of each other's way. */
  readonly fan: { readonly a: number; readonly b: number };
  /** Number of lines at either end. */
  readonly crowd: { readonly a: number; readonly b: number };
  /** Its place among the lines between the same two, around 0: 0 for one, -0.5 and 0.5 for two. */
  readonly lane: number;
}

export interface MapModel {
  readonly nodes: readonly MapNode[];
  readonly byId: ReadonlyMap<string, MapNode>;
  readonly lines: readonly MapLine[];
  readonly lineById: ReadonlyMap<string, MapLine>;
  /** The lines of each that stands on the map. */
  readonly linesOf: ReadonlyMap<string, readonly MapLine[]>;
  /** Number of links that have an end which stands nowhere. */
  readonly endless: number;
}

/** One object for one of the answer, so that what has not changed is not drawn again. */
const shown = new WeakMap<TopologyNode | TopologyDevice, MapNode>();

function fromNode(node: TopologyNode): MapNode {
  return {
    id: node.id,
    kind: 'node',
    name: node.name,
    status: node.status,
    type: node.device_type,
    siteId: node.site_id,
    tier: node.tier,
    x: node.x,
    y: node.y,
    behind: node.guests,
    reasons: node.reasons,
  };
}

function fromDevice(device: TopologyDevice): MapNode {
  return {
    id: device.id,
    kind: device.kind,
    name: device.name,
    status: null,
    type: device.device_type,
    siteId: device.site_id,
    tier: device.tier,
    x: device.x,
    y: device.y,
    behind: device.hosts,
    reasons: device.reasons,
    device,
  };
}

function once<T extends TopologyNode | TopologyDevice>(source: T, make: (source: T) => MapNode): MapNode {
  const known = shown.get(source);
  if (known !== undefined) return known;
  const made = make(source);
  shown.set(source, made);
  return made;
}

/** What stands at an end of a link: a node, or a device that is none; undefined where nobody knows. */
export function endKey(end: TopologyLink['a']): string | undefined {
  return end.node_id ?? end.device_id ?? undefined;
}

type Ends = Pick<TopologyLink, 'id' | 'a' | 'b'>;

/** Reads the answer of the server as what stands on the map and the lines between. */
export function toMapModel({ nodes, devices, links, ghosts }: Topology): MapModel {
  const all = [
    ...nodes.map((node) => once(node, fromNode)),
    ...devices.map((device) => once(device, fromDevice)),
  ];
  const byId = new Map(all.map((node) => [node.id, node]));
  const pairs = new Map<
    string,
    { a: string; b: string; of: Pick<MapLine, 'link' | 'ghost'> & { id: string } }[]
  >();
  let endless = 0;
  const add = ({ id, a, b }: Ends, of: Pick<MapLine, 'link' | 'ghost'>) => {
    const [from, to] = [endKey(a), endKey(b)];
    if (from === undefined || to === undefined || !byId.has(from) || !byId.has(to) || from === to) {
      endless += 1;
      return;
    }
    const pair = from < to ? `${from} ${to}` : `${to} ${from}`;
    const known = pairs.get(pair);
    const line = { a: from, b: to, of: { id, ...of } };
    if (known === undefined) pairs.set(pair, [line]);
    else known.push(line);
  };
  for (const link of links) add(link, { link });
  for (const ghost of ghosts) add(ghost, { ghost });
  const crowds = new Map<string, number>();
  for (const { a, b } of [...pairs.values()].flat()) {
    for (const end of [a, b]) crowds.set(end, (crowds.get(end) ?? 0) + 1);
  }
  const crowdAt = (end: string): number => crowds.get(end) ?? 0;
  const fans = new Map<string, number>();
  const fanAt = (end: string): number => {
    const next = fans.get(end) ?? 0;
    fans.set(end, next + 1);
    return next;
  };
  const lines = [...pairs.values()].flatMap((same) =>
    same.map(({ a, b, of }, at): MapLine => {
      // The side of a lane is seen from the smaller id, whichever end a line begins at.
      const lane = (at - (same.length - 1) / 2) * (a < b ? 1 : -1);
      return {
        ...of,
        a,
        b,
        fan: { a: fanAt(a), b: fanAt(b) },
        crowd: { a: crowdAt(a), b: crowdAt(b) },
        lane: lane === 0 ? 0 : lane,
      };
    }),
  );
  const linesOf = new Map<string, MapLine[]>();
  for (const line of lines) {
    for (const end of [line.a, line.b]) {
      const own = linesOf.get(end);
      if (own === undefined) linesOf.set(end, [line]);
      else own.push(line);
    }
  }
  return {
    nodes: all,
    byId,
    lines,
    lineById: new Map(lines.map((line) => [line.id, line])),
    linesOf,
    endless,
  };
}

/** The other end of a line. */
export function otherEnd({ a, b }: Pick<MapLine, 'a' | 'b'>, one: string): string {
  return a === one ? b : a;
}
