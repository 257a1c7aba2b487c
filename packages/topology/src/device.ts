import type { PlantNode } from './plant.ts';
import { PortTable } from './port-table.ts';
import type { DeviceRef, NeighbourRole } from './topology-model.ts';

export type DeviceRole = NeighbourRole | 'hypervisor';

/** Something that a link may end at: one object for each. */
export interface Device {
  readonly ref: DeviceRef;
  /** Text that orders devices. */
  readonly key: string;
  readonly label: string;
  readonly role: DeviceRole;
  readonly node: PlantNode | undefined;
  readonly ports: PortTable;
  readonly siteId: string;
}

const NODE_ROLES: Readonly<Record<string, DeviceRole>> = {
  switch: 'switch',
  router: 'router',
  firewall: 'router',
  wireless: 'access_point',
  phone: 'phone',
  hypervisor: 'hypervisor',
  server: 'server',
  computer: 'server',
  nas: 'server',
};

export function nodeDevice(node: PlantNode): Device {
  return {
    ref: { kind: 'node', id: node.input.nodeId },
    key: `node:${node.input.nodeId}`,
    label: node.input.name,
    role: NODE_ROLES[node.input.deviceType] ?? (node.isBridge ? 'switch' : 'other'),
    node,
    ports: node.ports,
    siteId: node.input.siteId,
  };
}

export function otherDevice(
  kind: 'neighbour' | 'inferred',
  { id, label, role, siteId }: { id: string; label: string; role: DeviceRole; siteId: string },
): Device {
  return {
    ref: { kind, id },
    key: `${kind}:${id}`,
    label,
    role,
    node: undefined,
    ports: new PortTable([], []),
    siteId,
  };
}

/** What the capabilities and the platform that a device announces make it. */
export function roleOf(capabilities: readonly string[], platform: string | null): NeighbourRole {
  const has = (...words: readonly string[]) => words.some((word) => capabilities.includes(word));
  const says = platform ?? '';
  if (has('phone') || /\b(?:ip[ -]?phone|telephone)\b/i.test(says)) return 'phone';
  if (has('wlan') || /\bAIR-|access point/i.test(says)) return 'access_point';
  if (has('bridge', 'switch')) return 'switch';
  if (has('router')) return 'router';
  return has('station', 'host') ? 'server' : 'other';
}

/** Whether what is behind a device of this kind hangs on its one cable: it passes frames on, and is no switch of the plant. */
export function passesThrough(role: DeviceRole): boolean {
  return role === 'phone' || role === 'access_point';
}
