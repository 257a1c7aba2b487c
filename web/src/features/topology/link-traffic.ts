import { useQuery } from '@tanstack/react-query';
import { createContext, useMemo } from 'react';
import { queryInstant, type VectorSample } from '../../api/metrics.ts';
import { POLL_INTERVAL_MS } from '../../api/query-client.ts';
import type { MapLine } from './map-model.ts';

/** What flows on a link, in bits per second. */
export interface LinkTraffic {
  readonly fromA: number | undefined;
  readonly fromB: number | undefined;
  /** The busier direction. */
  readonly busiest: number | undefined;
  /** Its share of the speed, 0 to 1; undefined where that says nothing. */
  readonly share: number | undefined;
}

/** What flows on the lines that are looked at, by the id of the line. */
export const TrafficContext = createContext<ReadonlyMap<string, LinkTraffic>>(new Map());

/** Nodes that are asked for at once: more are not in sight at the scale at which traffic is shown. */
const NODES_MAX = 60;
/** The most that a burst within the window makes of a speed; beyond it the speed is not that of the line. */
const SHARE_MAX = 1.2;

type Direction = 'in' | 'out';
const METRICS: Readonly<Record<Direction, readonly string[]>> = {
  in: ['interface_ifHCInOctets', 'interface_ifInOctets', 'net_bytes_recv'],
  out: ['interface_ifHCOutOctets', 'interface_ifOutOctets', 'net_bytes_sent'],
};
/** Labels by which a port may be called. */
const NAMES = ['interface', 'ifName', 'ifDescr', 'ifAlias'] as const;

/** The traffic of every interface of some nodes, in bits per second. Node ids are UUIDs: they need no escape. */
export function trafficExpression(nodeIds: readonly string[], direction: Direction): string {
  const matcher = `node_id=~"${nodeIds.map((id) => id.replaceAll(/[^\w-]/g, '')).join('|')}"`;
  const rates = METRICS[direction].map((metric) => `rate(${metric}{${matcher}}[60s])`);
  return `(${rates.join(' or ')}) * 8`;
}

/** Traffic by node and name of port: each port under all names that it has. */
export type PortRates = ReadonlyMap<string, number>;

export function ratesByPort(samples: readonly VectorSample[]): PortRates {
  const rates = new Map<string, number>();
  // A name of the port itself counts more than what somebody wrote on another one.
  for (const name of NAMES.toReversed()) {
    for (const { metric, value } of samples) {
      const port = metric[name] ?? '';
      const rate = Number(value[1]);
      if (port !== '' && Number.isFinite(rate)) rates.set(portKey(metric['node_id'] ?? '', port), rate);
    }
  }
  return rates;
}

function portKey(nodeId: string, port: string): string {
  return `${nodeId} ${port.toLowerCase()}`;
}

/** What a line carries, by the ports of both ends: of an aggregate the sum of its cables. */
export function trafficOf(
  { link }: MapLine,
  incoming: PortRates,
  outgoing: PortRates,
): LinkTraffic | undefined {
  if (link === undefined) return undefined;
  const rate = (rates: PortRates, end: 'a' | 'b'): number | undefined => {
    const { node_id: node, interface: port } = link[end];
    if (node === null) return undefined;
    const own = port === null ? undefined : rates.get(portKey(node, port));
    if (own !== undefined || link.members.length === 0) return own;
    const parts = link.members.map((member) => rates.get(portKey(node, member[`${end}_interface`] ?? '')));
    const known = parts.filter((part) => part !== undefined);
    return known.length === 0 ? undefined : known.reduce((sum, part) => sum + part, 0);
  };
  const fromA = rate(outgoing, 'a') ?? rate(incoming, 'b');
  const fromB = rate(incoming, 'a') ?? rate(outgoing, 'b');
  if (fromA === undefined && fromB === undefined) return undefined;
  const busiest = Math.max(fromA ?? 0, fromB ?? 0);
  const share = link.speed_bps === null || link.speed_bps <= 0 ? undefined : busiest / link.speed_bps;
  return { fromA, fromB, busiest, share: share !== undefined && share <= SHARE_MAX ? share : undefined };
}

/** What flows now on some lines; asked anew every 10 s, and not at all where there is none. */
export function useTraffic(lines: readonly MapLine[]): ReadonlyMap<string, LinkTraffic> {
  const nodeIds = useMemo(() => {
    const ids = lines
      .flatMap(({ link }) => [link?.a.node_id, link?.b.node_id])
      .filter((id) => typeof id === 'string');
    return [...new Set(ids)].toSorted().slice(0, NODES_MAX);
  }, [lines]);
  const { data } = useQuery({
    queryKey: ['metrics', 'link-traffic', nodeIds],
    enabled: nodeIds.length > 0,
    queryFn: async ({ signal }) => {
      const [incoming, outgoing] = await Promise.all(
        (['in', 'out'] as const).map((direction) =>
          queryInstant(trafficExpression(nodeIds, direction), signal),
        ),
      );
      return { incoming: ratesByPort(incoming ?? []), outgoing: ratesByPort(outgoing ?? []) };
    },
    refetchInterval: POLL_INTERVAL_MS,
    placeholderData: (before) => before,
    structuralSharing: false,
  });
  return useMemo(() => {
    const found = new Map<string, LinkTraffic>();
    if (data === undefined) return found;
    for (const line of lines) {
      const traffic = trafficOf(line, data.incoming, data.outgoing);
      if (traffic !== undefined) found.set(line.id, traffic);
    }
    return found;
  }, [lines, data]);
}
