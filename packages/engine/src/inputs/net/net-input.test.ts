import { afterEach, beforeEach, expect, test } from 'vitest';
import { HostFixture } from '../host-fixture.test-support.ts';
import { plugin } from './net-input.ts';

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

test('without names, all of a foreign /proc; what is beyond int64 is the largest', async () => {
  const lines = await fixture.use(plugin).gather();
  expect(lines.map((line) => line.split(' ')[0])).toEqual([
    'net,interface=eth0',
    'net,interface=eth0:1',
    'net,interface=eth1',
    'net,interface=lo',
  ]);
  expect(lines[0]).toBe(
    'net,interface=eth0 bytes_recv=9223372036854775807i,packets_recv=20i,err_in=3i,drop_in=4i,bytes_sent=5000i,packets_sent=50i,err_out=6i,drop_out=7i,speed=1000i',
  );
});

test('without names, on the own host, what is up and no loopback', async () => {
  const own = { proc: '/proc' };
  const interfaces = async () =>
    (await fixture.use(plugin, {}, own).gather()).map((line) => line.split(' ')[0]);
  expect(await interfaces()).not.toContain('net,interface=lo');
  // The loopback, the one interface of every host, as if it were a common one.
  await fixture.write({ 'sys/class/net/lo/flags': '0x1\n' });
  expect(await interfaces()).toContain('net,interface=lo');
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

test('a speed that is not known is -1, however the driver prints it', async () => {
  await fixture.write({ 'sys/class/net/eth0/speed': '4294967295\n', 'sys/class/net/eth1/speed': '-1\n' });
  for (const line of await fixture.use(plugin, { interfaces: ['eth?'] }).gather())
    expect(line).toMatch(/speed=-1i$/);
});
