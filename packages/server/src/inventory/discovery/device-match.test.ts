import { type FoundDeviceInput, foundDeviceSchema } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { DeviceBook } from './device-book.ts';
import type { KnownDevice } from './known-device.ts';

type Finding = Partial<FoundDeviceInput> & { address: string };

const IDENTITY = {
  vendor: 'Cisco',
  model: 'C9300',
  serial: 'FOC1234X0AB',
  firmware: '17.9',
  os: 'IOS XE',
  family: 'cisco-ios',
  device_type: 'switch',
  template: 'generic-snmp',
  confidence: 90,
  reasons: ['sysObjectID'],
} as const;

/** A job whose runs are played in memory. */
class Network {
  devices: KnownDevice[] = [];
  #made = 0;

  run(runId: string, findings: readonly Finding[]): this {
    for (const finding of findings) {
      const book = new DeviceBook(this.devices, {
        runId,
        snmpPort: 161,
        newId: () => `d${(this.#made += 1)}`,
      });
      book.add(foundDeviceSchema.parse({ found_by: ['snmp'], seen_at: '2026-11-30T09:00:00Z', ...finding }));
      const changed = new Map(book.changed.map((device) => [device.id, device]));
      this.devices = [
        ...this.devices.filter(({ id }) => !changed.has(id) && !book.absorbed.includes(id)),
        ...changed.values(),
      ];
    }
    return this;
  }

  get shape(): string[] {
    return this.devices
      .map(({ addresses }) =>
        addresses
          .map(({ address }) => address)
          .toSorted()
          .join(' '),
      )
      .filter((shape) => shape !== '')
      .toSorted();
  }
}

const serial = (value: string) => ({ kind: 'serial' as const, value: `cisco:${value}` });
const engine = (value: string) => ({ kind: 'engine_id' as const, value });
const ENGINE = '800000090300aabbccddeeff';

describe('a found device', () => {
  it('is one by its serial number, at however many addresses it answers, with the reason', () => {
    const addresses = Array.from({ length: 8 }, (_, at) => `10.0.${at}.1`);
    const network = new Network().run(
      'r1',
      addresses.map((address) => ({ address, keys: [serial('FOC1234X0AB')], own_addresses: addresses })),
    );
    expect(network.shape).toEqual([addresses.join(' ')]);
    expect(network.devices[0]?.merge_reasons).toContain(
      '10.0.1.1 and 10.0.0.1 have the same serial number (cisco:foc1234x0ab).',
    );
  });

  it('is the same in the next run, also at another address', () => {
    const network = new Network()
      .run('r1', [{ address: '10.0.0.5', keys: [serial('FOC1234X0AB')] }])
      .run('r2', [{ address: '10.0.0.9', keys: [serial('FOC1234X0AB')] }]);
    expect(network.devices).toHaveLength(1);
    expect(network.devices[0]?.ip_address).toBe('10.0.0.9');
  });

  it('is never one by its name alone', () => {
    const network = new Network().run('r1', [
      { address: '10.0.0.5', sys_name: 'switch' },
      { address: '10.0.0.6', sys_name: 'switch' },
    ]);
    expect(network.shape).toEqual(['10.0.0.5', '10.0.0.6']);
  });

  it('is not one by a key that two devices have, now or in a later run', () => {
    const clones = [
      { address: '10.0.0.5', keys: [engine(ENGINE)], own_addresses: ['10.0.0.5'] },
      { address: '10.0.0.6', keys: [engine(ENGINE)], own_addresses: ['10.0.0.6'] },
    ];
    const network = new Network().run('r1', clones).run('r2', clones).run('r3', clones.toReversed());
    expect(network.shape).toEqual(['10.0.0.5', '10.0.0.6']);
  });

  it('is another one where a stronger key differs, whatever the weaker say', () => {
    const network = new Network().run('r1', [
      { address: '10.0.0.5', keys: [serial('AAAA1111'), engine(ENGINE)] },
      { address: '10.0.0.6', keys: [serial('BBBB2222'), engine(ENGINE)] },
    ]);
    expect(network.shape).toEqual(['10.0.0.5', '10.0.0.6']);
  });

  it('takes the address of the one that stood there before', () => {
    const network = new Network()
      .run('r1', [{ address: '10.0.0.5', keys: [serial('AAAA1111')] }])
      .run('r2', [{ address: '10.0.0.5', keys: [serial('BBBB2222')] }]);
    expect(network.devices).toHaveLength(2);
    expect(network.shape).toEqual(['10.0.0.5']);
  });

  it('stays the same where it says less than before: by its address', () => {
    const network = new Network()
      .run('r1', [
        {
          address: '10.0.0.5',
          keys: [serial('AAAA1111')],
          sys_object_id: '1.3.6.1.4.1.9.1.1',
          identity: { ...IDENTITY, reasons: [] },
        },
      ])
      .run('r2', [{ address: '10.0.0.5', keys: [] }]);
    expect(network.devices).toHaveLength(1);
    expect(network.devices[0]).toMatchObject({ vendor: 'Cisco', model: 'C9300', confidence: 90 });
  });

  it('takes in what was found by addresses alone before', () => {
    const network = new Network()
      .run('r1', [{ address: '10.0.0.1' }, { address: '10.0.1.1' }, { address: '10.0.2.1' }])
      .run('r2', [
        { address: '10.0.0.1', keys: [serial('AAAA1111')] },
        { address: '10.0.1.1', keys: [serial('AAAA1111')] },
      ]);
    expect(network.shape).toEqual(['10.0.0.1 10.0.1.1', '10.0.2.1']);
  });

  it('does not take in a phone that has another MAC address', () => {
    const network = new Network()
      .run('r1', [
        { address: '10.0.0.1', keys: [serial('AAAA1111')], mac_address: '00:11:22:33:44:55' },
        { address: '10.0.0.7', mac_address: '00:aa:bb:cc:dd:ee' },
      ])
      .run('r2', [{ address: '10.0.0.7', keys: [serial('AAAA1111')], mac_address: '00:11:22:33:44:55' }]);
    expect(network.devices).toHaveLength(2);
  });

  it('is two where two devices that were apart share nothing, and one where a finding has the keys of both', () => {
    const network = new Network().run('r1', [
      { address: '10.0.0.1', keys: [serial('AAAA1111')] },
      { address: '10.0.0.2', keys: [engine(ENGINE)] },
      { address: '10.0.0.3', keys: [serial('AAAA1111'), engine(ENGINE)] },
    ]);
    expect(network.shape).toEqual(['10.0.0.1 10.0.0.2 10.0.0.3']);
  });

  it('keeps what somebody said: addresses that are pinned stay', () => {
    const network = new Network().run('r1', [
      { address: '10.0.0.1', keys: [serial('AAAA1111')] },
      { address: '10.0.0.2', keys: [serial('BBBB2222')] },
    ]);
    for (const device of network.devices) for (const address of device.addresses) address.is_pinned = true;
    network.run('r2', [
      { address: '10.0.0.1', keys: [serial('CCCC3333')] },
      { address: '10.0.0.2', keys: [serial('CCCC3333')] },
    ]);
    expect(network.shape).toEqual(['10.0.0.1', '10.0.0.2']);
  });

  it('is not told by what many devices have alike', () => {
    const keys = [
      serial('To Be Filled By O.E.M.'),
      serial('0000000'),
      engine('80000000000000000000'),
      { kind: 'base_mac' as const, value: '00:00:5e:00:01:0a' },
      { kind: 'base_mac' as const, value: '01:80:c2:00:00:0e' },
      { kind: 'addresses' as const, value: '127.0.0.1,169.254.1.1' },
      { kind: 'addresses' as const, value: '192.168.1.1' },
    ];
    const network = new Network().run('r1', [
      { address: '10.0.0.1', keys },
      { address: '10.0.0.2', keys },
    ]);
    expect(network.shape).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(network.devices.every((device) => device.keys.length === 0)).toBe(true);
  });

  it('holds nothing of what a hostile device says that could do harm where it is shown', () => {
    const network = new Network().run('r1', [{ address: '10.0.0.1', sys_name: 'a\u001b[2J\u202eb\u0000' }]);
    expect(network.devices[0]?.sys_name).toBe('a[2Jb');
  });
});
