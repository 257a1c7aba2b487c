import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { addressFamily, HostAddress } from './host-address.ts';

const NOBODY = () => Promise.reject(new Error('ENOTFOUND'));

function known(host: string): string | undefined {
  return new HostAddress({ host }, NOBODY).known();
}

const linked = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
  (addresses ?? []).flatMap((one) =>
    one.family === 'IPv6' && one.scopeid !== 0 ? [{ name, scopeid: one.scopeid }] : [],
  ),
)[0];

test('an address is one whatever the interface of its zone is called', () => {
  expect(['192.0.2.1', '2001:db8::1', 'fe80::1%br_lan', 'fe80::1%2'].map(addressFamily)).toEqual([
    4, 6, 6, 6,
  ]);
  expect(['switch.test', '192.0.2.1%eth0', 'fe80::1%a b', 'fe80::1%'].map(addressFamily)).toEqual([
    0, 0, 0, 0,
  ]);
});

test('an address is known at once, as senders are named', () => {
  expect(known('192.0.2.1')).toBe('192.0.2.1');
  expect(known('2001:DB8:0::1')).toBe('2001:db8::1');
  expect(known('FE80::1%no_such')).toBe('fe80::1%no_such');
  expect(known('switch.test')).toBeUndefined();
});

test.skipIf(linked === undefined || process.platform === 'win32')(
  'the number of an interface is its name',
  () => {
    expect(known(`fe80::1%${linked?.scopeid}`)).toBe(`fe80::1%${linked?.name}`);
  },
);

test('the addresses of a name are tried family by family, the silent one last', async () => {
  const found = ['2001:db8::1', '2001:db8::2', '192.0.2.1'];
  const address = new HostAddress({ host: 'dual.test' }, () => Promise.resolve(found));
  expect(await address.find()).toEqual(['2001:db8::1', '192.0.2.1', '2001:db8::2']);
  expect([address.hasChoice, address.known()]).toEqual([true, undefined]);
  address.prove('192.0.2.1');
  expect(address.known()).toBe('192.0.2.1');
  address.doubt('192.0.2.1');
  expect(address.known()).toBeUndefined();
  expect(await address.find()).toEqual(['2001:db8::1', '2001:db8::2', '192.0.2.1']);
});
