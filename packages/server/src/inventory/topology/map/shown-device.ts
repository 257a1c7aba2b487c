import type { TopologyDevice, TopologyTier } from '@stratora/contract';
import type { InferredSwitch, NeighbourRole, UnknownNeighbour } from '@stratora/topology';
import { interfaceName, UNMANAGED_SWITCH } from '../derivation/device-words.ts';

export interface ShownDeviceRow {
  readonly id: string;
  readonly site_id: string;
  readonly kind: TopologyDevice['kind'];
  readonly body: UnknownNeighbour | InferredSwitch;
  readonly x: number | null;
  readonly y: number | null;
  readonly tier: TopologyTier | null;
  readonly is_placed_by_hand: boolean | null;
}

/** The node type that fits what a neighbour does. */
export const NODE_TYPE_OF: Readonly<Record<NeighbourRole, string>> = {
  switch: 'switch',
  router: 'router',
  access_point: 'access_point',
  phone: 'other',
  server: 'server',
  other: 'other',
};

/** The device as the map shows it. */
export function shownDevice({
  id,
  site_id,
  kind,
  body,
  x,
  y,
  tier,
  is_placed_by_hand: byHand,
}: ShownDeviceRow): TopologyDevice {
  const place = { x, y, tier, is_placed_by_hand: byHand === true };
  const common = {
    id,
    kind,
    site_id,
    ...place,
    first_seen_at: new Date(body.firstSeenMs).toISOString(),
    last_seen_at: new Date(body.lastSeenMs).toISOString(),
  };
  return 'role' in body ? { ...common, ...neighbour(body) } : { ...common, ...unmanagedSwitch(body) };
}

type DeviceFacts = Omit<
  TopologyDevice,
  'id' | 'kind' | 'site_id' | 'x' | 'y' | 'tier' | 'is_placed_by_hand' | 'first_seen_at' | 'last_seen_at'
>;

function neighbour(body: UnknownNeighbour): DeviceFacts {
  return {
    name: body.name,
    address: body.addresses[0] ?? null,
    addresses: [...body.addresses],
    mac_address: body.macAddress,
    description: body.systemDescription ?? body.platform,
    capabilities: [...body.capabilities],
    device_type: NODE_TYPE_OF[body.role],
    seen_by: body.seenBy.map(({ nodeId, interface: port }) => ({
      node_id: nodeId,
      interface: interfaceName(port),
    })),
    sources: [...body.sources],
    hosts: 0,
    reasons: body.owners.length > 0 ? ['What it says of itself, several nodes say of themselves too.'] : [],
  };
}

function unmanagedSwitch(body: InferredSwitch): DeviceFacts {
  return {
    name: UNMANAGED_SWITCH,
    address: null,
    addresses: [],
    mac_address: null,
    description: null,
    capabilities: [],
    device_type: 'switch',
    seen_by: body.ports.flatMap(({ device, interface: port }) =>
      device.kind === 'node' ? [{ node_id: device.id, interface: interfaceName(port) }] : [],
    ),
    sources: [body.why === 'flood' ? 'lldp' : 'fdb'],
    hosts: body.macCount,
    reasons: [`${body.words}.`],
  };
}
