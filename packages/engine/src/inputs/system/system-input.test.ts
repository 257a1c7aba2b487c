import { afterEach, expect, test } from 'vitest';
import { fieldsOf, HostFixture } from '../host-fixture.test-support.ts';
import { plugin } from './system-input.ts';
import { formatUptime } from './uptime-format.ts';
import { parseUsers } from './utmp.ts';

function session(type: number, user: string): Buffer {
  const record = Buffer.alloc(384);
  record.writeInt16LE(type, 0);
  record.write(user, 44);
  return record;
}

/** A file of utmp with the fields and the padding of one platform (bits/utmp.h of its C library). */
function utmpOf(recordBytes: number, sessions: readonly (readonly [type: number, user: string])[]): Buffer {
  const isWide = recordBytes === 400;
  return Buffer.concat(
    sessions.map(([type, user], index) => {
      const record = Buffer.alloc(recordBytes);
      record.writeInt16LE(type, 0);
      record.writeInt32LE(1000 + index, 4);
      record.write(`pts/${index}`, 8);
      record.write(`ts/${index}`, 40);
      record.write(user, 44);
      record.write('host.example.org', 76);
      if (isWide) record.writeBigInt64LE(1_700_000_000n, 344);
      else record.writeInt32LE(1_700_000_000, 340);
      record.writeInt32LE(987_654, isWide ? 352 : 344);
      record.writeUInt32LE(0xc6336401, isWide ? 360 : 348);
      return record;
    }),
  );
}

let fixture: HostFixture | undefined;
afterEach(() => fixture?.remove());

test('load, users, uptime and its text are three metrics', async () => {
  fixture = await HostFixture.create({
    'proc/loadavg': '0.50 1.25 2.00 3/400 999\n',
    'proc/uptime': '93784.72 180000.00\n',
    'proc/cpuinfo': 'processor\t: 0\n\nprocessor\t: 1\n\nprocessor\t: 2\n\nprocessor\t: 3\n',
    'sys/devices/system/cpu/cpu0/topology/core_cpus_list': '0,2\n',
    'sys/devices/system/cpu/cpu1/topology/core_cpus_list': '1,3\n',
    'sys/devices/system/cpu/cpu2/topology/core_cpus_list': '0,2\n',
    'sys/devices/system/cpu/cpu3/topology/core_cpus_list': '1,3\n',
    'run/utmp': Buffer.concat([
      session(2, 'reboot'),
      session(7, 'ada'),
      session(7, 'ada'),
      session(7, 'bob'),
      Buffer.alloc(9),
    ]),
  });
  fixture.use(plugin);
  expect(await fixture.gather()).toEqual([
    'system load1=0.5,load5=1.25,load15=2,n_cpus=4i,n_physical_cpus=2i,n_users=3i,n_unique_users=2i',
    'system uptime=93784i',
    'system uptime_format="1 day,  2:03"',
  ]);
});

const SESSIONS: readonly (readonly [number, string])[] = [
  [2, 'reboot'],
  [1, 'runlevel'],
  [6, 'LOGIN'],
  [7, 'ada'],
  [8, ''],
  [7, 'bob'],
  [7, 'jos\u00e9'],
  [8, 'gone'],
  [7, 'ada'],
  [7, ''],
];

test.each([384, 400])('users are told from records of %d bytes, however many there are', (recordBytes) => {
  for (let count = 0; count <= SESSIONS.length; count += 1) {
    const sessions = SESSIONS.slice(0, count);
    const expected = sessions.filter(([type, user]) => type === 7 && user !== '').length;
    const utmp = utmpOf(recordBytes, sessions);
    expect(parseUsers(utmp)).toHaveLength(expected);
    // Being written to: the last record is not whole.
    expect(parseUsers(Buffer.concat([utmp, Buffer.alloc(100)]))).toHaveLength(expected);
  }
});

test('users are told from a file whose length fits both kinds of records', () => {
  for (const recordBytes of [384, 400]) {
    const sessions = Array.from({ length: 9600 / recordBytes }, (_, index) => [7, `user${index}`] as const);
    expect(parseUsers(utmpOf(recordBytes, sessions))).toEqual(sessions.map(([, user]) => user));
  }
});

test('a host without utmp has no number of users', async () => {
  fixture = await HostFixture.create({
    'proc/loadavg': '0 0 0 1/1 1\n',
    'proc/uptime': '60.0 1\n',
    'proc/stat': 'cpu 1\ncpu0 1\n',
    'proc/cpuinfo': 'processor\t: 0\nphysical id\t: 0\ncpu cores\t: 1\n\n',
  });
  fixture.use(plugin);
  expect((await fixture.gather())[0]).toBe('system load1=0,load5=0,load15=0,n_cpus=1i,n_physical_cpus=1i');
});

test('parts are chosen, and stand in one metric', async () => {
  fixture = await HostFixture.create({
    'proc/uptime': '100.5 1.0\n',
    'proc/cpuinfo': 'processor\t: 0\n',
    'proc/stat': 'cpu0 1\n',
  });
  const host = fixture;
  const lines = await host.use(plugin, { include: ['cpus', 'uptime'] }).gather();
  expect(lines).toHaveLength(1);
  expect(Object.keys(fieldsOf(lines[0])).toSorted()).toEqual(['n_cpus', 'n_physical_cpus', 'uptime']);
  expect(() => host.use(plugin, { include: ['dmi'] })).toThrow('left to the Telegraf engine');
  expect(() => host.use(plugin, { include: ['weather'] })).toThrow('no part "weather"');
});

test.each([
  [59, ' 0:00'],
  [36_061, '10:01'],
  [172_800, '2 days,  0:00'],
])('%d s is %s', (seconds, text) => {
  expect(formatUptime(seconds)).toBe(text);
});
