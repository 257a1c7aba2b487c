import { deviceObjects, type MibObject, WiredObjects } from '@stratora/simulator';
import { beforeAll, describe, expect, test } from 'vitest';
import { demoPlant } from './demo-plant.ts';

const STARTED_AT = 1_790_000_000;
const IF_DESCR = '1.3.6.1.2.1.2.2.1.2.';
const IF_NAME = '1.3.6.1.2.1.31.1.1.1.1.';
const IN_OCTETS = '1.3.6.1.2.1.31.1.1.1.6.';
const OUT_OCTETS = '1.3.6.1.2.1.31.1.1.1.10.';
const LLDP_REMOTE = '1.0.8802.1.1.2.1.4.1.1.';
const SENSOR_NAME = '1.3.6.1.2.1.47.1.1.1.1.7.';
const SENSOR_VALUE = '1.3.6.1.2.1.99.1.1.1.4.';
const SENSOR_STATUS = '1.3.6.1.2.1.99.1.1.1.5.';
const COUNTERS = new Set([0x41, 0x46]);

const plant = demoPlant(STARTED_AT);
const mibs = new Map<string, Map<string, MibObject>>();

beforeAll(() => {
  const wired = new WiredObjects(plant.wiring);
  for (const { name, profile } of plant.devices) {
    const objects = [...deviceObjects(profile), ...wired.neighbours(name)];
    expect(new Set(objects.map(({ oid }) => oid)).size, name).toBe(objects.length);
    mibs.set(name, new Map(objects.map((object) => [object.oid, object])));
  }
});

function read(device: string, oid: string, at = STARTED_AT): unknown {
  const value = mibs.get(device)?.get(oid)?.value;
  return typeof value === 'function' ? value(at) : value;
}

function below(device: string, prefix: string): string[] {
  return [...(mibs.get(device)?.keys() ?? [])].filter((oid) => oid.startsWith(prefix));
}

describe('the plant', () => {
  test('has sixty devices of ten kinds at three sites, each with a name and an address of its own', () => {
    const { devices } = plant;
    expect(devices).toHaveLength(60);
    expect(new Set(devices.map(({ name }) => name)).size).toBe(60);
    expect(new Set(devices.map(({ address }) => address)).size).toBe(60);
    expect(new Set(devices.map(({ site }) => site.name)).size).toBe(3);
    expect(new Set(devices.map(({ model }) => model)).size).toBe(10);
  });

  test('lives on the loopback; the one device that is dead has the address that nothing is sent to', () => {
    expect(plant.devices.filter(({ address }) => !address.startsWith('127.'))).toEqual([]);
    const dead = plant.devices.filter(({ diesAt }) => diesAt !== undefined);
    expect(dead).toMatchObject([{ address: '127.255.255.255', diesAt: STARTED_AT - 45 }]);
  });

  test('has no port with two cables, and every cable ends in a port that there is', () => {
    const ends = plant.cables.flatMap(({ a, b }) => [a, b]);
    expect(new Set(ends.map(({ device, port }) => `${device} ${port}`)).size).toBe(ends.length);
    for (const { device, port } of ends) expect(read(device, `${IF_DESCR}${port}`)).toBeTypeOf('string');
  });
});

describe('its links', () => {
  interface LldpLink {
    readonly from: string;
    readonly fromPort: string;
    readonly to: string;
    readonly toPort: string;
  }

  /** Reads the LLDP neighbours of all devices, like a manager. */
  function readNeighbours(): LldpLink[] {
    return plant.devices.flatMap(({ name }) =>
      below(name, `${LLDP_REMOTE}9.`).map((oid) => {
        const index = oid.slice(`${LLDP_REMOTE}9.`.length);
        const localPort = index.split('.')[1] ?? '';
        return {
          from: name,
          fromPort: String(read(name, `${IF_NAME}${localPort}`)),
          to: String(read(name, oid)),
          toPort: String(read(name, `${LLDP_REMOTE}7.${index}`)),
        };
      }),
    );
  }

  test('are told by both ends, with the same ports', () => {
    const links = readNeighbours();
    const text = ({ from, fromPort, to, toPort }: LldpLink) => `${from} ${fromPort} - ${to} ${toPort}`;
    const told = new Set(links.map(text));
    for (const { from, fromPort, to, toPort } of links) {
      expect(told).toContain(text({ from: to, fromPort: toPort, to: from, toPort: fromPort }));
    }
    const network = new Set(
      plant.devices.filter(({ community }) => community === 'network').map(({ name }) => name),
    );
    const announced = plant.cables.filter(({ a, b }) => network.has(a.device) && network.has(b.device));
    expect(links).toHaveLength(2 * announced.length);
  });

  test('join all switches, routers and firewalls, of all sites', () => {
    const links = readNeighbours();
    const reached = new Set(['core-ham-01']);
    for (const name of reached) for (const { from, to } of links) if (from === name) reached.add(to);
    const network = plant.devices.filter(({ community }) => community === 'network');
    expect([...reached].toSorted()).toEqual(network.map(({ name }) => name).toSorted());
  });

  test('carry to one end what the other end sends', () => {
    for (const { a, b } of plant.cables) {
      const moved = (end: typeof a, column: string) =>
        Number(read(end.device, `${column}${end.port}`, STARTED_AT + 600)) -
        Number(read(end.device, `${column}${end.port}`));
      expect(Math.abs(moved(a, OUT_OCTETS) - moved(b, IN_OCTETS))).toBeLessThanOrEqual(1);
      expect(Math.abs(moved(b, OUT_OCTETS) - moved(a, IN_OCTETS))).toBeLessThanOrEqual(1);
    }
  });
});

describe('its forwarding tables', () => {
  const FORWARDING = '1.3.6.1.2.1.17.7.1.2.2.1.2.';

  test('have every device of a site that is plugged into a switch, behind the port that it is plugged into', () => {
    for (const { a, b } of plant.cables) {
      const [near, far] = [a, b].map(({ device }) => plant.devices.find(({ name }) => name === device));
      if (near?.nodeType !== 'switch' || far?.nodeType === 'switch' || far === undefined) continue;
      const mac = [...far.profile.chassisMac];
      mac[5] = (mac[5] ?? 0) + b.port;
      const learned = below(near.name, FORWARDING).filter((oid) => oid.endsWith(`.${mac.join('.')}`));
      expect(
        learned.map((oid) => read(near.name, oid)),
        `${near.name} ${far.name}`,
      ).toEqual([a.port]);
    }
  });
});

describe('its values', () => {
  test('count up and never down, through the hour before the start and after it', () => {
    let counters = 0;
    for (const [device, objects] of mibs) {
      for (const { oid, type, value } of objects.values()) {
        if (!COUNTERS.has(type) || typeof value !== 'function') continue;
        counters += 1;
        let before = Number(value(STARTED_AT - 3_600));
        for (let at = STARTED_AT - 3_590; at <= STARTED_AT + 600; at += 190) {
          const after = Number(value(at));
          expect(after, `${device} ${oid}`).toBeGreaterThanOrEqual(before);
          before = after;
        }
      }
    }
    expect(counters).toBeGreaterThan(3_000);
  });

  test('never exceed what a port can carry', () => {
    for (const { name, profile } of plant.devices) {
      for (const { index, megabits } of profile.ports) {
        for (const column of [IN_OCTETS, OUT_OCTETS]) {
          const octets =
            Number(read(name, column + index)) - Number(read(name, column + index, STARTED_AT - 60));
          expect((octets * 8) / 60 / 1e6, `${name} ${index}`).toBeLessThan(megabits * 0.8);
        }
      }
    }
  });

  test('show one room that got hot and one disk that has failed', () => {
    const sensors = plant.devices.flatMap(({ name }) =>
      below(name, SENSOR_NAME).map((oid) => {
        const index = oid.slice(SENSOR_NAME.length);
        return {
          name: `${name} ${String(read(name, oid))}`,
          value: Number(read(name, SENSOR_VALUE + index)),
          before: Number(read(name, SENSOR_VALUE + index, STARTED_AT - 3_600)),
          status: read(name, SENSOR_STATUS + index),
        };
      }),
    );
    expect(sensors.filter(({ status }) => status !== 1).map(({ name }) => name)).toEqual([
      'nas-ham-01 Disk 3',
    ]);
    const hot = sensors.find(({ name }) => name === 'env-ham-02 Room temperature');
    expect((hot?.value ?? 0) - (hot?.before ?? 0)).toBeGreaterThan(120);
  });
});
