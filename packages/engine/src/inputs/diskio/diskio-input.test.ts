import { afterEach, beforeEach, expect, test } from 'vitest';
import { fieldsOf, HostFixture } from '../host-fixture.test-support.ts';
import { plugin } from './diskio-input.ts';

const FIRST = `   8       0 sda 100 5 2000 300 200 6 4000 700 1 900 1000 0 0 0 0
   8       1 sda1 10 0 20 30 0 0 0 0 0 30 30
   7       0 loop0 0 0 0 0 0 0 0 0 0 0 0
`;
const SECOND = FIRST.replace(
  'sda 100 5 2000 300 200 6 4000 700 1 900',
  'sda 110 5 2000 350 210 6 4000 750 0 1400',
);

let fixture: HostFixture;
beforeEach(async () => {
  fixture = await HostFixture.create({
    'proc/diskstats': FIRST,
    'sys/block/sda/wwid': 'naa.5000\n',
    'sys/class/block/sda/dev': '8:0\n',
    'run/udev/data/b8:0': 'S:disk/by-id/ata-Q\nE:ID_SERIAL=Q123\nE:ID_MODEL=Q\n',
  });
});
afterEach(() => fixture.remove());

test('counters are raw, sectors are bytes, idle devices are left out', async () => {
  expect(await fixture.use(plugin).gather()).toEqual([
    'diskio,name=sda,wwid=naa.5000 reads=100i,writes=200i,read_bytes=1024000i,write_bytes=2048000i,read_time=300i,write_time=700i,io_time=900i,weighted_io_time=1000i,iops_in_progress=1i,merged_reads=5i,merged_writes=6i',
    'diskio,name=sda1 reads=10i,writes=0i,read_bytes=10240i,write_bytes=0i,read_time=30i,write_time=0i,io_time=30i,weighted_io_time=30i,iops_in_progress=0i,merged_reads=0i,merged_writes=0i',
  ]);
});

test('waiting, service time and use come from two gathers, and not from counters that were reset', async () => {
  fixture.use(plugin, { devices: ['sda'] });
  await fixture.gather();
  await fixture.clock.advance(1000);
  await fixture.write({ 'proc/diskstats': SECOND });
  const fields = fieldsOf((await fixture.gather())[0]);
  expect(fields).toMatchObject({ io_await: '5', io_svctm: '25', io_util: '50' });
  await fixture.write({ 'proc/diskstats': FIRST });
  expect(fieldsOf((await fixture.gather())[0])).not.toHaveProperty('io_util');
});

test('a disk is busy for 100 percent at most, and has no fewer than 0 requests under way', async () => {
  fixture.use(plugin, { devices: ['sda'] });
  await fixture.gather();
  await fixture.clock.advance(400);
  await fixture.write({ 'proc/diskstats': SECOND.replace(' 0 1400 ', ' 4294967295 1400 ') });
  const fields = fieldsOf((await fixture.gather())[0]);
  expect(fields).toMatchObject({ io_util: '100', iops_in_progress: '0i' });
});

test('udev gives names, tags and serial numbers', async () => {
  fixture.use(plugin, {
    devices: ['disk/by-id/*'],
    name_templates: ['$ID_FS_LABEL', '${ID_MODEL}-x'],
    device_tags: ['ID_MODEL'],
    skip_serial_number: false,
  });
  const lines = await fixture.gather();
  expect(lines.map((line) => line.split(' ')[0])).toEqual([
    'diskio,ID_MODEL=Q,name=Q-x,serial=Q123,wwid=naa.5000',
  ]);
});
