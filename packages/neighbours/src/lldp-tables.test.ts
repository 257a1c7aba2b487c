import { describe, expect, it } from 'vitest';
import { hex, number, octets, reportOf, row, text } from './made-up.test-support.ts';

const REMOTE = '1.0.8802.1.1.2.1.4.1.1';
const ADDRESS = '1.0.8802.1.1.2.1.4.2.1';
const PORT = '1.0.8802.1.1.2.1.3.7.1';

const HALL = {
  4: 4,
  5: hex('001122334455'),
  6: 5,
  7: 'Gi1/0/4',
  8: 'to the hall',
  9: 'hall',
  10: 'Switch OS 3',
  11: hex('2800'),
  12: hex('2000'),
};

describe('the neighbours of LLDP-MIB', () => {
  it('have the port, the ids by their subtype, and what is switched on of what they can do', async () => {
    const { rows, tables } = await reportOf(row(REMOTE, '4711.12.3', HALL));
    expect(rows.lldp_neighbours).toEqual([
      {
        port_number: 12,
        if_index: null,
        chassis: { subtype: 4, text: '00:11:22:33:44:55' },
        port: { subtype: 5, text: 'Gi1/0/4' },
        port_description: 'to the hall',
        system_name: 'hall',
        system_description: 'Switch OS 3',
        capabilities: ['bridge'],
        management_addresses: [],
      },
    ]);
    expect(tables.lldp_neighbours).toEqual({ state: 'whole', rows: 1, left_out: 0, reason: null });
  });

  it('have the addresses that only the index of another table tells, with and without their length', async () => {
    const { rows, tables } = await reportOf([
      ...row(REMOTE, '0.12.3', HALL),
      number(`${ADDRESS}.3.0.12.3.1.4.10.0.0.7`, 2),
      number(`${ADDRESS}.3.0.12.3.1.10.0.0.8`, 2),
      number(`${ADDRESS}.3.0.12.3.2.16.254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.1`, 2),
      number(`${ADDRESS}.3.0.12.3.6.6.0.17.34.51.68.85`, 2),
      number(`${ADDRESS}.4.0.12.3.1.4.10.0.0.7`, 44),
      number(`${ADDRESS}.3.0.12.3.1.4.10.0.0.999`, 2),
      number(`${ADDRESS}.3.0.99.1.1.4.10.9.9.9`, 2),
    ]);
    expect(rows.lldp_neighbours[0]?.management_addresses).toEqual([
      '10.0.0.7',
      '10.0.0.8',
      'fe80::1',
      '00:11:22:33:44:55',
    ]);
    expect(tables.lldp_neighbours).toMatchObject({
      state: 'whole',
      left_out: 1,
      reason: 'Left out: a management address of no known kind.',
    });
  });

  it('are one where the same is heard on the same port, whatever their time marks', async () => {
    const { rows } = await reportOf([
      ...row(REMOTE, '100.12.3', { ...HALL, 8: '' }),
      ...row(REMOTE, '900.12.8', HALL),
      ...row(REMOTE, '900.13.1', HALL),
      number(`${ADDRESS}.3.100.12.3.1.4.10.0.0.7`, 2),
      number(`${ADDRESS}.3.900.12.8.1.4.10.0.0.8`, 2),
    ]);
    expect(
      rows.lldp_neighbours.map(({ port_number, ...one }) => [port_number, one.port_description]),
    ).toEqual([
      [12, 'to the hall'],
      [13, 'to the hall'],
    ]);
    expect(rows.lldp_neighbours[0]?.management_addresses).toEqual(['10.0.0.7', '10.0.0.8']);
  });

  it.each([
    ['a MAC address that is written out', 4, 'B8:69:F4:7F:41:70', 'b8:69:f4:7f:41:70'],
    ["a MAC address in Cisco's way", 4, 'b869.f47f.4170', 'b8:69:f4:7f:41:70'],
    ['a network address', 5, hex('010a000007'), '10.0.0.7'],
    ['an IPv6 network address', 5, hex('02fe800000000000000000000000000001'), 'fe80::1'],
    ['a network address without its family', 5, hex('0a000007'), '10.0.0.7'],
    ['a MAC address under a wrong subtype', 7, hex('b869f47f4170'), 'b8:69:f4:7f:41:70'],
    ['a name under the subtype of MAC addresses', 4, 'switch.example.com', 'switch.example.com'],
    ['a name that zeros fill up', 7, hex('6d676d74300000000000'), 'mgmt0'],
    ['octets that are nothing', 7, hex('8001ff'), '80:01:ff'],
    ['zeros', 7, hex('00000000'), ''],
  ])('are known by %s', async (_, subtype, id, shown) => {
    const { rows } = await reportOf(row(REMOTE, '0.1.1', { ...HALL, 4: subtype, 5: id }));
    expect(rows.lldp_neighbours[0]?.chassis).toEqual({ subtype, text: shown });
  });

  it('lose a row that says nothing, and one without a port, and tell of both', async () => {
    const { rows, tables } = await reportOf([
      ...row(REMOTE, '0.1.1', HALL),
      ...row(REMOTE, '0.2.0', { 4: 0, 5: '', 6: 0, 7: '', 9: '' }),
      ...row(REMOTE, '0.3', HALL),
    ]);
    expect(rows.lldp_neighbours).toHaveLength(1);
    expect(tables.lldp_neighbours).toMatchObject({ state: 'whole', rows: 1, left_out: 2 });
    expect(tables.lldp_neighbours.reason).toContain('a neighbour that says nothing of itself');
    expect(tables.lldp_neighbours.reason).toContain('a neighbour whose row does not tell its port');
  });

  it('of RouterOS are on the interface that its own table names', async () => {
    const { rows } = await reportOf([
      ...row(REMOTE, '7', HALL),
      ...row(REMOTE, '0.0.9', { ...HALL, 5: hex('00112233aaaa') }),
      number('1.3.6.1.4.1.14988.1.1.11.1.1.8.7', 15),
      number('1.3.6.1.4.1.14988.1.1.11.1.1.8.9', 16),
    ]);
    expect(rows.lldp_neighbours.map(({ port_number, if_index }) => [port_number, if_index])).toEqual([
      [0, 16],
      [0, 15],
    ]);
  });
});

describe('the ports of LLDP-MIB', () => {
  it('have numbers of their own, and tell whether LLDP is on', async () => {
    const { rows } = await reportOf([
      ...row(PORT, 501, { 2: 5, 3: 'Gi1/0/1', 4: 'first' }),
      ...row(PORT, 502, { 2: 3, 3: hex('001122334455') }),
      number('1.0.8802.1.1.2.1.1.6.1.2.501', 3),
      number('1.0.8802.1.1.2.1.1.6.1.2.502', 4),
    ]);
    expect(rows.lldp_ports).toEqual([
      {
        port_number: 501,
        if_index: null,
        id: { subtype: 5, text: 'Gi1/0/1' },
        description: 'first',
        admin_status: 3,
      },
      {
        port_number: 502,
        if_index: null,
        id: { subtype: 3, text: '00:11:22:33:44:55' },
        description: null,
        admin_status: 4,
      },
    ]);
  });
});

describe('LLDP-V2-MIB', () => {
  const V2 = '1.3.111.2.802.1.1.13.1';
  const remote = Object.fromEntries(
    Object.entries(HALL).map(([column, value]) => [Number(column) + 1, value]),
  );

  it('names the interface of a neighbour, and goes before LLDP-MIB where it knows as many', async () => {
    const { rows } = await reportOf([
      ...row(REMOTE, '0.501.1', HALL),
      ...row(`${V2}.4.1.1`, '77.9.1.1', remote),
      number(`${V2}.4.2.1.3.77.9.1.1.1.4.10.0.0.7`, 2),
      ...row(`${V2}.3.7.1`, 9, { 2: 5, 3: 'ge-0/0/9' }),
      number(`${V2}.1.8.1.3.9.1`, 1),
    ]);
    expect(rows.lldp_neighbours).toMatchObject([
      { port_number: 9, if_index: 9, system_name: 'hall', management_addresses: ['10.0.0.7'] },
    ]);
    expect(rows.lldp_ports).toMatchObject([{ port_number: 9, if_index: 9, admin_status: 1 }]);
  });

  it('is passed over where LLDP-MIB knows more', async () => {
    const { rows } = await reportOf([
      ...row(REMOTE, '0.501.1', HALL),
      ...row(REMOTE, '0.502.1', HALL),
      ...row(`${V2}.4.1.1`, '77.9.1.1', remote),
    ]);
    expect(rows.lldp_neighbours.map(({ port_number }) => port_number)).toEqual([501, 502]);
  });
});

describe('a TP-Link switch without LLDP-MIB', () => {
  it('is read by its own table, which has words for what others number', async () => {
    const { rows } = await reportOf(
      row('1.3.6.1.4.1.11863.6.35.1.2.2.1', '49180.1', {
        3: 'MAC address',
        4: 'E8:28:C1:26:B9:C0',
        5: 'Interface name',
        6: 'gi1/0/1',
        8: 'uplink',
        9: 'sw22',
        10: 'Managed Switch',
        12: 'Bridge WLAN Access Point Router Station Only',
        13: '169.254.254.22',
      }),
    );
    expect(rows.lldp_neighbours).toEqual([
      {
        port_number: 49180,
        if_index: 49180,
        chassis: { subtype: 4, text: 'e8:28:c1:26:b9:c0' },
        port: { subtype: 5, text: 'gi1/0/1' },
        port_description: 'uplink',
        system_name: 'sw22',
        system_description: 'Managed Switch',
        capabilities: ['bridge', 'wlan', 'router', 'station'],
        management_addresses: ['169.254.254.22'],
      },
    ]);
  });
});

describe('whether a device has LLDP', () => {
  it('is told apart from whether it hears anybody', async () => {
    const on = await reportOf([
      number('1.0.8802.1.1.2.1.3.1.0', 4),
      octets('1.0.8802.1.1.2.1.3.2.0', '001122334455'),
    ]);
    expect([on.tables.lldp_neighbours.state, on.tables.lldp_ports.state]).toEqual(['whole', 'whole']);
    expect(on.system.chassis).toEqual({ subtype: 4, text: '00:11:22:33:44:55' });
    const off = await reportOf([text('1.3.6.1.2.1.1.1.0', 'plain')]);
    expect([off.tables.lldp_neighbours.state, off.tables.lldp_ports.state]).toEqual(['absent', 'absent']);
  });
});
