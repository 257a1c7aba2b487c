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
