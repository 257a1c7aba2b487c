import { describe, expect, it } from 'vitest';
import { engineKey, keysOf, macText, serialKey } from './identity-keys.ts';

const octets = (hex: string): Buffer => Buffer.from(hex.replaceAll(/[^0-9a-f]/g, ''), 'hex');
const NOTHING = {
  engineId: undefined,
  bridgeAddress: undefined,
  chassisSubtype: undefined,
  chassisId: undefined,
};

describe('what identifies a device', () => {
  it('are its engine, its base address and its chassis, the strongest first', () => {
    const keys = keysOf({
      engineId: octets('80001f8804 72 6f 75 74'),
      bridgeAddress: octets('00:1b:21:aa:bb:01'),
      chassisSubtype: 4,
      chassisId: octets('00:1b:21:aa:bb:00'),
    });
    expect(keys).toEqual([
      { kind: 'engine_id', value: '80001f8804726f7574' },
      { kind: 'base_mac', value: '00:1b:21:aa:bb:01' },
      { kind: 'base_mac', value: '00:1b:21:aa:bb:00' },
    ]);
  });

  it('are no names: a chassis id of a subtype that holds one tells nothing', () => {
    for (const chassisSubtype of [2, 3, 6, 7])
      expect(keysOf({ ...NOTHING, chassisSubtype, chassisId: Buffer.from('core-1') })).toEqual([]);
    expect(keysOf({ ...NOTHING, chassisSubtype: 1, chassisId: Buffer.from('FOC1234X0AB') })).toEqual([
      { kind: 'chassis_id', value: '1:FOC1234X0AB' },
    ]);
    expect(keysOf({ ...NOTHING, chassisSubtype: 5, chassisId: octets('01 0a 00 00 01') })).toEqual([
      { kind: 'chassis_id', value: '5:10.0.0.1' },
    ]);
    expect(keysOf({ ...NOTHING, chassisSubtype: 5, chassisId: octets('01 7f 00 00 01') })).toEqual([]);
  });

  it.each([
    ['00:00:5e:00:01:0a', 'VRRP'],
    ['00:00:5e:00:02:0a', 'VRRP for IPv6'],
    ['00:00:0c:07:ac:05', 'HSRP'],
    ['00:00:0c:9f:f0:01', 'HSRP, version 2'],
    ['00:05:73:a0:00:01', 'HSRP for IPv6'],
    ['00:07:b4:00:01:02', 'GLBP'],
    ['02:bf:0a:00:00:01', 'a cluster'],
    ['00:00:00:00:00:00', 'nobody'],
    ['01:80:c2:00:00:0e', 'a group'],
    ['ff:ff:ff:ff:ff:ff', 'all'],
  ])('is not the MAC address %s of %s', (mac) => {
    expect(macText(octets(mac))).toBeUndefined();
  });

  it('is no engine that is made of nothing or of a loopback address', () => {
    expect(engineKey(octets('80 00 1f 88 01 7f 00 00 01'))).toBeUndefined();
    expect(engineKey(octets('80 00 1f 88 05 00 00 00 00 00'))).toBeUndefined();
    expect(engineKey(octets('80 00 1f'))).toBeUndefined();
    expect(engineKey(Buffer.alloc(33, 7))).toBeUndefined();
    expect(engineKey(octets('80 00 1f 88 01 0a 00 00 01'))).toBe('80001f88010a000001');
  });

  it('is a serial number with its vendor alone', () => {
    expect(serialKey({ vendor: 'Cisco', serial: 'FOC1' })).toEqual({ kind: 'serial', value: 'cisco:FOC1' });
    expect(serialKey({ vendor: null, serial: 'FOC1' })).toBeUndefined();
    expect(serialKey({ vendor: 'Cisco', serial: null })).toBeUndefined();
  });
});
