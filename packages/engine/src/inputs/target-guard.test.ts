import { describe, expect, test } from 'vitest';
import { byTurns, TargetGuard } from './target-guard.ts';

describe('targets of checks', () => {
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
  ])('%s is refused', async (host) => {
    await expect(new TargetGuard().resolve(host)).rejects.toMatchObject({ reason: 'forbidden' });
  });

  test.each(['10.0.0.1', '192.168.1.1', '8.8.8.8', '2001:db8::1', 'fd00::1'])('%s is taken', async (host) => {
    expect(await new TargetGuard().resolve(host)).toEqual([host]);
  });

  test('a name that does not resolve says so', async () => {
    await expect(new TargetGuard().resolve('no-such-name.invalid')).rejects.toMatchObject({ reason: 'dns' });
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
