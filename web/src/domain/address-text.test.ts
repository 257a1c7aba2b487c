import { describe, expect, it } from 'vitest';
import { readAddress, whereAddress } from './address-text.ts';

describe('a text that is an address', () => {
  it('is a MAC address in any of its forms', () => {
    const same = { mac: '00:1b:21:aa:bb:0c' };
    for (const text of [
      '00:1B:21:AA:BB:0C',
      '00-1b-21-aa-bb-0c',
      '001b.21aa.bb0c',
      '001b21aabb0c',
      ' 001b-21aa-bb0c ',
    ])
      expect(readAddress(text)).toEqual(same);
  });

  it('is an IP address of either kind', () => {
    expect(readAddress('192.168.1.10')).toEqual({ ip: '192.168.1.10' });
    expect(readAddress('2001:DB8::1')).toEqual({ ip: '2001:db8::1' });
    expect(readAddress('fe80::1')).toEqual({ ip: 'fe80::1' });
  });

  it('is none where it is something else', () => {
    for (const text of [
      '',
      'sw-core-1',
      '10.0.0',
      '10.0.0.256',
      '1.2.3.4.',
      '12:30',
      '12345678901',
      '00:1b:21:aa:bb',
      'add:',
      'gg:1b:21:aa:bb:0c',
    ])
      expect([text, readAddress(text)]).toEqual([text, undefined]);
  });

  it('leads to the page that finds it', () => {
    expect(whereAddress({ mac: '00:1b:21:aa:bb:0c' })).toBe('/topology/where?q=00%3A1b%3A21%3Aaa%3Abb%3A0c');
  });
});
