import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { byTurns, OutboundGuard } from './outbound-guard.ts';

describe('a call', () => {
  test.each([
    '127.0.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '169.254.169.254',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    'fe80::1',
    'fe80::1%eth0',
    'fe80::1%br_lan',
    'ff02::1',
    'localhost',
  ])('to %s is refused', async (host) => {
    await expect(new OutboundGuard().resolve(host)).rejects.toMatchObject({ reason: 'forbidden' });
  });

  test.each(['10.0.0.1', '192.168.1.1', '8.8.8.8', '2001:db8::1', 'fd00::1'])(
    'to %s passes',
    async (host) => {
      expect(await new OutboundGuard().resolve(host)).toEqual([host]);
    },
  );

  test('to a name that does not resolve says so', async () => {
    await expect(new OutboundGuard().resolve('no-such-name.invalid')).rejects.toMatchObject({
      reason: 'dns',
    });
  });

  test('to a network that is allowed passes, and to no other', async () => {
    const guard = new OutboundGuard({ allow: ['127.0.0.0/8', 'fe80::/10'] });
    expect(await guard.resolve('127.0.0.1')).toEqual(['127.0.0.1']);
    expect(await guard.resolve('::ffff:127.0.0.1')).toEqual(['::ffff:127.0.0.1']);
    expect(await guard.resolve('fe80::1%eth0')).toEqual(['fe80::1%eth0']);
    await expect(guard.resolve('::1')).rejects.toMatchObject({ reason: 'forbidden' });
    await expect(guard.resolve('169.254.169.254')).rejects.toMatchObject({ reason: 'forbidden' });
  });

  test('goes to those addresses of a name that pass', async () => {
    const names = { find: () => Promise.resolve(['127.0.0.1', '10.0.0.9', '::1']) };
    expect(await new OutboundGuard({ names }).resolve('mixed.test')).toEqual(['10.0.0.9']);
  });

  test('is refused with the words of whoever guards', async () => {
    const guard = new OutboundGuard({ refusal: (address) => `not to ${address}` });
    await expect(guard.resolve('127.0.0.1')).rejects.toThrow('not to 127.0.0.1');
  });
});

describe('a port of our own', () => {
  const names = {
    find: (host: string) => Promise.resolve(host === 'db.test' ? ['10.0.0.5'] : [host]),
  };
  const guard = (allow: readonly string[] = []) =>
    new OutboundGuard({
      names,
      allow,
      own: [
        { host: '127.0.0.1', port: 8443 },
        { host: 'db.test', port: 5432 },
      ],
    });

  test('is refused on its host, by name and by address', async () => {
    for (const host of ['db.test', '10.0.0.5', '::ffff:10.0.0.5']) {
      await expect(guard().resolve(host, { port: 5432 })).rejects.toMatchObject({ reason: 'forbidden' });
    }
    expect(await guard().resolve('10.0.0.5', { port: 5433 })).toEqual(['10.0.0.5']);
    expect(await guard().resolve('10.0.0.6', { port: 5432 })).toEqual(['10.0.0.6']);
  });

  test('is refused at each address of this machine', async () => {
    const addresses = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    const outer = addresses.filter(({ internal, address }) => !internal && !address.startsWith('fe80'));
    const checked = [...outer.map(({ address }) => address), '127.0.0.1'];
    for (const host of checked) {
      await expect(guard().resolve(host, { port: 8443 })).rejects.toMatchObject({ reason: 'forbidden' });
    }
    for (const { address } of outer) {
      expect(await guard().resolve(address, { port: 8444 })).toEqual([address]);
    }
  });

  test('is reached where its network is allowed', async () => {
    expect(await guard(['10.0.0.5/32']).resolve('db.test', { port: 5432 })).toEqual(['10.0.0.5']);
  });
});

test('the addresses of a name are tried family by family', () => {
  expect(byTurns(['2001:db8::1', '2001:db8::2', '2001:db8::3', '192.0.2.1'])).toEqual([
    '2001:db8::1',
    '192.0.2.1',
    '2001:db8::2',
    '2001:db8::3',
  ]);
  expect(byTurns(['192.0.2.1', '2001:db8::1', '2001:db8::2'])).toEqual([
    '192.0.2.1',
    '2001:db8::1',
    '2001:db8::2',
  ]);
  expect(byTurns(['192.0.2.1'])).toEqual(['192.0.2.1']);
  expect(byTurns([])).toEqual([]);
});
