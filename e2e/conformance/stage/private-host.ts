import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Addresses of the stage's own network; from the documentation ranges, so that nothing real is meant (RFC 5737, 3849).
 */
export const STAGE = {
  hostname: 'conformance-host',
  web: '192.0.2.1',
  web6: '2001:db8::1',
  /** Address on the link that no host has. */
  dead: '192.0.2.99',
  dead6: '2001:db8::99',
  /** Address without a route. */
  routeless: '203.0.113.7',
} as const;

const HOSTS = `127.0.0.1 localhost
::1 localhost ip6-localhost
${STAGE.web} web.test www.web.test other.test
${STAGE.web6} web6.test
${STAGE.dead6} dual.test
${STAGE.web} dual.test
127.1.0.1 switch.test
`;

/**
 * Makes a host out of the namespaces that this process was started in: a network with one interface and names of its
 * own, file systems of known sizes.
 */
export function preparePrivateHost(folder: string): void {
  const mounts = join(folder, 'mounts');
  writeFileSync(join(folder, 'hosts'), HOSTS);
  writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.53\noptions timeout:1 attempts:1\n');
  writeFileSync(join(folder, 'nsswitch.conf'), 'hosts: files dns\n');
  for (const name of ['plain', 'read-only', 'with space', 'bound', 'bound-here']) {
    mkdirSync(join(mounts, name), { recursive: true });
  }
  const at = (name: string): string => join(mounts, name);
  run('hostname', STAGE.hostname);
  // Namespaces of other processes may end while they are read.
  spawnSync('umount', ['--recursive', '--lazy', '/run/netns']);
  run('mount', '-t', 'sysfs', 'none', '/sys');
  for (const name of ['hosts', 'resolv.conf', 'nsswitch.conf']) {
    run('mount', '--bind', join(folder, name), `/etc/${name}`);
  }
  run('mount', '-t', 'tmpfs', '-o', 'size=8m,nr_inodes=1000', 'stage-plain', at('plain'));
  run('mount', '-t', 'tmpfs', '-o', 'size=4m,ro', 'stage-ro', at('read-only'));
  run('mount', '-t', 'tmpfs', '-o', 'size=2m,noexec,nosuid', 'stage space', at('with space'));
  mkdirSync(join(at('plain'), 'below'));
  writeFileSync(join(at('plain'), 'file'), Buffer.alloc(1024 * 1024));
  run('mount', '--bind', join(at('plain'), 'below'), at('bound-here'));

  run('ip', 'link', 'set', 'lo', 'up');
  run('ip', 'link', 'add', 'veth-a', 'type', 'veth', 'peer', 'name', 'veth-b');
  // Duplicate address detection would keep the address unusable for seconds.
  run('ip', 'addr', 'add', `${STAGE.web}/24`, 'dev', 'veth-a');
  run('ip', 'addr', 'add', `${STAGE.web6}/64`, 'dev', 'veth-a', 'nodad');
  run('ip', 'link', 'set', 'veth-a', 'up');
  run('ip', 'link', 'set', 'veth-b', 'up');
  // A neighbour entry that never answers: without it the kernel gives up on the address after a while.
  run('ip', 'neigh', 'add', STAGE.dead, 'lladdr', '02:00:00:00:00:99', 'dev', 'veth-a');
  run('ip', 'link', 'add', 'br-down', 'type', 'bridge');
}

function run(program: string, ...args: string[]): void {
  const { status, error, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr.trim()}`);
}
