import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const stat = (pid: number, name: string, state: string, threads: number): string =>
  `${pid} (${name}) ${state} 1 1 1 0 -1 4194560 1 0 0 0 1 2 0 0 20 0 ${threads} 0 33 1000 20 1844674407370 1 1 0 0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0\n`;

const MEMINFO: Readonly<Record<string, number>> = {
  MemTotal: 16_384_256,
  MemFree: 1_024_512,
  MemAvailable: 8_192_000,
  Buffers: 204_800,
  Cached: 4_096_000,
  SwapCached: 12,
  Active: 5_000_000,
  Inactive: 3_000_000,
  'Active(anon)': 2_000_001,
  'Inactive(anon)': 100_002,
  'Active(file)': 3_000_003,
  'Inactive(file)': 2_900_004,
  Unevictable: 48,
  SwapTotal: 2_097_148,
  SwapFree: 1_048_574,
  Dirty: 333,
  Writeback: 7,
  Mapped: 700_000,
  Shmem: 90_000,
  KReclaimable: 400_000,
  Slab: 600_000,
  SReclaimable: 400_000,
  SUnreclaim: 200_000,
  PageTables: 30_000,
  WritebackTmp: 5,
  CommitLimit: 10_289_276,
  Committed_AS: 9_000_000,
  VmallocTotal: 34_359_738_367,
  VmallocUsed: 50_000,
  VmallocChunk: 11,
  Percpu: 12_345,
};

function meminfo(): string {
  const lines = Object.entries(MEMINFO).map(([key, value]) => `${`${key}:`.padEnd(16)} ${value} kB`);
  return `${[...lines, 'HugePages_Total:      64', 'HugePages_Free:       12', 'Hugepagesize:       2048 kB'].join('\n')}\n`;
}

function cpuinfo(): string {
  return [0, 1]
    .map(
      (at) =>
        `processor\t: ${at}\nvendor_id\t: Invented\nphysical id\t: ${at}\nsiblings\t: 1\ncore id\t\t: ${at + 4}\ncpu cores\t: 1\n`,
    )
    .join('\n');
}

/** Builds a utmp file (utmp(5)): two sessions of one user, one of another, and a record of another kind. */
function utmp(): Buffer {
  const record = (type: number, user: string): Buffer => {
    const bytes = Buffer.alloc(384);
    bytes.writeInt16LE(type, 0);
    bytes.write('pts/0', 8);
    bytes.write(user, 44);
    return bytes;
  };
  return Buffer.concat([
    record(7, 'alice'),
    record(8, 'gone'),
    record(7, 'bob'),
    record(7, 'alice'),
    record(2, 'reboot'),
  ]);
}

const FILES: Readonly<Record<string, string | Buffer>> = {
  'proc/stat':
    'cpu  300 20 100 4000 50 6 7 8 90 10\ncpu0 200 10 60 2000 30 4 5 6 50 7\ncpu1 100 10 40 2000 20 2 2 2 40 3\nintr 12345 1 2 3\nctxt 67890\nbtime 1700000000\nprocesses 4321\nprocs_running 1\nprocs_blocked 0\n',
  'proc/loadavg': '0.52 1.58 12.59 3/467 12345\n',
  'proc/uptime': '1234567.89 4000000.00\n',
  'proc/meminfo': meminfo(),
  'proc/vmstat':
    'nr_free_pages 256128\npgpgin 100\npgpgout 200\npswpin 345\npswpout 678\npgfault 9\npgmajfault 1\n',
  'proc/cpuinfo': cpuinfo(),
  'proc/diskstats': `   8       0 sda 1000 50 20000 3000 2000 60 40000 7000 1 9000 10000 0 0 0 0 5 6
   8       1 sda1 10 0 20 30 0 0 0 0 0 30 30
   7       0 loop0 0 0 0 0 0 0 0 0 0 0 0
 253       0 dm-0 5 0 10 2 7 0 14 3 0 4 5 0 0 0 0 0 0
 259       0 nvme0n1 18446744073709551615 0 1 2 3 0 4 5 0 6 7 0 0 0 0
`,
  'proc/net/dev': `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:    1000      10    0    0    0     0          0         0     1000      10    0    0    0     0       0          0
  eth0: 18446744073709551615 20    1    2    0     0          0         3     4000      40    5    6    0     0       0          0
  eth1:5000 50 0 0 0 0 0 0 6000 60 0 0 0 0 0 0
`,
  'proc/sys/fs/aio-nr': '7\n',
  'proc/sys/fs/aio-max-nr': '65536\n',
  'proc/sys/fs/dentry-state': '12345\t2345\t45\t0\t678\t0\n',
  'proc/sys/fs/inode-state': '4321\t321\t0\t0\t0\t0\t0\n',
  'proc/sys/fs/file-nr': '2000\t0\t9223372036854775807\n',
  'proc/1/stat': stat(1, 'init', 'S', 1),
  'proc/2/stat': stat(2, 'kthreadd', 'S', 1),
  'proc/3/stat': stat(3, 'a (odd) name', 'R', 4),
  'proc/4/stat': stat(4, 'zombie', 'Z', 1),
  'proc/5/stat': stat(5, 'waiting', 'D', 2),
  'proc/6/stat': stat(6, 'stopped', 'T', 1),
  'proc/7/stat': stat(7, 'traced', 't', 1),
  'proc/8/stat': stat(8, 'idle', 'I', 1),
  'proc/9/stat': stat(9, 'dead', 'X', 1),
  'proc/10/stat': stat(10, 'parked', 'P', 3),
  'proc/11/stat': stat(11, 'strange', 'Q', 1),
  'proc/12/comm': 'went\n',
  'proc/1/net/dev': '',
  'sys/class/net/eth0/speed': '1000\n',
  'sys/class/net/eth1/speed': '-1\n',
  'sys/class/net/eth0/flags': '0x1003\n',
  'sys/class/net/eth1/flags': '0x1002\n',
  'sys/class/net/lo/flags': '0x9\n',
  'sys/block/sda/wwid': 'naa.5000c500a1b2c3d4\n',
  'sys/devices/system/cpu/cpu0/topology/core_cpus_list': '0\n',
  'sys/devices/system/cpu/cpu1/topology/core_cpus_list': '1\n',
  'sys/devices/system/cpu/cpu0/topology/core_id': '4\n',
  'sys/devices/system/cpu/cpu1/topology/core_id': '5\n',
  'sys/devices/system/cpu/cpu0/topology/physical_package_id': '0\n',
  'sys/devices/system/cpu/cpu1/topology/physical_package_id': '1\n',
  'var/run/utmp': utmp(),
  'run/utmp': utmp(),
};

/** Returns the environment that turns both engines to an invented host; Telegraf looks for utmp below HOST_VAR, too. */
export function environmentOf(host: string): Readonly<Record<string, string>> {
  const roots = ['proc', 'sys', 'etc', 'run', 'var'];
  return Object.fromEntries(roots.map((root) => [`HOST_${root.toUpperCase()}`, `{folder}/${host}/${root}`]));
}

/** Writes the invented host below `folder`. */
export function writeInventedHost(folder: string): void {
  writeHost(join(folder, 'host'), { ...FILES, 'proc/1/net/dev': FILES['proc/net/dev'] ?? '' });
}

/** Writes the files of a host below a folder. */
export function writeHost(root: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  mkdirSync(join(root, 'etc'), { recursive: true });
}
