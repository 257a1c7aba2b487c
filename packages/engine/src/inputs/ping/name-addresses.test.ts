import { ManualClock } from '@stratora/testkit';
import { expect, test } from 'vitest';
import { NameAddresses } from './name-addresses.ts';
import { type PingResult, pingResult } from './ping-result.ts';

const ANSWERED = pingResult(1, [1]);
const SILENT = pingResult(1, []);

function results(entries: Record<string, PingResult>): ReadonlyMap<string, PingResult> {
  return new Map(Object.entries(entries));
}

async function targets(names: NameAddresses, host: string): Promise<readonly string[]> {
  return (await names.targetsOf([host], 0)).get(host) ?? [];
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

test('addresses, names with one address and names that do not resolve go to the program as they are', async () => {
  const asked: string[] = [];
  const names = new NameAddresses(new ManualClock(), (name) => {
    asked.push(name);
    return name === 'one.test' ? Promise.resolve(['192.0.2.1']) : Promise.reject(new Error('ENOTFOUND'));
  });
  const hosts = ['192.0.2.7', '2001:db8::1', 'fe80::1%br_lan', 'one.test', 'none.test'];
  const found = await names.targetsOf(hosts, 0);
  expect([...found]).toEqual(hosts.map((host) => [host, [host]]));
  await names.targetsOf(hosts, 0);
  expect(asked).toEqual(['one.test', 'none.test']);
});

test('a resolver that is away holds up nothing for long, and its answer counts once it comes', async () => {
  const clock = new ManualClock();
  const { promise, resolve } = Promise.withResolvers<readonly string[]>();
  const names = new NameAddresses(clock, () => promise);
  const waiting = targets(names, 'dual.test');
  await clock.advance(1_000);
  expect(await waiting).toEqual(['dual.test']);
  resolve(['2001:db8::9', '192.0.2.1']);
  await promise;
  expect(await targets(names, 'dual.test')).toEqual(['2001:db8::9', '192.0.2.1']);
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
