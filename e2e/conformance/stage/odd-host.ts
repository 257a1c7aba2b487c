import { join } from 'node:path';
import { writeHost } from './invented-host.ts';

/** Sessions as arm64 and other platforms with 64-bit times keep them (utmp(5)). */
function wideUtmp(): Buffer {
  const record = (type: number, line: string, user: string): Buffer => {
    const bytes = Buffer.alloc(400);
    bytes.writeInt16LE(type, 0);
    bytes.writeInt32LE(100, 4);
    bytes.write(line, 8);
    bytes.write(user, 44);
    bytes.writeBigInt64LE(1_700_000_000n, 344);
    return bytes;
  };
  return Buffer.concat([record(2, '~', 'reboot'), record(7, 'pts/0', 'alice'), record(7, 'pts/1', 'bob')]);
}

const NET_DEV = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
  eth0:    1000      10    0    0    0     0          0         0     1000      10    0    0    0     0       0          0
`;

/**
 * Writes a host whose figures contradict each other, as real ones do: more memory free than there is, a counter below 0
 * printed as unsigned, mounts over mounts.
 */
export function writeOddHost(folder: string): void {
  const mounts = join(folder, 'mounts');
  const table = `20 1 8:1 / / rw - ext4 /dev/sda1 rw
30 20 0:90 / ${mounts}/plain rw - tmpfs covered rw
31 30 0:91 / ${mounts}/plain ro - tmpfs seen rw
`;
  const utmp = wideUtmp();
  writeHost(join(folder, 'odd-host'), {
    'proc/stat': 'cpu  300 20 100 4000 50 6 7 8 90 10\ncpu0 300 20 100 4000 50 6 7 8 90 10\n',
    'proc/meminfo':
      'MemTotal: 8000 kB\nMemFree: 9000 kB\nMemAvailable: 9000 kB\nSwapTotal: 1000 kB\nSwapFree: 4000 kB\n',
    'proc/diskstats': '   8       0 sda 1000 50 20000 3000 2000 60 40000 7000 4294967295 9000 10000\n',
    'proc/net/dev': NET_DEV,
    'proc/1/net/dev': NET_DEV,
    'proc/1/mountinfo': table,
    'proc/self/mountinfo': table,
    'proc/loadavg': '0.52 1.58 12.59 3/467 12345\n',
    'proc/uptime': '1234567.89 4000000.00\n',
    'proc/cpuinfo': 'processor\t: 0\n',
    'sys/class/net/eth0/speed': '4294967295\n',
    'run/utmp': utmp,
    'var/run/utmp': utmp,
  });
}
