import { ValueType } from '@stratora/snmp';
import { describe, expect, it } from 'vitest';
import { hex, number, octets, reportOf, row } from './made-up.test-support.ts';

const FDB = '1.3.6.1.2.1.17.7.1.2.2.1';
const PLAIN_FDB = '1.3.6.1.2.1.17.4.3.1';
const VLAN_FDB_ID = '1.3.6.1.2.1.17.7.1.4.2.1.3';
const STATIC_VLAN = '1.3.6.1.2.1.17.7.1.4.3.1.5';
const MAC = '0.17.34.51.68.85';

const entry = (database: number, mac = MAC, port = 4) => row(FDB, `${database}.${mac}`, { 2: port, 3: 3 });
const vlansOf = async (objects: Parameters<typeof reportOf>[0]) =>
  (await reportOf(objects)).rows.forwarding.map(({ vlan }) => vlan);

describe('the VLAN of a forwarding database', () => {
  it('is the one that dot1qVlanFdbId names, whatever their numbers', async () => {
    expect(
      await vlansOf([
        ...entry(7),
        ...entry(8),
        number(`${VLAN_FDB_ID}.0.100`, 7),
        number(`${VLAN_FDB_ID}.55.7`, 8),
      ]),
    ).toEqual([100, 7]);
  });

  it('is unknown where several VLANs share the database', async () => {
    expect(
      await vlansOf([...entry(1), number(`${VLAN_FDB_ID}.0.1`, 1), number(`${VLAN_FDB_ID}.0.2`, 1)]),
    ).toEqual([null]);
  });

  it('is found by the tags of Junos, which counts databases by itself', async () => {
    const tag = (id: number, vlan: number) => number(`1.3.6.1.4.1.2636.3.40.1.5.1.5.1.5.${id}`, vlan);
    expect(await vlansOf([...entry(2), ...entry(3), tag(2, 112), tag(3, 10)])).toEqual([112, 10]);
  });

  it('is its number where VLANs of such numbers are set up, and one database does not serve them all', async () => {
    const statics = [number(`${STATIC_VLAN}.1`, 1), number(`${STATIC_VLAN}.20`, 1)];
    expect(await vlansOf([...entry(1), ...entry(20), ...entry(30), ...statics])).toEqual([1, 20, null]);
    expect(await vlansOf([...entry(1), ...statics])).toEqual([null]);
    expect(await vlansOf(entry(20))).toEqual([null]);
  });
});

describe('the forwarding table', () => {
  it('has addresses out of its index, also those of the device itself, and none of arcs that are no octets', async () => {
    const { rows, tables } = await reportOf([
      ...entry(1),
      ...row(FDB, '1.0.17.34.51.68.86.1', { 2: 5, 3: 3 }),
      ...row(FDB, '1.0.17.34.51.68.87', { 2: 0, 3: 4 }),
      ...row(FDB, '1.0.17.34.51.68.999', { 2: 5, 3: 3 }),
      ...row(FDB, '1.0.17.34.51.68.88', { 3: 3 }),
    ]);
    expect(
      rows.forwarding.map(({ mac_address, bridge_port, status }) => [mac_address, bridge_port, status]),
    ).toEqual([
      ['00:11:22:33:44:55', 4, 3],
      ['00:11:22:33:44:56', 5, 3],
      ['00:11:22:33:44:57', 0, 4],
    ]);
    expect(tables.forwarding).toMatchObject({ state: 'whole', left_out: 2 });
    expect(tables.forwarding.reason).toContain('an entry whose row holds no MAC address');
  });

  it('of BRIDGE-MIB is read where there is no other', async () => {
    const { rows } = await reportOf(row(PLAIN_FDB, MAC, { 1: hex('001122334455'), 2: 9, 3: 3 }));
    expect(rows.forwarding).toEqual([
      { mac_address: '00:11:22:33:44:55', bridge_port: 9, vlan: null, status: 3 },
    ]);
  });

  it('of rows that an agent only numbers has the address that its column tells', async () => {
    const { rows } = await reportOf([
      ...row(PLAIN_FDB, 1, { 1: hex('001122334455'), 2: 32_780, 3: 3 }),
      ...row(PLAIN_FDB, 2, { 1: hex('001122334466'), 2: 32_771, 3: 3 }),
    ]);
    expect(rows.forwarding.map(({ mac_address }) => mac_address)).toEqual([
      '00:11:22:33:44:55',
      '00:11:22:33:44:66',
    ]);
  });

  it('is cut at the most rows that a report may hold, and then not whole', async () => {
    const many = Array.from({ length: 40 }, (_, at) => entry(1, `0.0.0.0.0.${at}`)).flat();
    const { rows, tables } = await reportOf(many, 25);
    expect(rows.forwarding).toHaveLength(25);
    expect(tables.forwarding).toMatchObject({
      state: 'part',
      reason: expect.stringContaining('more than 25 rows'),
    });
  });

  it('without a row is whole on a bridge, and absent elsewhere', async () => {
    const bridge = await reportOf([octets('1.3.6.1.2.1.17.1.1.0', '001122334455')]);
    expect(bridge.tables.forwarding.state).toBe('whole');
    expect(bridge.system.base_mac).toBe('00:11:22:33:44:55');
    expect((await reportOf([])).tables.forwarding.state).toBe('absent');
  });
});

describe('bridge ports', () => {
  it('have their interface and their spanning tree, which one table or the other may lack', async () => {
    const { rows } = await reportOf([
      number('1.3.6.1.2.1.17.1.4.1.2.1', 101),
      number('1.3.6.1.2.1.17.1.4.1.2.3', 0),
      ...row('1.3.6.1.2.1.17.2.15.1', 1, { 3: 5, 8: hex('8000001122334455'), 9: hex('8fe4') }),
      ...row('1.3.6.1.2.1.17.2.15.1', 2, { 3: 2, 8: hex('00'), 9: '' }),
    ]);
    expect(rows.bridge_ports).toEqual([
      {
        bridge_port: 1,
        if_index: 101,
        stp_state: 5,
        designated_bridge: '00:11:22:33:44:55',
        designated_port: 0x0fe4,
      },
      { bridge_port: 3, if_index: null, stp_state: null, designated_bridge: null, designated_port: null },
      { bridge_port: 2, if_index: null, stp_state: 2, designated_bridge: null, designated_port: null },
    ]);
  });
});

describe('aggregates', () => {
  const LAG = '1.2.840.10006.300.43.1.2.1.1';
  const lag = (port: number, attached: number, selected: number, partner = '00aabbccddee') =>
    row(LAG, port, { 3: hex('001122334455'), 9: hex(partner), 12: selected, 13: attached, 17: 44 });

  it('hold the ports that are attached, and those that only wait for it', async () => {
    const { rows } = await reportOf([
      ...lag(7, 1001, 1001),
      ...lag(8, 0, 1001, '000000000000'),
      ...lag(9, 9, 9),
      ...lag(10, 0, 0),
    ]);
    expect(rows.aggregates).toEqual([
      {
        member_if_index: 7,
        aggregate_if_index: 1001,
        actor_system: '00:11:22:33:44:55',
        partner_system: '00:aa:bb:cc:dd:ee',
        partner_port: 44,
      },
      {
        member_if_index: 8,
        aggregate_if_index: 1001,
        actor_system: '00:11:22:33:44:55',
        partner_system: null,
        partner_port: null,
      },
    ]);
  });

  it('without LACP are found by the layers of interfaces, and VLANs are no aggregates', async () => {
    const interfaces = [
      ...row('1.3.6.1.2.1.2.2.1', 500, { 2: 'Port-channel5', 3: 53, 8: 1 }),
      ...row('1.3.6.1.2.1.2.2.1', 600, { 2: 'Vlan600', 3: 53, 8: 1 }),
      ...row('1.3.6.1.2.1.2.2.1', 700, { 2: 'link 7', 3: 161, 8: 1 }),
    ];
    const stack = ['500.1', '500.2', '600.3', '700.4', '0.500', '500.0'].map((index) =>
      number(`1.3.6.1.2.1.31.1.2.1.3.${index}`, 1),
    );
    const { rows } = await reportOf([...interfaces, ...stack, number('1.3.6.1.2.1.31.1.2.1.3.500.9', 2)]);
    expect(
      rows.aggregates.map(({ member_if_index, aggregate_if_index }) => [member_if_index, aggregate_if_index]),
    ).toEqual([
      [1, 500],
      [2, 500],
      [4, 700],
    ]);
  });
});

describe('resolved addresses', () => {
  it('are of both families, and neither void nor unanswered', async () => {
    const entryOf = (index: string, cells: Parameters<typeof row>[2]) =>
      row('1.3.6.1.2.1.4.35.1', index, cells);
    const { rows, tables } = await reportOf([
      ...entryOf('3.1.4.10.0.0.7', { 4: hex('001122334455'), 6: 3, 7: 1 }),
      ...entryOf('3.2.16.254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.9', { 4: hex('001122334466'), 6: 3, 7: 2 }),
      ...entryOf('3.4.20.254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.8.0.0.0.3', { 4: hex('001122334477'), 6: 3 }),
      ...entryOf('3.1.4.10.0.0.8', { 4: '', 6: 3, 7: 7 }),
      ...entryOf('3.1.4.10.0.0.9', { 4: hex('001122334499'), 6: 2 }),
      ...entryOf('3.1.4.10.0.0.10', { 4: hex('0011223344'), 6: 3 }),
    ]);
    expect(rows.address_resolution).toEqual([
      { if_index: 3, address: '10.0.0.7', mac_address: '00:11:22:33:44:55' },
      { if_index: 3, address: 'fe80::9', mac_address: '00:11:22:33:44:66' },
      { if_index: 3, address: 'fe80::8', mac_address: '00:11:22:33:44:77' },
    ]);
    expect(tables.address_resolution).toMatchObject({ state: 'whole', left_out: 1 });
  });

  it('are read out of the older table where the newer one has none of IPv4', async () => {
    const { rows } = await reportOf([
      ...row('1.3.6.1.2.1.4.22.1', '2.10.0.0.7', { 2: hex('001122334455'), 4: 3 }),
      ...row('1.3.6.1.2.1.4.22.1', '2.10.0.0.8', { 2: '0:1c:73:af:b:1', 4: 3 }),
      ...row('1.3.6.1.2.1.4.22.1', '2.1.10.0.0.9', { 2: hex('001122334477') }),
    ]);
    expect(rows.address_resolution.map(({ mac_address }) => mac_address)).toEqual([
      '00:11:22:33:44:77',
      '00:11:22:33:44:55',
      '00:1c:73:af:0b:01',
    ]);
  });
});

describe('addresses of the device', () => {
  it('have the length of their prefix, by a pointer or a mask', async () => {
    const { rows } = await reportOf([
      ...row('1.3.6.1.2.1.4.34.1', '1.4.10.0.0.1', { 3: 7, 4: 1 }),
      {
        oid: '1.3.6.1.2.1.4.34.1.5.1.4.10.0.0.1',
        type: ValueType.oid,
        value: '1.3.6.1.2.1.4.32.1.5.7.1.4.10.0.0.0.24',
      },
      ...row('1.3.6.1.2.1.4.34.1', '1.4.10.0.0.255', { 3: 7, 4: 3 }),
      number('1.3.6.1.2.1.4.20.1.2.10.0.0.1', 7),
      number('1.3.6.1.2.1.4.20.1.2.192.168.0.1', 8),
      { oid: '1.3.6.1.2.1.4.20.1.3.192.168.0.1', type: ValueType.ipAddress, value: '255.255.254.0' },
      // A FortiGate has one more number behind the address.
      number('1.3.6.1.2.1.4.20.1.2.172.18.57.126.1', 9),
      { oid: '1.3.6.1.2.1.4.20.1.1.172.18.57.126.1', type: ValueType.ipAddress, value: '172.18.57.126' },
    ]);
    expect(rows.addresses).toEqual([
      { address: '10.0.0.1', prefix_length: 24, if_index: 7 },
      { address: '172.18.57.126', prefix_length: null, if_index: 9 },
      { address: '192.168.0.1', prefix_length: 23, if_index: 8 },
    ]);
  });
});

describe('a stack', () => {
  const part = (index: number, cells: Parameters<typeof row>[2]) =>
    row('1.3.6.1.2.1.47.1.1.1.1', index, cells);

  it('has the chassis below it as members, and the serial number of its first one', async () => {
    const { rows, system } = await reportOf([
      ...part(1, { 4: 0, 5: 11, 7: 'Stack' }),
      ...part(1000, { 4: 1, 5: 3, 7: 'Switch 1', 11: 'S-1', 13: 'C9300' }),
      ...part(2000, { 4: 1, 5: 3, 2: 'second', 11: 'S-2', 13: 'C9300' }),
      ...part(2001, { 4: 2000, 5: 9, 11: 'M-1' }),
    ]);
    expect(rows.stack_members).toEqual([
      { index: 1000, name: 'Switch 1', serial: 'S-1', model: 'C9300' },
      { index: 2000, name: 'second', serial: 'S-2', model: 'C9300' },
    ]);
    expect(system.serial).toBe('S-1');
  });

  it('is none where there is one chassis', async () => {
    const { rows, system, tables } = await reportOf(part(1, { 4: 0, 5: 3, 11: 'S-1' }));
    expect([rows.stack_members, system.serial, tables.stack_members.state]).toEqual([[], 'S-1', 'whole']);
  });
});
