import { type DeviceSpec, MibImage, type MibObject, type Plant, startPlant } from '@stratora/simulator';
import { createSnmpManager, RequestBudget, type SnmpManager, ValueType } from '@stratora/snmp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressesKey, readOwnAddresses } from './own-addresses.ts';

const ADDRESS = '127.85.0.1';
let manager: SnmpManager;
let plant: Plant | undefined;

beforeEach(() => {
  manager = createSnmpManager();
});
afterEach(async () => {
  await manager.close();
  await plant?.stop();
});

async function read(objects: readonly MibObject[], spec: Partial<DeviceSpec> = {}) {
  plant = await startPlant({ devices: [{ address: ADDRESS, image: new MibImage(objects), ...spec }] });
  const session = manager.session({
    host: ADDRESS,
    port: plant.port,
    version: 2,
    community: 'public',
    timeoutMs: 1_000,
    retries: 1,
  });
  return readOwnAddresses(session, {
    budget: new RequestBudget({ durationMs: 60_000 }),
    signal: new AbortController().signal,
  });
}

function old(address: string): MibObject {
  return { oid: `1.3.6.1.2.1.4.20.1.1.${address}`, type: ValueType.ipAddress, value: address };
}
function typed(index: string, type: number): MibObject {
  return { oid: `1.3.6.1.2.1.4.34.1.4.${index}`, type: ValueType.integer, value: type };
}
function number(oid: string): MibObject {
  return { oid, type: ValueType.integer, value: 1 };
}

describe('the addresses of a device', () => {
  it('are those of both tables, without loopback, link-local, broadcast and anycast', async () => {
    const own = await read([
      old('10.0.0.1'),
      old('127.0.0.1'),
      old('169.254.3.4'),
      typed('1.4.10.0.0.255', 3),
      typed('1.4.10.1.0.1', 1),
      typed('2.16.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.1', 1),
      typed('2.16.254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.1', 1),
    ]);
    expect(own).toEqual({ addresses: ['10.0.0.1', '10.1.0.1', '2001:db8::1'], isWhole: true });
  });

  it('are not those that it shares by VRRP or HSRP', async () => {
    const own = await read([
      old('10.0.0.2'),
      old('10.0.0.1'),
      old('10.1.0.1'),
      old('10.2.0.1'),
      number('1.3.6.1.2.1.68.1.4.1.2.3.7.10.0.0.1'),
      number('1.3.6.1.2.1.207.1.1.2.1.2.3.7.1.4.10.1.0.1'),
      { oid: '1.3.6.1.4.1.9.9.106.1.2.1.1.11.3.7', type: ValueType.ipAddress, value: '10.2.0.1' },
    ]);
    expect(own.addresses).toEqual(['10.0.0.2']);
  });

  it('are no key where the table was not read to its end, or has not the address that was asked', async () => {
    const own = { addresses: ['10.0.0.1', '10.0.0.9'], isWhole: true };
    expect(addressesKey(own, '10.0.0.9')).toEqual({ kind: 'addresses', value: '10.0.0.1,10.0.0.9' });
    expect(addressesKey(own, '10.0.0.2')).toBeUndefined();
    expect(addressesKey({ ...own, isWhole: false }, '10.0.0.9')).toBeUndefined();
  });

  it('of a device without such tables are none, and of one that breaks off as far as they came', async () => {
    expect(await read([number('1.3.6.1.2.1.2.1.0')])).toEqual({ addresses: [], isWhole: true });
  });
});
