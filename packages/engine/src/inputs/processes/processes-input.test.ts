import { afterEach, expect, test } from 'vitest';
import { HostFixture } from '../host-fixture.test-support.ts';
import { plugin } from './processes-input.ts';

const stat = (pid: number, name: string, state: string, threads: number): string =>
  `${pid} (${name}) ${state} 1 1 1 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 ${threads} 0 100 0 0`;

let fixture: HostFixture;
afterEach(() => fixture.remove());

test('processes are counted by state, whatever their names are', async () => {
  fixture = await HostFixture.create({
    'proc/1/stat': stat(1, 'init', 'S', 1),
    'proc/20/stat': stat(20, 'a) R 9 (b', 'D', 4),
    'proc/30/stat': stat(30, 'k', 'I', 1),
    'proc/31/stat': stat(31, 't', 't', 2),
    'proc/32/stat': stat(32, 'r', 'R', 3),
    'proc/33/status': 'no stat: it has just ended',
    'proc/uptime': '1 1',
  });
  fixture.use(plugin);
  const [line = ''] = await fixture.gather();
  expect(line.split(' ')[1]?.split(',').sort()).toEqual([
    'blocked=1i',
    'dead=0i',
    'idle=1i',
    'paging=0i',
    'running=1i',
    'sleeping=1i',
    'stopped=1i',
    'total=5i',
    'total_threads=11i',
    'unknown=0i',
    'zombies=0i',
  ]);
});

test('sudo is not for this input', async () => {
  fixture = await HostFixture.create({});
  expect(() => fixture.use(plugin, { use_sudo: true })).toThrow('use_sudo');
});
