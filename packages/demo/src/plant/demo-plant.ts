import type { CreateNode } from '@stratora/contract';
import {
  type DeviceProfile,
  type DiskProfile,
  fraction,
  type Level,
  type SensorProfile,
  type StorageProfile,
} from '@stratora/simulator';
import { type Cable, type SiteNames, siteCables, siteLines, WATCHER_PORT } from './cabling.ts';
import { demoWiring, type PlantWatcher } from './demo-wiring.ts';
import { MODELS, type Model, type ModelName } from './model.ts';
import type { DemoPlant, PlantDevice } from './plant-device.ts';
import { deskPorts, devicePorts, type Station } from './port-plan.ts';
import { type DemoSite, SITES } from './site-list.ts';

/** The printer that does not answer, at the broadcast address of loopback, since all other addresses answer to ping. */
const DEAD_PRINTER = { name: 'prn-lej-02', address: '127.255.255.255', secondsAgo: 45 };
const HOT_SENSOR = 'env-ham-02';
const FAILING_STORAGE = { name: 'nas-ham-01', disk: 'Disk 3' };

const DAY_SECONDS = 86_400;
const TIB = 2 ** 40;
const GIB = 2 ** 30;

const NODE_TYPES: Readonly<Record<ModelName, CreateNode['node_type']>> = {
  firewall: 'firewall',
  router: 'router',
  core: 'switch',
  access: 'switch',
  field: 'switch',
  server: 'server',
  nas: 'storage',
  ups: 'ups',
  printer: 'printer',
  sensor: 'sensor',
};
const NETWORK_MODELS: ReadonlySet<ModelName> = new Set(['firewall', 'router', 'core', 'access', 'field']);
/** Octets per second that small devices send. */
const SMALL_DEVICE_OCTETS: Partial<Record<ModelName, number>> = { ups: 260, printer: 900, sensor: 70 };

/** A device before its cables. */
interface PlacedDevice extends Station {
  readonly site: DemoSite;
  readonly kind: ModelName;
  readonly place: string;
}

/**
 * Builds the plant: sixty devices at three sites, with a printer that is dead, a disk that fails and a room that gets
 * hot. The same for the same moment.
 *
 * @param startedAt Unix seconds of the demo's first start: faults begin a little before
 * @param watcher the host that polls it, which is plugged into the first core switch
 */
export function demoPlant(startedAt: number, watcher?: Omit<PlantWatcher, 'at'>): DemoPlant {
  const placed = SITES.flatMap((site, at) => placeDevices(site, at * 100));
  const cables = [
    ...SITES.flatMap((site) => siteCables(namesOf(placed.filter((station) => station.site === site)))),
    ...siteLines(placed.filter(({ kind }) => kind === 'router').map(({ name }) => name)),
  ];
  const devices = placed.map((station): PlantDevice => {
    const isNetwork = NETWORK_MODELS.has(station.kind);
    return {
      name: station.name,
      site: station.site,
      model: station.kind,
      nodeType: NODE_TYPES[station.kind],
      address: station.address,
      community: isNetwork ? 'network' : 'facility',
      profile: profileOf(station, { cables, startedAt }),
      ...(station.name === DEAD_PRINTER.name ? { diesAt: startedAt - DEAD_PRINTER.secondsAgo } : {}),
    };
  });
  const profiles = new Map(devices.map(({ name, profile }) => [name, profile]));
  const wired = placed.map((station) => ({
    ...station,
    deskPorts: deskPorts(profiles.get(station.name)?.ports ?? []),
  }));
  const core = placed.find(({ kind }) => kind === 'core')?.name ?? '';
  const wiring = demoWiring(
    wired,
    cables,
    watcher && { ...watcher, at: { device: core, port: WATCHER_PORT } },
  );
  return { sites: SITES, devices, cables, wiring };
}

function placeDevices(site: DemoSite, firstSeed: number): PlacedDevice[] {
  let seed = firstSeed;
  return site.groups.flatMap(({ model, prefix, count, place }, group) =>
    Array.from({ length: count }, (_, at): PlacedDevice => {
      seed += 1;
      const number = String(at + 1).padStart(2, '0');
      const name = `${prefix}-${site.code}-${number}`;
      return {
        name,
        seed,
        site,
        kind: model,
        model: MODELS[model],
        place: `${site.name}, ${place}`,
        chassisMac: Buffer.from([0x02, 0x53, site.network, seed & 0xff, 0, 0]),
        address:
          name === DEAD_PRINTER.name ? DEAD_PRINTER.address : `127.${site.network}.${group + 1}.${at + 11}`,
      };
    }),
  );
}

function namesOf(placed: readonly PlacedDevice[]): SiteNames {
  const named = (kind: ModelName) => placed.filter((one) => one.kind === kind).map(({ name }) => name);
  return {
    firewall: named('firewall')[0] ?? '',
    router: named('router')[0] ?? '',
    cores: named('core'),
    access: named('access'),
    field: named('field'),
    servers: named('server'),
    storage: named('nas'),
    small: placed.flatMap(({ name, kind }) => {
      const octets = SMALL_DEVICE_OCTETS[kind];
      return octets === undefined ? [] : [{ name, octets }];
    }),
  };
}

interface PlantContext {
  readonly cables: readonly Cable[];
  readonly startedAt: number;
}

function profileOf(station: PlacedDevice, { cables, startedAt }: PlantContext): DeviceProfile {
  const { name, kind, seed, chassisMac, place } = station;
  const model: Model = station.model;
  const upDays = 12 + 160 * fraction(seed * 17);
  return {
    name,
    description: model.description,
    vendorArcs: model.vendorArcs,
    location: place,
    contact: 'it@example.net',
    chassisMac,
    bootedAt: Math.floor(startedAt - upDays * DAY_SECONDS),
    ports: devicePorts(station, cables, kind === 'access'),
    processors: (model.processors ?? []).map((load, at) => around(load, load * 0.55, seed * 50 + at)),
    storages: storagesOf(model, kind, seed),
    sensors: sensorsOf(station, startedAt),
    isNetworkDevice: NETWORK_MODELS.has(kind),
    ...(kind === 'nas' ? { disks: disksOf(name, startedAt) } : {}),
    ...(kind === 'ups' ? { ups: upsOf(seed) } : {}),
    ...(kind === 'printer' ? { printer: printerOf(seed) } : {}),
  };
}

function around(middle: number, swing: number, seed: number): Level {
  return { middle, swing, seed };
}

function storagesOf(model: Model, kind: ModelName, seed: number): StorageProfile[] {
  const used = (percent: number, swing: number, at: number) =>
    around(percent + 8 * (fraction(seed + at) - 0.5), swing, seed * 50 + 20 + at);
  const storages: StorageProfile[] = [];
  if (model.memoryBytes !== undefined) {
    storages.push({
      name: 'Physical memory',
      kind: 'memory',
      bytes: model.memoryBytes,
      used: used(52, 6, 0),
    });
  }
  if (kind === 'server') {
    storages.push(
      { name: 'Swap space', kind: 'virtual_memory', bytes: 16 * GIB, used: used(9, 2, 1) },
      { name: '/', kind: 'disk', bytes: 200 * GIB, used: used(41, 0.4, 2) },
      { name: '/var', kind: 'disk', bytes: 800 * GIB, used: used(63, 1.5, 3) },
    );
  }
  if (kind === 'nas') {
    storages.push({ name: '/volume1', kind: 'disk', bytes: 32 * TIB, used: used(76, 0.3, 2) });
  }
  return storages;
}

function sensorsOf({ name, seed, model }: PlacedDevice, startedAt: number): SensorProfile[] {
  const { sensors = [], levels = [] }: Model = model;
  return sensors.map((sensor, at): SensorProfile => {
    const [middle, swing] = levels[at] ?? [0, 0];
    const level = around(middle + swing * (fraction(seed * 13 + at) - 0.5), swing, seed * 50 + 30 + at);
    if (name === HOT_SENSOR && sensor.kind === 'celsius') {
      const rise = { from: startedAt - 2_400, to: startedAt - 300, by: 15.5 };
      return { ...sensor, level: { ...level, rise } };
    }
    if (name === FAILING_STORAGE.name && sensor.name === FAILING_STORAGE.disk) {
      const rise = { from: startedAt - 3_000, to: startedAt - 1_080, by: 21 };
      return { ...sensor, level: { ...level, rise }, failsAt: startedAt - 1_080 };
    }
    return { ...sensor, level };
  });
}

function disksOf(name: string, startedAt: number): DiskProfile[] {
  return [1, 2, 3, 4].map((number): DiskProfile => {
    const disk = `Disk ${number}`;
    const isFailing = name === FAILING_STORAGE.name && disk === FAILING_STORAGE.disk;
    return { name: disk, ...(isFailing ? { failsAt: startedAt - 1_080 } : {}) };
  });
}

function upsOf(seed: number): NonNullable<DeviceProfile['ups']> {
  return {
    manufacturer: 'American Power Conversion',
    model: 'Smart-UPS SRT 3000',
    ratedWatts: 2_700,
    load: around(46, 7, seed * 50 + 30),
    batteryCelsius: around(27.5, 1.2, seed * 50 + 31),
    minutesLeft: around(31, 3, seed * 50 + 33),
  };
}

function printerOf(seed: number): NonNullable<DeviceProfile['printer']> {
  const colours = ['Black', 'Cyan', 'Magenta', 'Yellow'];
  return {
    pages: { perSecond: 0.01, seed },
    supplies: colours.map((colour, at) => ({
      name: `${colour} toner`,
      capacity: 6_000,
      left: Math.round(600 + 5_000 * fraction(seed * 7 + at)),
    })),
  };
}
