import { afterEach, expect, test } from 'vitest';
import { fieldsOf, HostFixture } from '../host-fixture.test-support.ts';
import { plugin } from './internal-input.ts';

let fixture: HostFixture;
afterEach(() => fixture.remove());

test('instances of one plugin are summed, or told apart where that is asked for', async () => {
  fixture = await HostFixture.create({});
  for (const metrics of [3, 4]) {
    const stats = fixture.stats.addInput('snmp', undefined, `snmp:${metrics}`);
    stats.metrics = metrics;
    stats.durationMs = 2;
  }
  const summed = await fixture.use(plugin, { collect_memstats: false }).gather();
  const gather = summed.filter((line) => line.startsWith('internal_gather'));
  expect(gather).toEqual([
    'internal_gather,input=snmp,version=1.2.3 errors=0i,gather_errors=0i,gather_time_ns=4000000i,gather_timeouts=0i,metrics_gathered=7i,startup_errors=0i',
  ]);
  const apart = await fixture.use(plugin, { per_instance: true }).gather();
  expect(apart.filter((line) => line.startsWith('internal_gather'))).toHaveLength(2);
  const memory = fieldsOf(apart.find((line) => line.startsWith('internal_memstats')));
  expect(Number(memory['sys_bytes']?.slice(0, -1))).toBeGreaterThan(1e6);
});

test('what is dropped and rejected can be seen', async () => {
  fixture = await HostFixture.create({});
  Object.assign(fixture.stats.output, { dropped: 5, rejected: 6, written: 7 });
  const lines = await fixture.use(plugin).gather();
  expect(fieldsOf(lines.find((line) => line.startsWith('internal_agent')))).toMatchObject({
    metrics_dropped: '5i',
    metrics_rejected: '6i',
    metrics_written: '7i',
  });
});
