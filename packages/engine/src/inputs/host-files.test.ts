import { ManualClock } from '@stratora/testkit';
import { expect, test } from 'vitest';
import { LOCAL_HOST } from '../host-paths.ts';
import { HostFiles } from './host-files.ts';
import { HostFixture } from './host-fixture.test-support.ts';
import { plugin as kernel } from './kernel/kernel-input.ts';
import { plugin as net } from './net/net-input.ts';
import { plugin as processes } from './processes/processes-input.ts';
import { plugin as swap } from './swap/swap-input.ts';
import { plugin as system } from './system/system-input.ts';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('who reads the same at the same time shares a thread, and waits for a second', async () => {
  const clock = new ManualClock();
  const files = new HostFiles(LOCAL_HOST, clock, 32);
  const { promise, resolve } = Promise.withResolvers<string>();
  let asked = 0;
  const read = () =>
    files.within('/sys/a', 'needed', () => {
      asked += 1;
      return promise;
    });
  const both = Promise.allSettled([read(), read()]);
  await clock.advance(1000);
  for (const outcome of await both)
    expect(outcome).toMatchObject({ reason: { status: 'timeout', message: '/sys/a does not answer.' } });
  await expect(read()).rejects.toThrow('/sys/a does not answer.');
  expect({ asked, open: files.open }).toEqual({ asked: 1, open: 1 });
  resolve('back');
  await settle();
  expect(files.open).toBe(0);
  expect(await read()).toBe('back');
});

test('only so many files may keep a thread, and those that can be done without no thread of the others', async () => {
  const clock = new ManualClock();
  const files = new HostFiles(LOCAL_HOST, clock, 32);
  const asked = { needed: 0, extra: 0 };
  const hang = (index: number, need: 'needed' | 'extra'): Promise<string> =>
    files
      .within(`/sys/${need}${index}`, need, () => {
        asked[need] += 1;
        return new Promise<never>(() => undefined);
      })
      .catch((error: unknown) => (error as Error).message);
  const many = Array.from({ length: 20 }, (_, index) => hang(index, 'extra'));
  await settle();
  expect(asked.extra).toBe(5);
  await clock.advance(1000);
  const messages = await Promise.all(many);
  expect(messages.slice(0, 5)).toEqual([0, 1, 2, 3, 4].map((index) => `/sys/extra${index} does not answer.`));
  expect(new Set(messages.slice(5))).toEqual(new Set(['Other files are not read while 5 do not answer.']));
  expect(await files.within('/proc/stat', 'needed', async () => 'text')).toBe('text');
  const needed = Array.from({ length: 10 }, (_, index) => hang(index, 'needed'));
  await settle();
  await clock.advance(1000);
  await Promise.all(needed);
  expect(asked).toEqual({ needed: 8, extra: 5 });
});

test('who finds no thread waits for one', async () => {
  const files = new HostFiles(LOCAL_HOST, new ManualClock(), 32);
  let running = 0;
  let most = 0;
  const read = (index: number): Promise<number> =>
    files.within(`/sys/${index}`, 'extra', async () => {
      running += 1;
      most = Math.max(most, running);
      await settle();
      running -= 1;
      return index;
    });
  const all = await Promise.all(Array.from({ length: 50 }, (_, index) => read(index)));
  expect(all).toHaveLength(50);
  expect(most).toBe(5);
});

const FILES = {
  'proc/stat': 'cpu  1 2 3 4 5 6 7\nintr 5\nctxt 6\n',
  'proc/sys/kernel/random/entropy_avail': '256\n',
  'proc/pressure/cpu': 'some avg10=0.50 avg60=1.00 avg300=0.00 total=123\n',
  'proc/pressure/memory': 'some avg10=0.00 avg60=0.00 avg300=0.00 total=4\n',
  'proc/meminfo': 'SwapTotal: 10 kB\nSwapFree: 5 kB\n',
  'proc/loadavg': '0.50 1.25 2.00 3/400 999\n',
  'proc/uptime': '60.5 1.0\n',
  'proc/cpuinfo': 'processor\t: 0\n',
  'proc/net/dev': 'a\nb\neth0: 1 2 3 4 5 6 7 8 9 10 11 12\neth1: 1 2 3 4 5 6 7 8 9 10 11 12\n',
  'sys/class/net/eth0/speed': '1000\n',
  'proc/1/stat': `1 (init) S${' 1'.repeat(30)}\n`,
  'proc/3/stat': `3 (sh) R${' 1'.repeat(30)}\n`,
};

test.each([
  { plugin: kernel, options: { collect: ['psi'] }, hung: 'proc/pressure/io', series: 5 },
  { plugin: kernel, options: {}, hung: 'proc/stat', series: 1 },
  { plugin: swap, options: {}, hung: 'proc/vmstat', series: 1 },
  { plugin: system, options: {}, hung: 'run/utmp', series: 3 },
  { plugin: system, options: {}, hung: 'proc/uptime', series: 1 },
  { plugin: net, options: {}, hung: 'sys/class/net/eth1/speed', series: 2 },
  { plugin: processes, options: {}, hung: 'proc/2/stat', series: 1 },
])('$plugin.name is told without $hung, which is named', async ({ plugin, options, hung, series }) => {
  const fixture = await HostFixture.create(FILES);
  try {
    fixture.hang(hung);
    fixture.use<unknown>(plugin, options);
    for (let round = 0; round < 2; round += 1) {
      expect(await fixture.gatherHung()).toMatchObject({
        status: 'timeout',
        message: `${fixture.root}/${hung} does not answer.`,
      });
      expect(fixture.written).toHaveLength(series);
    }
    const before = fixture.written;
    await fixture.release();
    await settle();
    await fixture.gatherHung();
    expect(fixture.written.length).toBeGreaterThanOrEqual(before.length);
  } finally {
    await fixture.remove();
  }
});
