import { type Jack, keyOf, type WiredNetwork } from './wired-network.ts';
import type { WiredDevice, WiredPort } from './wiring.ts';

/** A neighbour that a device has heard: the port that it sent from, and the port that it was heard on. */
export interface Announcement {
  readonly heardOn: WiredPort;
  readonly sender: Jack;
}

/**
 * Finds whom a device hears by a protocol: whoever sends at the other end of its cables, and, where what is there passes such frames
 * on, whoever is behind that.
 */
export function heardAnnouncements(
  network: WiredNetwork,
  device: WiredDevice,
  protocol: 'lldp' | 'cdp',
): Announcement[] {
  if (!['both', 'receive'].includes(device[protocol] ?? 'off')) return [];
  return device.ports.flatMap((heardOn) =>
    sendersBehind(network, { device, port: heardOn }, protocol).map((sender) => ({ heardOn, sender })),
  );
}

function sendersBehind(network: WiredNetwork, from: Jack, protocol: 'lldp' | 'cdp'): Jack[] {
  const found: Jack[] = [];
  const passed = new Set([keyOf(from)]);
  const open = [from];
  for (let jack = open.pop(); jack !== undefined; jack = open.pop()) {
    const mate = network.mate(jack.device, jack.port);
    if (mate?.isUp !== true || passed.has(keyOf(mate.jack))) continue;
    const { device, port } = mate.jack;
    passed.add(keyOf(mate.jack));
    if (['both', 'send'].includes(device[protocol] ?? 'off')) found.push(mate.jack);
    if (device.floods?.includes(protocol) !== true) continue;
    for (const other of device.ports) {
      if (other !== port && !passed.has(keyOf({ device, port: other }))) open.push({ device, port: other });
    }
  }
  return found;
}
