import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@stratora/testkit';
import { expect, test } from 'vitest';
import { sleep } from './clock.ts';
import { type Lookup, NameError, NameLookup } from './name-lookup.ts';

/** A resolver whose servers answer nothing for names that start with `dead`, until it is mended. */
class Resolver {
  readonly asked: string[] = [];
  running = 0;
  most = 0;
  readonly #waiting: { readonly name: string; readonly fail: (error: Error) => void }[] = [];

  readonly lookup: Lookup = (name) => {
    this.asked.push(name);
    this.running += 1;
    this.most = Math.max(this.most, this.running);
    const answer = new Promise<readonly string[]>((resolve, reject) => {
      if (name.startsWith('dead')) this.#waiting.push({ name, fail: reject });
      else if (name.startsWith('unknown')) reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
      else resolve(['192.0.2.1', '192.0.2.2']);
    });
    return answer.finally(() => {
      this.running -= 1;
    });
  };

  /** Lets the resolver give up all that it was asked, as it does after half a minute. */
  giveUp(): void {
    for (const { fail } of this.#waiting.splice(0))
      fail(Object.assign(new Error('again'), { code: 'EAI_AGAIN' }));
  }
}

/** Waits until the hosts file was read and so many callers wait for the resolver. */
async function callersOf(clock: ManualClock, count: number): Promise<void> {
  while (clock.pendingTimers < count) await sleep(2);
}

function build(places = 4, hostsFile = '/nowhere') {
  const clock = new ManualClock();
  const resolver = new Resolver();
  return { clock, resolver, names: new NameLookup({ clock, lookup: resolver.lookup, places, hostsFile }) };
}

test('an address is its own, and nobody is asked', async () => {
  const { names, resolver } = build();
  expect(await names.find('192.0.2.9')).toEqual(['192.0.2.9']);
  expect(await names.find('2001:db8::1', 6)).toEqual(['2001:db8::1']);
  expect(await names.find('fe80::1%br_lan')).toEqual(['fe80::1%br_lan']);
  expect(resolver.asked).toEqual([]);
});

test('a name is asked for each time, at the same time once', async () => {
  const { names, resolver } = build();
  expect(await Promise.all([names.find('web'), names.find('web')])).toEqual(
    Array.from({ length: 2 }, () => ['192.0.2.1', '192.0.2.2']),
  );
  await names.find('web');
  expect(resolver.asked).toEqual(['web', 'web']);
  await expect(names.find('unknown')).rejects.toMatchObject({ code: 'ENOTFOUND' });
});

test('nobody waits longer than 2.5 s for name servers that are dead', async () => {
  const { names, clock } = build();
  const found = names.find('dead').catch((error: unknown) => error);
  await callersOf(clock, 1);
  await clock.advance(2500);
  const error = await found;
  expect(error).toBeInstanceOf(NameError);
  expect(error).toMatchObject({
    code: 'ETIMEOUT',
    message: 'The name dead cannot be resolved: no answer from its name server.',
  });
});

test('names that do not answer leave room for those that do', async () => {
  const { names, clock, resolver } = build(4);
  const dead = Array.from({ length: 10 }, (_, index) => `dead${index}`);
  const askAll = async (): Promise<void> => {
    const all = Promise.allSettled(dead.map((name) => names.find(name)));
    await callersOf(clock, dead.length);
    await clock.advance(2500);
    await all;
  };
  await askAll();
  expect(resolver.most).toBe(4);
  for (let round = 0; round < dead.length; round += 1) {
    await clock.advance(5000);
    resolver.giveUp();
    await clock.advance(0);
  }
  expect(resolver.running).toBe(0);
  await askAll();
  expect(resolver.running).toBe(1);
  expect(await names.find('web')).toEqual(['192.0.2.1', '192.0.2.2']);
});

test('names of the hosts file need no name server, and find a place beside those that do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stratora-names-'));
  try {
    const hostsFile = join(folder, 'hosts');
    await writeFile(hostsFile, '# 192.0.2.5 dead0\n192.0.2.1\tgood.example Good  # the one\n');
    const { names, clock, resolver } = build(16, hostsFile);
    const dead = Array.from({ length: 40 }, (_, index) => names.find(`dead${index}`).catch(() => undefined));
    await callersOf(clock, dead.length);
    expect(resolver.running).toBe(14);
    expect(await names.find('good')).toEqual(['192.0.2.1', '192.0.2.2']);
    expect(dead).toHaveLength(40);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an answer that came too late is kept for who asks again', async () => {
  const clock = new ManualClock();
  const answer = Promise.withResolvers<readonly string[]>();
  let asked = 0;
  const names = new NameLookup({
    clock,
    lookup: () => {
      asked += 1;
      return answer.promise;
    },
  });
  const found = names.find('far').catch((error: unknown) => error);
  await callersOf(clock, 1);
  await clock.advance(2500);
  expect(await found).toBeInstanceOf(NameError);
  answer.resolve(['192.0.2.7']);
  await clock.advance(0);
  expect(await names.find('far')).toEqual(['192.0.2.7']);
  expect(asked).toBe(1);
  await clock.advance(60_000);
  await names.find('far');
  expect(asked).toBe(2);
});
