import { afterEach, expect, test } from 'vitest';
import { fieldsOf, HostFixture } from '../host-fixture.test-support.ts';
import { plugin } from './cpu-input.ts';

const FIRST =
  'cpu  300 20 100 1500 40 2 8 10 60 5\ncpu0 100 10 50 800 20 1 4 5 30 5\ncpu1 200 10 50 700 20 1 4 5 30 0\nintr 5\n';
const SECOND =
  'cpu  360 30 130 1590 45 2 13 10 80 10\ncpu0 150 20 70 810 25 1 9 5 50 10\ncpu1 210 10 60 780 20 1 4 5 30 0\nintr 9\n';

let fixture: HostFixture;
afterEach(() => fixture.remove());

test('the use of each processor between two gathers is in percent, guests taken out of user and nice', async () => {
  fixture = (await HostFixture.create({ 'proc/stat': FIRST })).use(plugin, { report_active: true });
  expect(await fixture.gather()).toEqual([]);
  await fixture.write({ 'proc/stat': SECOND });
  const lines = await fixture.gather();
  expect(lines.map((line) => line.split(' ')[0])).toEqual([
    'cpu,cpu=cpu-total',
    'cpu,cpu=cpu0',
    'cpu,cpu=cpu1',
  ]);
  // 50 + 10 + 20 + 10 + 5 + 5 ticks have passed on cpu0.
  const fields = Object.fromEntries(
    Object.entries(fieldsOf(lines[1])).map(([name, text]) => [name, Number(text)]),
  );
  const expected = {
    user: 30,
    nice: 5,
    system: 20,
    idle: 10,
    iowait: 5,
    irq: 0,
    softirq: 5,
    steal: 0,
    guest: 20,
    guest_nice: 5,
    active: 90,
  };
  for (const [name, percent] of Object.entries(expected))
    expect(fields[`usage_${name}`]).toBeCloseTo(percent, 9);
  expect(Object.keys(fields)).toHaveLength(11);
});

test('times are seconds since boot, in a metric of their own', async () => {
  fixture = (await HostFixture.create({ 'proc/stat': FIRST })).use(plugin, {
    percpu: false,
    collect_cpu_time: true,
  });
  expect(await fixture.gather()).toEqual([
    'cpu,cpu=cpu-total time_user=3,time_system=1,time_idle=15,time_nice=0.2,time_iowait=0.4,time_irq=0.02,time_softirq=0.08,time_steal=0.1,time_guest=0.6,time_guest_nice=0.05',
  ]);
});

test('a processor that comes back with its counters reset has no negative use', async () => {
  fixture = (await HostFixture.create({ 'proc/stat': SECOND })).use(plugin, { totalcpu: false });
  await fixture.gather();
  await fixture.write({ 'proc/stat': FIRST });
  expect(await fixture.gather()).toEqual([]);
});

/** Ticks of user, nice, system, idle, iowait, irq, softirq, steal, guest and guest_nice. */
const BUSY = '10000 100 5000 100000 800 0 0 6000 1000 50';

test.each([
  ['iowait goes back', '10100 100 5100 100200 760 0 0 6000 1000 50', { iowait: 0, user: 25, idle: 50 }],
  ['iowait is reset', '10100 100 5100 100200 0 0 0 6000 1000 50', { iowait: 0, user: 25, idle: 50 }],
  [
    'a guest is counted before its user time',
    '10500 100 5100 100200 800 0 0 6000 1600 50',
    { user: 0, guest: 62.5 },
  ],
  ['a nice guest is counted before its nice time', '10100 100 5100 100200 800 0 0 6000 1000 90', { nice: 0 }],
  ['the guest goes back', '10100 100 5100 100200 800 0 0 6000 400 50', { guest: 0, user: 25 }],
  ['idle goes back by a tick', '10100 100 5100 99999 800 0 0 6000 1000 50', { idle: 0, active: 100 }],
])('no share is below 0 or above 100 when %s', async (_, ticks, expected) => {
  fixture = await HostFixture.create({ 'proc/stat': `cpu  ${BUSY}\ncpu0 ${BUSY}\n` });
  fixture.use(plugin, { report_active: true });
  await fixture.gather();
  await fixture.write({ 'proc/stat': `cpu  ${ticks}\ncpu0 ${ticks}\n` });
  const lines = await fixture.gather();
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    const { usage_active: active, ...shares } = fieldsOf(line);
    for (const share of [...Object.values(shares), active].map(Number)) {
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(100);
    }
    expect(Object.values(shares).reduce((sum, share) => sum + Number(share), 0)).toBeCloseTo(100, 6);
    for (const [name, percent] of Object.entries(expected))
      expect(Number(fieldsOf(line)[`usage_${name}`])).toBeCloseTo(percent, 6);
  }
});

test.each([
  ['steal', '10100 100 5100 100200 800 0 0 1000 1000 50'],
  ['idle', '10100 100 5100 40000 800 0 0 6000 1000 50'],
])('%s that was reset costs one interval', async (_, ticks) => {
  fixture = await HostFixture.create({ 'proc/stat': `cpu  ${BUSY}\n` });
  fixture.use(plugin, { percpu: false });
  await fixture.gather();
  await fixture.write({ 'proc/stat': `cpu  ${ticks}\n` });
  expect(await fixture.gather()).toEqual([]);
  await fixture.write({ 'proc/stat': `cpu  ${ticks.replace('10100', '10200')}\n` });
  expect(Number(fieldsOf((await fixture.gather())[0])['usage_user'])).toBeCloseTo(100, 6);
});

test('cores and sockets are tags where they are asked for', async () => {
  const cpuinfo =
    'processor\t: 0\nphysical id\t: 1\ncore id\t\t: 4\n\nprocessor\t: 1\nphysical id\t: 1\ncore id\t\t: 5\n';
  fixture = await HostFixture.create({ 'proc/stat': FIRST, 'proc/cpuinfo': cpuinfo });
  fixture.use(plugin, { core_tags: true, collect_cpu_time: true, totalcpu: false });
  const lines = await fixture.gather();
  expect(lines.map((line) => line.split(' ')[0])).toEqual([
    'cpu,core_id=4,cpu=cpu0,physical_id=1',
    'cpu,core_id=5,cpu=cpu1,physical_id=1',
  ]);
});
