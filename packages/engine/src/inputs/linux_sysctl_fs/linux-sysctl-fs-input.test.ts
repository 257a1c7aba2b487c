import { afterEach, expect, test } from 'vitest';
import { HostFixture } from '../host-fixture.test-support.ts';
import { plugin } from './linux-sysctl-fs-input.ts';

let fixture: HostFixture;
afterEach(() => fixture.remove());

const FILES = {
  'proc/sys/fs/aio-nr': '2305\n',
  'proc/sys/fs/aio-max-nr': '65536\n',
  'proc/sys/fs/inode-state': '53000\t820\t0\t0\t0\t0\t0\n',
  'proc/sys/fs/dentry-state': '91000\t45000\t45\t0\t12000\t0\n',
  'proc/sys/fs/file-nr': '2080\t0\t9223372036854775807\n',
};

test('limits of the kernel are whole numbers, and what it does not have is left out', async () => {
  fixture = (await HostFixture.create(FILES)).use(plugin);
  expect(await fixture.gather()).toEqual([
    'linux_sysctl_fs aio-nr=2305i,aio-max-nr=65536i,inode-nr=53000i,inode-free-nr=820i,inode-preshrink-nr=0i,' +
      'dentry-nr=91000i,dentry-unused-nr=45000i,dentry-age-limit=45i,dentry-want-pages=0i,' +
      'file-nr=2080i,file-max=9223372036854775807i',
  ]);
});

test('a number beyond 64 bits with a sign is the largest one', async () => {
  fixture = (await HostFixture.create({ 'proc/sys/fs/file-nr': '1\t0\t18446744073709551615\n' })).use(plugin);
  expect(await fixture.gather()).toEqual(['linux_sysctl_fs file-nr=1i,file-max=9223372036854775807i']);
});

test('a file that holds no number is told', async () => {
  fixture = (await HostFixture.create({ 'proc/sys/fs/aio-nr': 'none\n' })).use(plugin);
  await expect(fixture.gather()).rejects.toThrow('aio-nr holds what is not a number');
});

test('this host has files and inodes', async () => {
  fixture = (await HostFixture.create({})).use(plugin, {}, { proc: '/proc' });
  const [line = ''] = await fixture.gather();
  expect(line).toMatch(/file-nr=\d+i/);
  expect(line).toMatch(/dentry-nr=\d+i/);
});
