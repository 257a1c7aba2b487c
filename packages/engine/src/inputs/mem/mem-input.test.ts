import { afterEach, expect, test } from 'vitest';
import { fieldsOf, HostFixture } from '../host-fixture.test-support.ts';
import { plugin as swap } from '../swap/swap-input.ts';
import { plugin } from './mem-input.ts';

const MEMINFO = `MemTotal:       8000 kB
MemFree:        1000 kB
MemAvailable:   6000 kB
Buffers:         200 kB
Cached:         3000 kB
SwapCached:       10 kB
SwapTotal:      4000 kB
SwapFree:       3000 kB
Shmem:            50 kB
SReclaimable:    400 kB
HugePages_Total:   3
Hugepagesize:   2048 kB
VmallocTotal:   34359738367 kB
`;

let fixture: HostFixture;
afterEach(() => fixture.remove());

test('memory is in bytes, counts of huge pages are counts, percents are floats', async () => {
  fixture = (await HostFixture.create({ 'proc/meminfo': MEMINFO })).use(plugin);
  const [line] = await fixture.gather();
  expect(line).toMatch(/^mem /);
  expect(fieldsOf(line)).toMatchObject({
    total: '8192000i',
    available: '6144000i',
    used: '2048000i',
    used_percent: '25',
    available_percent: '75',
    cached: '3481600i',
    huge_pages_total: '3i',
    huge_page_size: '2097152i',
    vmalloc_total: '35184372087808i',
    low_free: '0i',
  });
  expect(Object.keys(fieldsOf(line))).toHaveLength(34);
});

test('swap is a gauge and, apart, the bytes moved since boot', async () => {
  fixture = await HostFixture.create({
    'proc/meminfo': MEMINFO,
    'proc/vmstat': 'nr_free 1\npswpin 5\npswpout 7\n',
  });
  fixture.use(swap);
  expect(await fixture.gather()).toEqual([
    'swap in=20480i,out=28672i',
    'swap total=4096000i,used=1024000i,free=3072000i,used_percent=25',
  ]);
});
