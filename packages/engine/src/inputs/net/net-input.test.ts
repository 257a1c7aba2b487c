import { afterEach, beforeEach, expect, test } from 'vitest';
import { HostFixture } from '../host-fixture.test-support.ts';
import { plugin } from './index.ts';

const DEV = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:     100       1    0    0    0     0          0         0      100       1    0    0    0     0       0          0
  eth0: 18446744073709551615 20 3 4    0     0          0         0     5000      50    6    7    0     0       0          0
eth0:1:       9       8    0    0    0     0          0         0        7       6    0    0    0     0       0          0
  eth1:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
`;

let fixture: HostFixture;
beforeEach(async () => {
  fixture = await HostFixture.create({
    'proc/net/dev': DEV,
    'sys/class/net/lo/flags': '0x9\n',
    'sys/class/net/eth0/flags': '0x1003\n',
    'sys/class/net/eth0/speed': '1000\n',
    'sys/class/net/eth1/flags': '0x1002\n',
  });
});
afterEach(() => fixture.remove());

test('without names, what is up and no loopback; counters past int64 wrap as they do in Telegraf', async () => {
  expect(await fixture.use(plugin).gather()).toEqual([
    'net,interface=eth0 bytes_recv=-1i,packets_recv=20i,err_in=3i,drop_in=4i,bytes_sent=5000i,packets_sent=50i,err_out=6i,drop_out=7i,speed=1000i',
  ]);
});

test('with names, what matches them, whatever its state', async () => {
  const lines = await fixture
    .use(plugin, { interfaces: ['lo', 'eth?'], ignore_protocol_stats: true })
    .gather();
  expect(lines.map((line) => line.split(' ')[0])).toEqual([
    'net,interface=eth0',
    'net,interface=eth1',
    'net,interface=lo',
  ]);
  expect(lines[1]).toContain('speed=-1i');
});
