import { type CaptureObject, ValueType } from '@stratora/snmp';
import { describe, expect, it } from 'vitest';
import { hex, number, octets, reportOf, row, text } from './made-up.test-support.ts';

const CDP = '1.3.6.1.4.1.9.9.23.1.2.1.1';

describe('the neighbours of CDP', () => {
  it('have their names, addresses and capabilities', async () => {
    const { rows } = await reportOf(
      row(CDP, '10101.7', {
        3: 1,
        4: hex('0a000007'),
        5: 'IOS 15.2',
        6: 'hall.example.net',
        7: 'GigabitEthernet0/1',
        8: 'cisco WS-C2960X',
        9: hex('00000029'),
        11: 1,
        17: 'hall',
        20: hex('0a000107'),
        22: hex('fe800000000000000000000000000001'),
      }),
    );
    expect(rows.cdp_neighbours).toEqual([
      {
        if_index: 10101,
        device_id: 'hall.example.net',
        port: 'GigabitEthernet0/1',
        platform: 'cisco WS-C2960X',
        version: 'IOS 15.2',
        system_name: 'hall',
        address: '10.0.0.7',
        management_addresses: ['10.0.1.7', 'fe80::1'],
        capabilities: ['router', 'switch', 'igmp'],
        native_vlan: 1,
      },
    ]);
  });

  it('are read although octets stand the other way round, an id is a MAC address, or an address is none', async () => {
    const { rows, tables } = await reportOf([
      ...row(CDP, '1.1', { 6: 'a', 9: hex('29000000'), 4: hex('00000000') }),
      ...row(CDP, '2.1', { 6: hex('e839351aca99'), 7: hex('e839351aca99'), 9: '0', 4: '' }),
      ...row(CDP, '3.1', { 6: 'c', 4: hex('616263646566') }),
      ...row(CDP, '4.1', { 6: '', 7: 'Gi0/1' }),
    ]);
    expect(
      rows.cdp_neighbours.map(({ device_id, address, capabilities }) => [device_id, address, capabilities]),
    ).toEqual([
      ['a', null, ['router', 'switch', 'igmp']],
      ['e8:39:35:1a:ca:99', null, []],
      ['c', null, []],
    ]);
    expect(tables.cdp_neighbours.left_out).toBe(2);
  });

  it('are none, for a reason, where CDP is off', async () => {
    const { tables, system } = await reportOf([
      number('1.3.6.1.4.1.9.9.23.1.3.1.0', 2),
      text('1.3.6.1.4.1.9.9.23.1.3.4.0', 'core'),
    ]);
    expect(tables.cdp_neighbours).toMatchObject({
      state: 'whole',
      rows: 0,
      reason: 'CDP is switched off on the device.',
    });
    expect(system.cdp_device_id).toBe('core');
  });
});

describe('interfaces', () => {
  const IF = '1.3.6.1.2.1.2.2.1';
  const IF_X = '1.3.6.1.2.1.31.1.1.1';

  it('are those of both tables, and a speed beyond 32 bits is the one in megabits', async () => {
    const gauge = (oid: string, value: number): CaptureObject => ({ oid, type: ValueType.gauge32, value });
    const { rows } = await reportOf([
      ...row(IF, 1, { 2: 'GigabitEthernet0/1', 3: 6, 6: hex('001122334455'), 7: 1, 8: 1 }),
      gauge(`${IF}.5.1`, 4_294_967_295),
      gauge(`${IF_X}.15.1`, 100_000),
      text(`${IF_X}.1.1`, 'Gi0/1'),
      text(`${IF_X}.18.1`, 'uplink \u202eevil'),
      ...row(IF, 2, { 2: 'lo', 3: 24, 6: '', 7: 1, 8: 1 }),
      gauge(`${IF}.5.2`, 10_000_000),
      text(`${IF_X}.1.7`, 'only here'),
    ]);
    expect(rows.interfaces).toMatchObject([
      { if_index: 1, name: 'Gi0/1', alias: 'uplink evil', mac_address: '00:11:22:33:44:55', speed_bps: 1e11 },
      { if_index: 2, name: null, mac_address: null, speed_bps: 10_000_000 },
      { if_index: 7, name: 'only here', description: null, oper_status: null, speed_bps: null },
    ]);
  });
});

describe('the names of a device', () => {
  it('are all that neighbours may call it by', async () => {
    const { system } = await reportOf([
      text('1.3.6.1.2.1.1.1.0', 'Switch OS\r\nsecond line'),
      { oid: '1.3.6.1.2.1.1.2.0', type: ValueType.oid, value: '1.3.6.1.4.1.9.1.1208' },
      { oid: '1.3.6.1.2.1.1.3.0', type: ValueType.timeTicks, value: 123_456 },
      text('1.3.6.1.2.1.1.5.0', 'hall'),
      octets('1.3.6.1.6.3.10.2.1.1.0', '8000000903001122334455'),
      octets('1.3.6.1.2.1.17.1.1.0', '000000000000'),
      text('1.0.8802.1.1.2.1.3.3.0', 'hall.example.net'),
    ]);
    expect(system).toEqual({
      system_name: 'hall',
      system_description: 'Switch OS second line',
      system_object_id: '1.3.6.1.4.1.9.1.1208',
      chassis: null,
      lldp_name: 'hall.example.net',
      cdp_device_id: null,
      base_mac: null,
      engine_id: '8000000903001122334455',
      serial: null,
      uptime_seconds: 1234,
    });
  });
});
