import type { WiredDevice, WiredKind, Wiring } from '@stratora/simulator';
import type { Cable } from './cabling.ts';
import type { ModelName } from './model.ts';
import { portNames, type Station } from './port-plan.ts';

const KINDS: Readonly<Partial<Record<ModelName, WiredKind>>> = {
  firewall: 'router',
  router: 'router',
  core: 'switch',
  access: 'switch',
  field: 'switch',
};
const DESK_PORT = { name: 'eth0', index: 1 };

/** A device of the plant, as it is wired. */
export interface WiredStation extends Station {
  readonly kind: ModelName;
  /** Numbers of the ports that lead to a desk, where somebody works. */
  readonly deskPorts: readonly number[];
}

/** The host of what polls the plant, by an address and the MAC address that belongs to it. */
export interface PlantWatcher {
  readonly address: string;
  readonly mac: string;
  /** The port that it is plugged into: device, and ifIndex. */
  readonly at: Cable['a'];
}

/**
 * Draws the plant as a wiring, so that its devices know their neighbours, and the switches the addresses behind their ports:
 * those of the plant, of the computers at the desks, and of who watches.
 */
export function demoWiring(
  stations: readonly WiredStation[],
  cables: readonly Cable[],
  watcher?: PlantWatcher,
): Wiring {
  const byName = new Map(stations.map((station) => [station.name, station]));
  const end = ({ device, port }: Cable['a']) => {
    const station = byName.get(device);
    const found = station && portNames(station.model).find(({ index }) => index === port);
    if (found === undefined) throw new Error(`${device} has no port ${port}`);
    return `${device}:${found.name}`;
  };
  const desks = stations.flatMap(({ name, seed, chassisMac, deskPorts }) =>
    deskPorts.map((port) => ({
      host: host(
        `desk-${seed}-${port}`,
        macText(Buffer.from([0x02, 0x54, ...chassisMac.subarray(2, 4), 0, port])),
      ),
      at: { device: name, port },
    })),
  );
  const watching =
    watcher === undefined
      ? []
      : [{ host: { ...host('watcher', watcher.mac), address: watcher.address }, at: watcher.at }];
  const plugged = [...desks, ...watching];
  return {
    devices: [...stations.map(wiredDevice), ...plugged.map((one) => one.host)],
    cables: [
      ...cables.map(({ a, b }) => ({ a: end(a), b: end(b) })),
      ...plugged.map((one) => ({ a: end(one.at), b: `${one.host.name}:${DESK_PORT.name}` })),
    ],
  };
}

function wiredDevice({ name, kind, model, chassisMac, address }: WiredStation): WiredDevice {
  const role = KINDS[kind];
  return {
    name,
    kind: role ?? 'host',
    mac: macText(chassisMac),
    address,
    ports: portNames(model),
    lldp: role === undefined ? 'off' : 'both',
    description: model.description,
    objectId: `1.3.6.1.4.1.${model.vendorArcs}`,
  };
}

function host(name: string, mac: string): WiredDevice {
  return { name, kind: 'host', mac, ports: [{ ...DESK_PORT, mac }] };
}

function macText(octets: Buffer): string {
  return octets.toString('hex').replaceAll(/..(?=.)/g, '$&:');
}
