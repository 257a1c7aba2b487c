import { describe, expect, it } from 'vitest';
import { isTellingAddress, macOfLinkLocal, plainAddress } from './network-address.ts';
import { portForms } from './port-name.ts';

function isOnePort(a: string, b: string): boolean {
  return portForms(a).some((form) => portForms(b).includes(form));
}

describe('names of ports', () => {
  it.each([
    ['Gi1/0/4', 'GigabitEthernet1/0/4'],
    ['gi1/0/4', 'Gi1/0/04'],
    ['Te1/1/1', 'TenGigabitEthernet1/1/1'],
    ['XGE1/0/49', 'Ten-GigabitEthernet1/0/49'],
    ['Eth 1/1', 'Ethernet1/1'],
    ['Po10', 'port-channel10'],
    ['Hu0/0/0/1', 'HundredGigE0/0/0/1'],
    ['ge-0/0/1', 'ge-0/0/1.0'],
    ['1:3', '1/3'],
    ['A1', 'a1'],
    ['bridge1/ether5', 'ether5'],
    ['lan/sfp-sfpplus1', 'sfp-sfpplus1'],
    ['eth0@if7', 'eth0'],
    ['1/1/1, 10-Gig Ethernet', '1/1/1'],
    ['Unit: 1 Slot: 0 Port: 12 Gigabit', '1/0/12'],
    ['Port 5 on Unit 1', '1/5'],
  ])('takes %s and %s for one port', (a, b) => {
    expect(isOnePort(a, b)).toBe(true);
  });

  it.each([
    ['Gi1/0/4', 'Gi1/0/14'],
    ['Gi1/0/4', 'Te1/0/4'],
    ['ge-0/0/1', 'xe-0/0/1'],
    ['A1', 'B1'],
    ['1/3', '13'],
    ['ether1', 'ether11'],
  ])('tells %s from %s', (a, b) => {
    expect(isOnePort(a, b)).toBe(false);
  });

  it('reads any text without an error', () => {
    for (const text of ['', ' ', '/', '::', 'port', '\u202e', 'x'.repeat(70_000), '0'.repeat(5_000)])
      expect(Array.isArray(portForms(text))).toBe(true);
  });
});

describe('addresses', () => {
  it('writes IPv6 in one way', () => {
    expect(plainAddress('FE80:0:0:0:0211:22ff:fe33:4455%3')).toBe('fe80::211:22ff:fe33:4455');
    expect(plainAddress('2001:db8:0:1:0:0:0:1')).toBe('2001:db8:0:1::1');
    expect(plainAddress('10.0.0.1')).toBe('10.0.0.1');
    expect(plainAddress('no:address')).toBe('no:address');
  });

  it('finds the MAC address in a link-local one', () => {
    expect(macOfLinkLocal('fe80::211:22ff:fe33:4455')).toBe('00:11:22:33:44:55');
    expect(macOfLinkLocal('fe80::1')).toBeUndefined();
  });

  it('takes no loopback, self-assigned or hand-made link-local address for a mark of a device', () => {
    for (const address of ['127.0.0.1', '169.254.1.2', '0.0.0.0', '::1', 'fe80::1', '224.0.0.5', ''])
      expect(isTellingAddress(address)).toBe(false);
    for (const address of ['10.0.0.1', '2001:db8::1', 'fe80::211:22ff:fe33:4455'])
      expect(isTellingAddress(address)).toBe(true);
  });
});

it('a long name is cut between its letters, so that it can be kept as text', () => {
  const long = `${'p'.repeat(199)}\u{1f50c}`;
  expect(portForms(long).every((form) => form.isWellFormed())).toBe(true);
});
