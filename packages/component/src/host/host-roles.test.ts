import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { detectRoles } from './host-roles.ts';
import { rolesOfNames } from './linux-roles.ts';
import { readListeningPorts } from './listening-ports.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'stratora-roles-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}

const linux = () => detectRoles({ platform: 'linux', proc: join(root, 'proc'), etc: join(root, 'etc') });

/** A line of /proc/net/tcp or udp as the kernel writes it. */
const socket = (local: string, state: string) =>
  `   0: ${local} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 12345 1\n`;
const HEAD =
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

describe('on Linux', () => {
  test('a name with two meanings needs its companion, one with an own use none', () => {
    expect([...rolesOfNames(new Set(['nginx', 'postgres', 'bash']))]).toEqual(['nginx', 'postgresql']);
    expect([...rolesOfNames(new Set(['master']))]).toEqual([]);
    expect([...rolesOfNames(new Set(['master', 'qmgr']))]).toEqual(['mail']);
    expect([...rolesOfNames(new Set(['dnsmasq']))]).toEqual(['dns']);
    expect([...rolesOfNames(new Set(['dnsmasq', 'libvirtd']))]).toEqual(['libvirt']);
    expect([...rolesOfNames(new Set(['constructor', 'ora_pmon_ORCL']))]).toEqual(['oracle']);
  });

  test('what runs on the host counts, what runs in a container of it does not', async () => {
    await write({
      'proc/self/cgroup': '0::/system.slice/stratora-agent.service\n',
      'proc/10/comm': 'dockerd\n',
      'proc/10/cgroup': '0::/system.slice/docker.service\n',
      'proc/11/comm': 'postgres\n',
      'proc/11/cgroup': '0::/system.slice/docker-4f5e9a81c0de.scope\n',
      'proc/12/comm': 'nginx\n',
      'proc/12/cgroup': '0::/kubepods/besteffort/pod1/4f5e\n',
      'proc/13/comm': 'mariadbd\n',
      'proc/13/cgroup': '0::/system.slice/mariadb.service\n',
    });
    expect(await linux()).toEqual(['database', 'docker', 'mysql']);
  });

  test('an agent in a container tells what its own container is for', async () => {
    await write({
      'proc/self/cgroup': '0::/system.slice/docker-4f5e9a81c0de.scope\n',
      'proc/11/comm': 'postgres\n',
      'proc/11/cgroup': '0::/system.slice/docker-4f5e9a81c0de.scope\n',
    });
    expect(await linux()).toEqual(['database', 'postgresql']);
  });

  test('programs inside of another are told by their command line', async () => {
    await write({
      'proc/5/comm': 'java\n',
      'proc/5/cmdline': '/usr/bin/java\0-Xmx1g\0org.elasticsearch.bootstrap.Elasticsearch\0',
      'proc/6/comm': 'java\n',
      'proc/6/cmdline': '/usr/bin/java\0-jar\0jenkins.war\0',
      'proc/7/comm': 'beam.smp\n',
      'proc/7/cmdline': '/usr/lib/erlang/beam.smp\0-s\0rabbit\0boot\0',
    });
    expect(await linux()).toEqual(['elasticsearch', 'jenkins', 'rabbitmq']);
  });

  test('what starts with the host is its role while it is stopped, too', async () => {
    await write({
      'etc/systemd/system/multi-user.target.wants/postgresql@15-main.service': '',
      'etc/systemd/system/multi-user.target.wants/ssh.service': '',
    });
    expect(await linux()).toEqual(['database', 'postgresql']);
  });

  test('what listens for others counts, what listens for the host itself does not', async () => {
    await write({
      'proc/net/tcp':
        HEAD + socket('0100007F:1538', '0A') + socket('00000000:01BB', '0A') + socket('0A00000A:0CEA', '01'),
      'proc/net/tcp6':
        HEAD +
        socket('00000000000000000000000001000000:0185', '0A') +
        socket('0000000000000000FFFF00000100007F:0035', '0A') +
        socket('00000000000000000000000000000000:01BD', '0A'),
      'proc/net/udp': HEAD + socket('00000000:0043', '07'),
    });
    expect(await linux()).toEqual(['dhcp', 'file_server', 'web_server']);
  });

  test('a host without /proc has no roles', async () => {
    expect(await linux()).toEqual([]);
  });

  test('real sockets are found in the real /proc, those of the loopback left out', async () => {
    const open = createServer();
    const own = createServer();
    await new Promise<void>((resolve) => open.listen(0, '0.0.0.0', resolve));
    await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
    const portOf = (server: typeof open) => (server.address() as { port: number }).port;
    const { tcp } = await readListeningPorts('/proc');
    expect(tcp.has(portOf(open))).toBe(true);
    expect(tcp.has(portOf(own))).toBe(false);
    open.close();
    own.close();
  });
});

test('on Windows roles are told by what was installed', async () => {
  await write({
    'Windows/NTDS/ntds.dit': '',
    'Windows/System32/dns.exe': '',
    'Windows/System32/inetsrv/w3wp.exe': '',
    'Windows/System32/vmms.exe': '',
    'Program Files/Microsoft SQL Server/80/Tools/x.exe': '',
    'Program Files/Microsoft SQL Server/MSSQL16.MSSQLSERVER/MSSQL/Binn/sqlservr.exe': '',
    'Program Files/MariaDB 11.4/bin/mysqld.exe': '',
  });
  expect(await detectRoles({ platform: 'win32', drive: root })).toEqual([
    'database',
    'dns',
    'domain_controller',
    'hyper_v',
    'hypervisor',
    'iis',
    'mssql',
    'mysql',
    'web_server',
  ]);
  expect(await detectRoles({ platform: 'win32', drive: join(root, 'none') })).toEqual([]);
});
