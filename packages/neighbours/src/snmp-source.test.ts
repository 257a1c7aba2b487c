import {
  type DeviceSpec,
  MibImage,
  type MibObject,
  type Plant,
  startPlant,
  WiredObjects,
  type Wiring,
  wiredPorts,
} from '@stratora/simulator';
import {
  type CaptureObject,
  createSnmpManager,
  RequestBudget,
  type SnmpManager,
  ValueType,
} from '@stratora/snmp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hex, NODE_ID, number, reportOf, row, text } from './made-up.test-support.ts';
import { readNeighbourReport } from './read-neighbour-report.ts';
import { snmpSource } from './snmp-source.ts';

const ADDRESS = '127.83.7.1';
const FDB = '1.3.6.1.2.1.17.7.1.2.2.1';

let manager: SnmpManager;
let plant: Plant | undefined;

beforeEach(() => {
  manager = createSnmpManager();
});
afterEach(async () => {
  await manager.close();
  await plant?.stop();
  plant = undefined;
});

async function serve(objects: readonly MibObject[], spec: Partial<DeviceSpec> = {}) {
  plant = await startPlant({ devices: [{ address: ADDRESS, image: new MibImage(objects), ...spec }] });
}

interface Asking {
  version?: 1 | 2;
  timeoutMs?: number;
  maxVarbinds?: number;
  getBulk?: boolean;
}

function read({ version = 2, timeoutMs = 5_000, maxVarbinds = 1_000_000, getBulk = true }: Asking = {}) {
  const target = { host: ADDRESS, port: plant?.port, timeoutMs, retries: 1, pace: { getBulk } };
  const open = (vlan?: number) =>
    manager.session({ ...target, version, community: vlan === undefined ? 'public' : `public@${vlan}` });
  const budget = new RequestBudget({ durationMs: 120_000, maxVarbinds, maxBytes: 64 * 1024 * 1024 });
  return readNeighbourReport(snmpSource({ session: open(), budget, sessionOfVlan: open }), {
    nodeId: NODE_ID,
  });
}

const SWITCHES: Wiring = {
  devices: ['one', 'two'].map((name, at) => ({
    name,
    kind: 'switch' as const,
    lldp: 'both' as const,
    cdp: 'both' as const,
    address: `10.0.0.${at + 1}`,
    ports: wiredPorts(12, { prefix: 'Gi1/0/' }),
    aggregates: [{ name: 'Po1', index: 1001, ports: ['Gi1/0/11', 'Gi1/0/12'] }],
    offsets: { bridge: 100, lldp: 500, fdb: 3 },
    stackSerials: ['S-1', 'S-2'],
  })),
  cables: [
    { a: 'one:Gi1/0/11', b: 'two:Gi1/0/11' },
    { a: 'one:Gi1/0/12', b: 'two:Gi1/0/12' },
  ],
};
const ONE = new WiredObjects(SWITCHES).device('one');
/** As a recording would have it: what moves with time stands still. */
const STILL: CaptureObject[] = ONE.flatMap(({ oid, type, value }) =>
  typeof value === 'function' ? [] : [{ oid, type, value }],
);

describe('a device that answers SNMP', () => {
  it.each([
    ['v2c', {}],
    ['v1', { version: 1 }],
    ['GETNEXT', { getBulk: false }],
  ] as const)('is read by %s as its recording is', async (_, asking) => {
    await serve(ONE);
    const report = await read(asking);
    const recorded = await reportOf(STILL);
    expect(report.rows).toEqual(recorded.rows);
    expect(report.tables).toEqual(recorded.tables);
    expect(report.rows.lldp_neighbours).toHaveLength(2);
    expect(report.system).toMatchObject({ system_name: 'one', cdp_device_id: 'one', serial: 'S-1' });
    expect(report.system.uptime_seconds).toBeGreaterThan(0);
  });

  it('is asked for no table that it does not have', async () => {
    await serve([text('1.3.6.1.2.1.1.5.0', 'plain')]);
    const { tables, system } = await read();
    expect(system.system_name).toBe('plain');
    expect(new Set(Object.values(tables).map(({ state }) => state))).toEqual(new Set(['absent']));
    expect(plant?.devices[0]?.requests).toBeLessThan(6);
  });

  it('that is not there has no table, for the reason, and is not asked table by table', async () => {
    await serve(ONE, { behaviour: { kind: 'dead' } });
    const { tables, system } = await read({ timeoutMs: 100 });
    for (const { state, reason } of Object.values(tables)) {
      expect([state, reason]).toEqual(['failed', expect.stringContaining('No answer from')]);
    }
    expect(new Set(Object.values(system))).toEqual(new Set([null]));
    expect(plant?.devices[0]?.requests).toBe(2);
  });
});

describe('a half-read table', () => {
  const CHASSIS = '1.0.8802.1.1.2.1.4.1.1.5';

  it('is a part where a column that tells the neighbours breaks off, and the other tables are whole', async () => {
    await serve(ONE, { behaviour: { kind: 'badColumn', oid: CHASSIS, isNamed: true } });
    const { tables, rows } = await read();
    expect(tables.lldp_neighbours).toMatchObject({
      state: 'part',
      reason: expect.stringContaining('genErr'),
    });
    expect(rows.lldp_neighbours.length).toBeGreaterThan(0);
    expect([tables.interfaces.state, tables.forwarding.state, tables.cdp_neighbours.state]).toEqual([
      'whole',
      'whole',
      'whole',
    ]);
  });

  it('is whole where a column beside them is refused, and says so', async () => {
    await serve(ONE, { behaviour: { kind: 'badColumn', oid: '1.0.8802.1.1.2.1.4.1.1.10', isNamed: true } });
    const { tables, rows } = await read();
    expect(tables.lldp_neighbours).toMatchObject({ state: 'whole', rows: 2 });
    expect(tables.lldp_neighbours.left_out).toBeGreaterThan(0);
    expect(tables.lldp_neighbours.reason).toContain('genErr');
    expect(rows.lldp_neighbours[0]?.system_description).toBeNull();
  });

  it('loses the one cell that the device answers with an error', async () => {
    await serve(ONE, { behaviour: { kind: 'badRow', oid: '1.3.6.1.2.1.31.1.1.1.1.4', status: 5 } });
    const { tables, rows } = await read();
    expect(tables.interfaces).toMatchObject({ state: 'whole', rows: 13, left_out: 1 });
    expect(rows.interfaces.find(({ if_index }) => if_index === 4)).toMatchObject({
      name: null,
      oper_status: 2,
    });
  });

  it('is whole where its rows come out of order', async () => {
    const indexes = [5, 1, 4, 2, 3, 6];
    const rows = indexes.flatMap((index) =>
      row('1.3.6.1.2.1.2.2.1', index, { 2: `port ${index}`, 3: 6, 8: 1 }),
    );
    await serve(rows, { behaviour: { kind: 'unordered', indexes } });
    const report = await read();
    expect(report.tables.interfaces.state).toBe('whole');
    expect(report.rows.interfaces.map(({ if_index }) => if_index)).toEqual(indexes);
  });

  it('is a part where the budget of the device is spent, and what was not asked has failed', async () => {
    await serve(ONE);
    const { tables } = await read({ maxVarbinds: 120 });
    const states = Object.values(tables).map(({ state }) => state);
    expect(states[0]).toBe('part');
    expect(new Set(states.slice(1))).toEqual(new Set(['failed']));
    expect(tables.forwarding.reason).toContain('more values than one cycle allows');
  });

  it.each(['endless', 'repeating', 'backwards', 'generalError', 'empty', 'garbage', 'oversize'] as const)(
    'of a device that is %s ends in a report',
    async (kind) => {
      await serve(ONE, { behaviour: { kind } });
      const { tables } = await read({ timeoutMs: 300, maxVarbinds: 20_000 });
      for (const { state, reason } of Object.values(tables)) {
        expect(state).toMatch(/whole|part|absent|failed/);
        if (state === 'part' || state === 'failed') expect(reason).toMatch(/\.$/);
      }
    },
    60_000,
  );
});

describe('a Cisco switch that shows one VLAN at a time', () => {
  const PLAIN = '1.3.6.1.2.1.17.4.3.1';
  const BASE_PORT = '1.3.6.1.2.1.17.1.4.1.2';
  const VLANS = [1, 10, 1002].flatMap((vlan) =>
    row('1.3.6.1.4.1.9.9.46.1.3.1.1', `1.${vlan}`, { 2: 1, 3: vlan === 1002 ? 2 : 1 }),
  );
  const first = [
    ...VLANS,
    ...row(PLAIN, '0.17.34.51.68.85', { 2: 4, 3: 3 }),
    number(`${BASE_PORT}.4`, 10104),
  ];

  it('is read VLAN by VLAN, with the bridge ports of each', async () => {
    const tenth = [...row(PLAIN, '0.17.34.51.68.102', { 2: 7, 3: 3 }), number(`${BASE_PORT}.7`, 10107)];
    plant = await startPlant({ devices: [{ address: ADDRESS, image: new MibImage(first) }] });
    const { port } = plant;
    const others = await Promise.all(
      [
        { vlan: 1, objects: first, address: '127.83.7.2' },
        { vlan: 10, objects: tenth, address: '127.83.7.3' },
      ].map(async ({ vlan, objects, address }) => ({
        vlan,
        address,
        plant: await startPlant({
          devices: [{ address, image: new MibImage(objects), community: `public@${vlan}` }],
          port,
        }),
      })),
    );
    const session = manager.session({ host: ADDRESS, port, version: 2, community: 'public' });
    const budget = new RequestBudget({ durationMs: 60_000 });
    const sessionOfVlan = (vlan: number) => {
      const host = others.find((other) => other.vlan === vlan)?.address ?? ADDRESS;
      return manager.session({
        host,
        port,
        version: 2,
        community: `public@${vlan}`,
        timeoutMs: 1_000,
        retries: 0,
      });
    };
    const { rows, tables } = await readNeighbourReport(snmpSource({ session, budget, sessionOfVlan }), {
      nodeId: NODE_ID,
    });
    await Promise.all(others.map((other) => other.plant.stop()));
    expect(rows.forwarding).toEqual([
      { mac_address: '00:11:22:33:44:55', bridge_port: 4, vlan: 1, status: 3 },
      { mac_address: '00:11:22:33:44:66', bridge_port: 7, vlan: 10, status: 3 },
    ]);
    expect(rows.bridge_ports.map(({ bridge_port, if_index }) => [bridge_port, if_index])).toEqual([
      [4, 10104],
      [7, 10107],
    ]);
    expect(tables.forwarding.state).toBe('whole');
  });

  it('that does not answer for single VLANs is whole with what it shows, and says what is missing', async () => {
    await serve(first);
    const { rows, tables } = await read({ timeoutMs: 150 });
    expect(rows.forwarding).toEqual([
      { mac_address: '00:11:22:33:44:55', bridge_port: 4, vlan: null, status: 3 },
    ]);
    expect(tables.forwarding).toMatchObject({
      state: 'whole',
      reason: expect.stringContaining('VLANs that the device does not show one by one'),
    });
  });
});

describe('a large device', () => {
  it('of 10,000 interfaces is read whole', { timeout: 120_000 }, async () => {
    const many = Array.from({ length: 10_000 }, (_, at) => [
      ...row('1.3.6.1.2.1.2.2.1', at + 1, {
        2: `Ethernet${at + 1}`,
        3: 6,
        6: hex('001122334455'),
        7: 1,
        8: 1,
      }),
      text(`1.3.6.1.2.1.31.1.1.1.1.${at + 1}`, `Et${at + 1}`),
    ]).flat();
    await serve(many);
    const { tables, rows } = await read();
    expect(tables.interfaces).toEqual({ state: 'whole', rows: 10_000, left_out: 0, reason: null });
    expect(rows.interfaces.at(-1)).toMatchObject({ if_index: 10_000, name: 'Et10000' });
  });

  it('of 100,000 addresses is read whole, in bounded memory', { timeout: 240_000 }, async () => {
    const many: MibObject[] = [];
    for (let at = 0; at < 100_000; at += 1) {
      const mac = `2.0.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}.1`;
      many.push(
        { oid: `${FDB}.2.10.${mac}`, type: ValueType.integer, value: at % 48 },
        { oid: `${FDB}.3.10.${mac}`, type: ValueType.integer, value: 3 },
      );
    }
    await serve(many);
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const { tables, rows } = await read();
    const grown = process.memoryUsage().heapUsed - before;
    expect(tables.forwarding).toMatchObject({ state: 'whole', rows: 100_000, left_out: 0 });
    expect(new Set(rows.forwarding.map(({ mac_address }) => mac_address)).size).toBe(100_000);
    // The rows of the report alone are about 20 MB, those of the walk before them 60 MB; the rest is what is not collected yet.
    expect(grown).toBeLessThan(400 * 1024 * 1024);
  });
});
