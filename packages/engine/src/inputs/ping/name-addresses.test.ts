import { NameError, NameLookup, sleep } from '@stratora/runtime';
import { ManualClock } from '@stratora/testkit';
import { expect, test } from 'vitest';
import { NameAddresses } from './name-addresses.ts';
import { type PingResult, pingResult } from './ping-result.ts';

const ANSWERED = pingResult(1, [1]);
const SILENT = pingResult(1, []);

function results(entries: Record<string, PingResult>): ReadonlyMap<string, PingResult> {
  return new Map(Object.entries(entries));
}

function targets(names: NameAddresses, host: string): Promise<readonly string[]> {
  return names.targetsOf(host, 0);
}

test('a name with several addresses is pinged by all, then by the one that answers until it is silent', async () => {
  const found = ['2001:db8::9', '2001:db8::8', '192.0.2.1'];
  const names = new NameAddresses(new ManualClock(), () => Promise.resolve(found));
  const all = ['2001:db8::9', '192.0.2.1', '2001:db8::8'];
  expect(await targets(names, 'dual.test')).toEqual(all);
  const first = results({ '2001:db8::9': SILENT, '192.0.2.1': ANSWERED, '2001:db8::8': SILENT });
  expect(names.pick('dual.test', { family: 0, targets: all, results: first })).toBe(ANSWERED);
  expect(await targets(names, 'dual.test')).toEqual(['192.0.2.1']);
  const silent = results({ '192.0.2.1': SILENT });
  expect(names.pick('dual.test', { family: 0, targets: ['192.0.2.1'], results: silent })).toBe(SILENT);
  expect(await targets(names, 'dual.test')).toEqual(all);
});

test('addresses go to the program as they are, a name with one address by that one, looked up each time', async () => {
  const asked: string[] = [];
  const names = new NameAddresses(new ManualClock(), (name) => {
    asked.push(name);
    return name === 'one.test' ? Promise.resolve(['192.0.2.1']) : Promise.reject(new Error('ENOTFOUND'));
  });
  for (const host of ['192.0.2.7', '2001:db8::1', 'fe80::1%br_lan'])
    expect(await targets(names, host)).toEqual([host]);
  expect(asked).toEqual([]);
  expect(await targets(names, 'one.test')).toEqual(['192.0.2.1']);
  await expect(targets(names, 'none.test')).rejects.toThrow('ENOTFOUND');
  await targets(names, 'one.test');
  expect(asked).toEqual(['one.test', 'none.test', 'one.test']);
});

test('a resolver that is away holds up nothing for long, and its answer counts once it comes', async () => {
  const clock = new ManualClock();
  const { promise, resolve } = Promise.withResolvers<readonly string[]>();
  const lookup = new NameLookup({ clock, lookup: () => promise, hostsFile: '/nowhere' });
  const names = new NameAddresses(clock, (name, family) => lookup.find(name, family));
  const errors: unknown[] = [];
  void targets(names, 'dual.test').catch((error: unknown) => errors.push(error));
  // The hosts file is looked for first: the wait begins after that.
  while (errors.length === 0) {
    await sleep(5);
    await clock.advance(2_500);
  }
  expect(errors).toEqual([expect.any(NameError)]);
  resolve(['2001:db8::9', '192.0.2.1']);
  await promise;
  expect(await targets(names, 'dual.test')).toEqual(['2001:db8::9', '192.0.2.1']);
});

test('a name that is known outlives its resolver, which is asked once a minute', async () => {
  const clock = new ManualClock();
  let asked = 0;
  const names = new NameAddresses(clock, () => {
    asked += 1;
    if (asked > 1) return Promise.reject(new Error('EAI_AGAIN'));
    return Promise.resolve(['2001:db8::9', '192.0.2.1']);
  });
  const both = await targets(names, 'dual.test');
  for (let round = 0; round < 7; round += 1) {
    await clock.advance(10_000);
    expect(await targets(names, 'dual.test')).toEqual(both);
  }
  expect(asked).toBe(2);
});

test('a name that moves is followed', async () => {
  const clock = new ManualClock();
  let found = ['192.0.2.1', '192.0.2.2'];
  const names = new NameAddresses(clock, () => Promise.resolve(found));
  const both = await targets(names, 'moved.test');
  names.pick('moved.test', { family: 0, targets: both, results: results({ '192.0.2.1': ANSWERED }) });
  found = ['192.0.2.3', '192.0.2.4'];
  await clock.advance(60_000);
  // This one finds the name old and looks it up beside the pings.
  expect(await targets(names, 'moved.test')).toEqual(['192.0.2.1']);
  expect(await targets(names, 'moved.test')).toEqual(['192.0.2.3', '192.0.2.4']);
});
