import { endianness } from 'node:os';
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

test('a part is never more than the whole, as in containers and with balloons', async () => {
  fixture = await HostFixture.create({
    'proc/meminfo': `MemTotal: 8000 kB\nMemFree: 9000 kB\nMemAvailable: 9000 kB\nSwapTotal: 1000 kB\nSwapFree: 4000 kB\n`,
    'proc/vmstat': 'pswpin 5\npswpout 36893488147419103232\n',
  });
  expect(fieldsOf((await fixture.use(plugin).gather())[0])).toMatchObject({
    available: '8192000i',
    available_percent: '100',
    used: '0i',
    used_percent: '0',
    free: '8192000i',
    swap_free: '1024000i',
  });
  const [moved, gauge] = await fixture.use(swap).gather();
  expect(gauge).toBe('swap total=1024000i,used=0i,free=1024000i,used_percent=0');
  expect(fieldsOf(moved)['out']).toBe('9223372036854775807i');
});

test('nothing is used of a total that is not told', async () => {
  fixture = (await HostFixture.create({ 'proc/meminfo': 'MemFree: 10 kB\n' })).use(plugin);
  const fields = fieldsOf((await fixture.gather())[0]);
  expect(fields['free']).toBe('10240i');
  for (const name of ['used', 'used_percent', 'available_percent']) expect(fields).not.toHaveProperty(name);
});

test('swap is counted in the pages of the machine', async () => {
  // AT_PAGESZ (6) of getauxval(3), as a kernel with large pages hands it to every process.
  const word = process.arch === 'arm' || process.arch === 'ia32' ? 4 : 8;
  const auxv = Buffer.alloc(6 * word);
  const put = (value: number, at: number): number =>
    endianness() === 'LE' ? auxv.writeUIntLE(value, at, 4) : auxv.writeUIntBE(value, at + word - 4, 4);
  for (const [position, value] of [17, 100, 6, 65_536, 0, 0].entries()) put(value, position * word);
  fixture = await HostFixture.create({
    'proc/meminfo': MEMINFO,
    'proc/vmstat': 'pswpin 5\npswpout 7\n',
    'proc/self/auxv': auxv,
  });
  expect(await fixture.use(swap).gather()).toContain('swap in=327680i,out=458752i');
});
