import { chmod, mkdir, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { InputPlugin } from '../../input.ts';
import { fieldsOf, HostFixture } from '../host-fixture.test-support.ts';
import { DiskInput, plugin } from './disk-input.ts';
import { toUsage } from './mount-usage.ts';

/** Folders that stand for mounted file systems: they have to be real ones to be asked. */
let here: string;
let fixture: HostFixture;
beforeEach(async () => {
  here = await mkdtemp(join(tmpdir(), 'stratora-disk-'));
  for (const name of ['one', 'two', 'three', 'a b', 'hung 1', 'hung2']) await mkdir(join(here, name));
  await mkdir(join(here, 'one/below'));
});
afterEach(async () => {
  await fixture.remove();
  await rm(here, { recursive: true });
});

const MOUNTS = (): string => `21 1 8:1 / ${here}/one rw,relatime shared:1 - ext4 /dev/sda1 rw
22 21 8:2 /part ${here}/two ro,noatime - xfs /dev/root rw
23 21 0:5 / /nowhere\\040at\\040all rw - ext4 /dev/sdc1 rw
24 21 0:6 / ${here}/two/auto rw - autofs systemd-1 rw
25 21 0:7 / ${here}/three rw - tmpfs tmpfs rw
`;

async function hostWithMounts(mounts = MOUNTS()): Promise<HostFixture> {
  const host = await HostFixture.create({
    'proc/1/mountinfo': mounts,
    'sys/class/block/sda1/dev': '8:1\n',
    'run/udev/data/b8:1': 'S:disk/by-label/data\nE:ID_FS_LABEL=data\n',
  });
  await host.link('sys/dev/block/8:2', '../../block/sdb/sdb2');
  return host;
}

const seriesOf = (lines: readonly string[]) =>
  lines.map((line) => line.split(/(?<!\\) /)[0]?.replaceAll(here, ''));

test('each file system has its device, type, mode and label', async () => {
  fixture = (await hostWithMounts()).use(plugin, { ignore_fs: ['tmpfs'] });
  const lines = await fixture.gather();
  expect(seriesOf(lines)).toEqual([
    'disk,device=sda1,fstype=ext4,label=data,mode=rw,path=/one',
    'disk,device=sdb2,fstype=xfs,mode=ro,path=/two',
  ]);
  const real = await statfs(here, { bigint: true });
  const fields = fieldsOf(lines[0]);
  expect(fields['total']).toBe(`${real.blocks * real.frsize}i`);
  expect(fields['inodes_total']).toBe(`${real.files}i`);
  const [used, free] = [fields['used'], fields['free']].map((text) => Number(text?.slice(0, -1)));
  expect(Number(fields['used_percent'])).toBeCloseTo((100 * (used ?? 0)) / ((used ?? 0) + (free ?? 0)), 6);
});

test('mount points and mount options choose', async () => {
  fixture = (await hostWithMounts()).use(plugin, {
    mount_points: [`${here}/one`, `${here}/two`, `${here}/three`],
    ignore_mount_opts: ['bind', 'relatime'],
  });
  expect(seriesOf(await fixture.gather())).toEqual(['disk,device=tmpfs,fstype=tmpfs,mode=rw,path=/three']);
});

test('of mounts over mounts, the one that the path leads to is told', async () => {
  fixture = await hostWithMounts(`1 1 0:1 / / rw - rootfs rootfs rw
20 1 8:9 / / rw - nosuchfs /dev/root rw
30 20 0:50 / ${here}/one rw - tmpfs store rw
31 30 0:50 / ${here}/one ro - tmpfs store rw
32 20 0:51 / ${here}/two rw - tmpfs first rw
33 32 0:52 / ${here}/two rw - tmpfs second rw
34 33 0:53 / ${here}/two rw - tmpfs third rw
35 30 0:54 / ${here}/one/below rw - tmpfs covered rw
36 20 0:55 / ${here}/one/below rw - tmpfs covered-too rw
37 31 0:56 / ${here}/one/below rw - tmpfs seen rw
40 1 0:57 / ${here}/three rw - tmpfs under-the-root rw
41 20 0:58 / ${here}/a\\040b rw - tmpfs //server/a\\040share\\043\\134 rw
`);
  fixture.use(plugin, { ignore_fs: ['nosuchfs'] });
  expect(seriesOf(await fixture.gather())).toEqual([
    'disk,device=//server/a\\ share#\\\\,fstype=tmpfs,mode=rw,path=/a\\ b',
    'disk,device=seen,fstype=tmpfs,mode=rw,path=/one/below',
    'disk,device=store,fstype=tmpfs,mode=ro,path=/one',
    'disk,device=third,fstype=tmpfs,mode=rw,path=/two',
  ]);
});

test('sizes are counted in fragments, and no part is more than the whole', () => {
  const counts = {
    blocks: 200n,
    bfree: 100n,
    bavail: 90n,
    frsize: 512n,
    bsize: 131_072n,
    files: 9n,
    ffree: 4n,
  };
  expect(toUsage(counts)).toMatchObject({ total: 102_400n, free: 46_080n, used: 51_200n, inodesUsed: 5n });
  expect(toUsage({ ...counts, frsize: 0n }).total).toBe(200n * 131_072n);
  expect(toUsage({ ...counts, bavail: -5n }).free).toBe(0n);
  expect(toUsage({ ...counts, bavail: 2n ** 64n - 5n }).free).toBe(0n);
  const odd = toUsage({ ...counts, bfree: 300n, bavail: 300n, ffree: 10n });
  expect(odd).toMatchObject({ total: 102_400n, free: 102_400n, used: 0n, inodesFree: 9n, inodesUsed: 0n });
  expect(toUsage({ ...counts, blocks: 2n ** 62n }).total).toBe(2n ** 63n - 1n);
});

/** A program in place of stat(1), to which paths with `hung` in them do not answer while the file `hang` is there. */
async function hangingStat(): Promise<string> {
  const file = join(here, 'stat');
  await writeFile(
    file,
    `#!/bin/sh\n[ -e '${here}/hang' ] && case "$*" in *hung*) exec sleep 600;; esac\nexec stat "$@"\n`,
  );
  await chmod(file, 0o755);
  return file;
}

function withStat(command: string): InputPlugin<Parameters<typeof plugin.create>[0]> {
  return {
    ...plugin,
    create: (options, context) => new DiskInput(options, { ...context, deadlineMs: 1500 }, command),
  };
}

test('file systems that hang are named, keep no other waiting and come back by themselves', async () => {
  fixture = await hostWithMounts(`30 20 0:50 / ${here}/one rw - tmpfs one rw
31 20 0:51 / ${here}/hung\\0401 rw - fuse hung1 rw
32 20 0:52 / ${here}/hung2 rw - nfs hung2 rw
33 20 0:53 / ${here}/two rw - tmpfs two rw
`);
  fixture.use(withStat(await hangingStat()));
  expect(await fixture.gather()).toHaveLength(4);
  await writeFile(join(here, 'hang'), '');
  const message = `The file systems at ${here}/hung 1, ${here}/hung2 do not answer.`;
  for (let round = 0; round < 2; round += 1) {
    await expect(fixture.gather()).rejects.toMatchObject({ status: 'timeout', message });
    expect(seriesOf(fixture.written)).toEqual([
      'disk,device=one,fstype=tmpfs,mode=rw,path=/one',
      'disk,device=two,fstype=tmpfs,mode=rw,path=/two',
    ]);
  }
  await rm(join(here, 'hang'));
  expect(await fixture.gather()).toHaveLength(4);
});

test('what is mounted anew where a file system hangs is asked at once', async () => {
  const mounts = (id: number): string => `${id} 20 0:51 / ${here}/hung2 rw - tmpfs new rw\n`;
  fixture = (await hostWithMounts(mounts(31))).use(withStat(await hangingStat()));
  await writeFile(join(here, 'hang'), '');
  await expect(fixture.gather()).rejects.toThrow(`The file system at ${here}/hung2 does not answer.`);
  await rm(join(here, 'hang'));
  await fixture.write({ 'proc/1/mountinfo': mounts(32) });
  expect(await fixture.gather()).toHaveLength(1);
});

test('a host without the program asks by itself', async () => {
  fixture = (await hostWithMounts()).use(withStat('/nowhere/stat'), { mount_points: [`${here}/one`] });
  expect(await fixture.gather()).toHaveLength(1);
});
