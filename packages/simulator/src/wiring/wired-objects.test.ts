import { describe, expect, it } from 'vitest';
import { MibImage } from '../mib-image.ts';
import type { MibObject } from '../mib-object.ts';
import { wiredLinks } from './wired-links.ts';
import { WiredObjects } from './wired-objects.ts';
import { type Cable, type WiredDevice, type Wiring, wiredPorts } from './wiring.ts';

function bridge(name: string, changes: Partial<WiredDevice> = {}): WiredDevice {
  return { name, kind: 'switch', lldp: 'both', ports: wiredPorts(8, { prefix: 'p' }), ...changes };
}

const host = (name: string, changes: Partial<WiredDevice> = {}): WiredDevice => ({
  name,
  kind: 'host',
  ports: wiredPorts(2, { prefix: 'eth' }),
  ...changes,
});

const wiring = (
  devices: readonly WiredDevice[],
  ...cables: readonly (readonly [string, string])[]
): Wiring => ({
  devices,
  cables: cables.map(([a, b]): Cable => ({ a, b })),
});

/** Index and value of each object of a column. */
function column(objects: readonly MibObject[], oid: string): [string, unknown][] {
  return objects
    .filter((object) => object.oid.startsWith(`${oid}.`))
    .map(({ oid: whole, value }) => [
      whole.slice(oid.length + 1),
      Buffer.isBuffer(value) ? value.toString('hex') : value,
    ]);
}

const heardNames = (objects: readonly MibObject[]) =>
  column(objects, '1.0.8802.1.1.2.1.4.1.1.9').map(([index, name]) => [Number(index.split('.')[1]), name]);
const FDB_PORT = '1.3.6.1.2.1.17.7.1.2.2.1.2';
const STP_STATE = '1.3.6.1.2.1.17.2.15.1.3';

describe('the devices of a wiring', () => {
  it('hear those at the other end of their cables, on ports that LLDP numbers by itself', () => {
    const objects = new WiredObjects(
      wiring([bridge('a', { offsets: { lldp: 500 } }), bridge('b')], ['a:p3', 'b:p1']),
    );
    expect(heardNames(objects.device('a'))).toEqual([[503, 'b']]);
    expect(heardNames(objects.device('b'))).toEqual([[1, 'a']]);
    expect(() => new MibImage(objects.device('a'))).not.toThrow();
  });

  it('hear one-sidedly where one of them only sends', () => {
    const objects = new WiredObjects(
      wiring(
        [bridge('a'), bridge('b', { lldp: 'send' }), bridge('c', { lldp: 'off' })],
        ['a:p1', 'b:p1'],
        ['a:p2', 'c:p1'],
      ),
    );
    expect(heardNames(objects.device('a'))).toEqual([[1, 'b']]);
    expect(heardNames(objects.device('b'))).toEqual([]);
    expect(column(objects.device('c'), '1.0.8802.1.1.2.1')).toEqual([]);
  });

  it('hear everybody behind a switch that passes LLDP on, and nobody behind one that drops it', () => {
    const dumb: WiredDevice = { name: 'dumb', kind: 'unmanaged', ports: wiredPorts(5, { prefix: 'p' }) };
    const of = (floods: WiredDevice['floods']) =>
      new WiredObjects(
        wiring(
          [bridge('a'), bridge('b'), bridge('c'), { ...dumb, floods }],
          ['a:p1', 'dumb:p1'],
          ['b:p1', 'dumb:p2'],
          ['c:p1', 'dumb:p3'],
        ),
      );
    expect(new Set(heardNames(of(['lldp']).device('a')).map(([, name]) => name))).toEqual(
      new Set(['b', 'c']),
    );
    expect(heardNames(of(undefined).device('a'))).toEqual([]);
  });

  it('hear nothing over a cable that is down, whose ports are down', () => {
    const devices = [bridge('a'), bridge('b')];
    const objects = new WiredObjects({ devices, cables: [{ a: 'a:p1', b: 'b:p1', isUp: false }] });
    expect(heardNames(objects.device('a'))).toEqual([]);
    expect(column(objects.device('a'), '1.3.6.1.2.1.2.2.1.8')[0]).toEqual(['1', 2]);
  });

  it('have learned each address on the port that leads there, in its VLAN', () => {
    const objects = new WiredObjects(
      wiring(
        [
          bridge('a', { offsets: { bridge: 100, fdb: 7 } }),
          bridge('b', { ports: wiredPorts(8, { prefix: 'p', vlan: 20 }) }),
          host('pc', { mac: '02:aa:00:00:00:00' }),
        ],
        ['a:p1', 'b:p1'],
        ['b:p2', 'pc:eth1'],
      ),
    );
    const learned = new Map(column(objects.device('a'), FDB_PORT));
    expect(learned.get('27.2.170.0.0.0.1')).toBe(101);
    expect(column(objects.device('a'), '1.3.6.1.2.1.17.7.1.4.2.1.3')).toEqual([
      ['0.1', 8],
      ['0.20', 27],
    ]);
    expect(new Map(column(objects.device('b'), FDB_PORT)).get('20.2.170.0.0.0.1')).toBe(2);
  });

  it('block one port of a ring, and learn around it', () => {
    const objects = new WiredObjects(
      wiring([bridge('a'), bridge('b'), bridge('c')], ['a:p1', 'b:p1'], ['b:p2', 'c:p1'], ['c:p2', 'a:p2']),
    );
    const blocked = ['a', 'b', 'c'].flatMap((name) =>
      column(objects.device(name), STP_STATE)
        .filter(([, state]) => state === 2)
        .map(([port]) => `${name}:p${port}`),
    );
    expect(blocked).toHaveLength(1);
    expect(['b:p2', 'c:p1']).toContain(blocked[0]);
  });

  it('learn on the aggregate, whose ports are no bridge ports, and name their partner', () => {
    const lag = [{ name: 'Po1', index: 1001, ports: ['p7', 'p8'] }];
    const objects = new WiredObjects(
      wiring(
        [bridge('a', { aggregates: lag }), bridge('b', { aggregates: lag })],
        ['a:p7', 'b:p7'],
        ['a:p8', 'b:p8'],
      ),
    );
    const a = objects.device('a');
    expect(column(a, '1.3.6.1.2.1.17.1.4.1.2').map(([port]) => port)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '1001',
    ]);
    expect(column(a, '1.2.840.10006.300.43.1.2.1.1.13')).toEqual([
      ['7', 1001],
      ['8', 1001],
    ]);
    expect(column(a, '1.2.840.10006.300.43.1.2.1.1.9')[0]?.[1]).toBe('025700020000');
    expect(heardNames(a)).toEqual([
      [7, 'b'],
      [8, 'b'],
    ]);
    expect(column(a, STP_STATE).every(([, state]) => state !== 2)).toBe(true);
  });

  it('of an MC-LAG block nothing, and have one system to their partner', () => {
    const pair = {
      lacpSystem: '02:ff:00:00:00:01',
      aggregates: [{ name: 'Po5', index: 1005, ports: ['p5'] }],
    };
    const objects = new WiredObjects(
      wiring(
        [
          bridge('x', pair),
          bridge('y', pair),
          bridge('z', { aggregates: [{ name: 'Po1', index: 1001, ports: ['p1', 'p2'] }] }),
        ],
        ['x:p1', 'y:p1'],
        ['z:p1', 'x:p5'],
        ['z:p2', 'y:p5'],
      ),
    );
    for (const name of ['x', 'y', 'z']) {
      expect(column(objects.device(name), STP_STATE).filter(([, state]) => state === 2)).toEqual([]);
    }
    const partners = column(objects.device('z'), '1.2.840.10006.300.43.1.2.1.1.9').map(
      ([, system]) => system,
    );
    expect(partners).toEqual(['02ff00000001', '02ff00000001']);
  });

  it('know phones, what is behind them, and guests, and a router resolves them all', () => {
    const objects = new WiredObjects(
      wiring(
        [
          bridge('a'),
          {
            name: 'phone',
            kind: 'phone',
            lldp: 'send',
            ports: wiredPorts(2, { prefix: 'x' }),
            address: '10.0.0.20',
          },
          host('pc', { address: '10.0.0.21' }),
          host('kvm', { kind: 'hypervisor', guests: [{ mac: '52:54:00:00:00:01', address: '10.0.0.31' }] }),
          { name: 'gw', kind: 'router', ports: wiredPorts(1, { prefix: 'ge' }), address: '10.0.0.1' },
        ],
        ['a:p1', 'phone:x1'],
        ['phone:x2', 'pc:eth1'],
        ['a:p2', 'kvm:eth1'],
        ['a:p3', 'gw:ge1'],
      ),
    );
    const ports = column(objects.device('a'), FDB_PORT).map(([, port]) => port);
    expect(ports.filter((port) => port === 1)).toHaveLength(2);
    expect(ports.filter((port) => port === 2)).toHaveLength(2);
    expect(column(objects.device('gw'), '1.3.6.1.2.1.4.22.1.2').map(([index]) => index)).toEqual([
      '1.10.0.0.20',
      '1.10.0.0.31',
      '1.10.0.0.21',
    ]);
  });

  it('are refused where a cable ends nowhere, or where another one does', () => {
    const devices = [bridge('a'), bridge('b')];
    expect(() => new WiredObjects(wiring(devices, ['a:p1', 'b:p99']))).toThrow('there is no port b:p99');
    expect(() => new WiredObjects(wiring(devices, ['a:p1', 'x:p1']))).toThrow('there is no device x');
    expect(() => new WiredObjects(wiring(devices, ['a:p1', 'b:p1'], ['a:p1', 'b:p2']))).toThrow(
      'two cables end at a:p1',
    );
  });
});

describe('the lines of a wiring', () => {
  it('are its cables, and one for all cables of a LAG', () => {
    const lag = [{ name: 'Po1', index: 1001, ports: ['p7', 'p8'] }];
    const lines = wiredLinks({
      devices: [bridge('a', { aggregates: lag }), bridge('b', { aggregates: lag }), host('pc')],
      cables: [
        { a: 'a:p7', b: 'b:p7' },
        { a: 'a:p8', b: 'b:p8', isUp: false },
        { a: 'a:p1', b: 'pc:eth1', isUp: false },
      ],
    });
    expect(lines).toEqual([
      {
        a: { device: 'a', interface: 'Po1' },
        b: { device: 'b', interface: 'Po1' },
        members: [
          { a: 'p7', b: 'p7', isUp: true },
          { a: 'p8', b: 'p8', isUp: false },
        ],
        isUp: true,
      },
      {
        a: { device: 'a', interface: 'p1' },
        b: { device: 'pc', interface: 'eth1' },
        members: [],
        isUp: false,
      },
    ]);
  });
});
