import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { fieldsOf, HostFixture } from '../host-fixture.test-support.ts';
import { plugin } from './disk-input.ts';

/** The temporary folder stands for all file systems: statfs has to be asked of a real one. */
const HERE = tmpdir();
const MOUNTS = `21 1 8:1 / ${HERE} rw,relatime shared:1 - ext4 /dev/sda1 rw
22 21 8:2 /part ${HERE} ro,noatime - xfs /dev/root rw
23 21 0:5 / /nowhere\\040at\\040all rw - ext4 /dev/sdc1 rw
24 21 0:6 / ${HERE} rw - autofs systemd-1 rw
25 21 0:7 / ${HERE} rw - tmpfs tmpfs rw
`;

let fixture: HostFixture;
afterEach(() => fixture.remove());

async function hostWithMounts(): Promise<HostFixture> {
  const host = await HostFixture.create({
    'proc/1/mountinfo': MOUNTS,
    'sys/class/block/sda1/dev': '8:1\n',
    'run/udev/data/b8:1': 'S:disk/by-label/data\nE:ID_FS_LABEL=data\n',
  });
  await host.link('sys/dev/block/8:2', '../../block/sdb/sdb2');
  return host;
}

const seriesOf = (lines: readonly string[]) => lines.map((line) => line.split(' ')[0]);

test('each file system has its device, type, mode and label', async () => {
  fixture = (await hostWithMounts()).use(plugin, { ignore_fs: ['tmpfs'] });
  const lines = await fixture.gather();
  expect(seriesOf(lines)).toEqual([
    `disk,device=sda1,fstype=ext4,label=data,mode=rw,path=${HERE}`,
    `disk,device=sdb2,fstype=xfs,mode=ro,path=${HERE}`,
  ]);
  const real = await statfs(HERE, { bigint: true });
  const fields = fieldsOf(lines[0]);
  expect(fields['total']).toBe(`${real.blocks * real.bsize}i`);
  expect(fields['inodes_total']).toBe(`${real.files}i`);
  const [used, free] = [fields['used'], fields['free']].map((text) => Number(text?.slice(0, -1)));
  expect(Number(fields['used_percent'])).toBeCloseTo((100 * (used ?? 0)) / ((used ?? 0) + (free ?? 0)), 6);
});

test('mount points and mount options choose', async () => {
  fixture = (await hostWithMounts()).use(plugin, {
    mount_points: [HERE],
    ignore_mount_opts: ['bind', 'relatime'],
  });
  expect(seriesOf(await fixture.gather())).toEqual([`disk,device=tmpfs,fstype=tmpfs,mode=rw,path=${HERE}`]);
});
