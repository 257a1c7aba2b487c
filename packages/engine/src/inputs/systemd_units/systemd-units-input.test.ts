import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HostFixture } from '../host-fixture.test-support.ts';
import { faultsOf } from '../input-harness.test-support.ts';
import { BusDaemon, FakeSystemd, type FakeUnit, HAS_DBUS_DAEMON } from './fake-systemd.test-support.ts';
import { plugin } from './systemd-units-input.ts';

const running = { load: 'loaded', active: 'active', sub: 'running' };
const UNITS: readonly FakeUnit[] = [
  {
    name: 'ssh.service',
    ...running,
    properties: {
      Service: {
        StatusErrno: ['i', 0],
        NRestarts: ['u', 2],
        MainPID: ['u', 812],
        MemoryCurrent: ['t', 5_500_928n],
        MemoryAvailable: ['t', 2n ** 64n - 1n],
        MemoryPeak: ['t', 6_000_000n],
        ExecMainStartTimestamp: ['t', 1_700_000_000_000_000n],
      },
      Unit: {
        UnitFileState: ['s', 'enabled'],
        UnitFilePreset: ['s', 'enabled'],
        ActiveEnterTimestamp: ['t', 1_700_000_000_123_456n],
      },
    },
  },
  { name: 'backup.service', load: 'loaded', active: 'failed', sub: 'failed' },
  { name: 'user@1000.service', ...running },
  { name: 'ssh.socket', load: 'loaded', active: 'active', sub: 'listening' },
  { name: '7-käse\\x2d.service', load: 'not-found', active: 'inactive', sub: 'dead' },
];
const SSH =
  'systemd_units,active=active,load=loaded,name=ssh.service,sub=running load_code=0i,active_code=0i,sub_code=0i';
const BACKUP =
  'systemd_units,active=failed,load=loaded,name=backup.service,sub=failed load_code=0i,active_code=3i,sub_code=12i';
const USER =
  'systemd_units,active=active,load=loaded,name=user@1000.service,sub=running load_code=0i,active_code=0i,sub_code=0i';

describe.skipIf(!HAS_DBUS_DAEMON)('systemd on a real bus (needs dbus-daemon)', () => {
  let bus: BusDaemon;
  let systemd: FakeSystemd;
  let fixture: HostFixture;

  beforeEach(async () => {
    bus = await BusDaemon.start();
    systemd = await FakeSystemd.start(bus.socketPath, { units: UNITS });
    fixture = await HostFixture.create({ 'run/systemd/system/x': '' });
  });
  afterEach(async () => {
    await fixture.remove();
    await systemd.stop();
    await bus.stop();
  });

  const use = (options = {}) => fixture.use(plugin, options, { systemBus: bus.address });

  test('tells the state of every service', async () => {
    use();
    const lines = await fixture.gather();
    expect(lines).toHaveLength(4);
    expect(lines).toEqual(expect.arrayContaining([SSH, BACKUP, USER]));
    expect(lines[3]).toContain('load=not-found');
    expect(systemd.calls).toEqual(['ListUnits']);
    await fixture.gather();
    expect(systemd.calls).toEqual(['ListUnits', 'ListUnits']);
  });

  test('keeps to the patterns and to the type', async () => {
    use({ pattern: 'ssh* back*' });
    expect(await fixture.gather()).toEqual([SSH, BACKUP].sort());
    fixture.use(plugin, { unittype: 'socket' }, { systemBus: bus.address });
    expect(await fixture.gather()).toEqual([
      'systemd_units,active=active,load=loaded,name=ssh.socket,sub=listening load_code=0i,active_code=0i,sub_code=114i',
    ]);
  });

  test('adds the details of units that have them', async () => {
    use({ pattern: 'ssh.service', details: true });
    expect(await fixture.gather()).toEqual([
      'systemd_units,active=active,load=loaded,name=ssh.service,preset=enabled,state=enabled,sub=running ' +
        'load_code=0i,active_code=0i,sub_code=0i,active_enter_timestamp_us=1700000000123456i,status_errno=0i,' +
        'restarts=2i,pid=812i,mem_current=5500928i,mem_peak=6000000i,mem_avail=0i,swap_current=0i,swap_peak=0i',
    ]);
  });

  test('leaves out with details what is of another kind than its name says', async () => {
    use({ pattern: 'backup.service ssh.service', details: true });
    expect(await fixture.gather()).toHaveLength(1);
  });

  test('adds units that are not loaded where they are wanted, each once', async () => {
    const gone = { name: 'old.service', load: 'loaded', active: 'inactive', sub: 'dead' };
    systemd.state = {
      units: UNITS,
      unloaded: [gone],
      files: [
        ['/lib/systemd/system/ssh.service', 'enabled'],
        ['/lib/systemd/system/old.service', 'disabled'],
        ['/lib/systemd/system/getty@.service', 'disabled'],
        ['/lib/systemd/system/user@.service', 'static'],
        ['/lib/systemd/system/cups-lpd@.service', 'static'],
        ['/lib/systemd/system/backup.service', 'disabled'],
      ],
    };
    use({ collect_disabled_units: true, pattern: 'user@* old* getty* cups* back*' });
    const names = (await fixture.gather()).map((line) => /load=([^,]*),name=([^,]*)/.exec(line)?.slice(1));
    expect(new Set(names.map((found) => found?.join(' ')))).toEqual(
      new Set([
        'loaded backup.service',
        'loaded old.service',
        'loaded user@1000.service',
        'stub cups-lpd@.service',
        'stub getty@.service',
      ]),
    );
    expect(names).toHaveLength(5);
  });

  test('says which unit is in a state that nobody knows, and tells the others', async () => {
    systemd.state = {
      units: [...UNITS.slice(0, 2), { name: 'odd.service', load: 'loaded', active: 'x', sub: 'y' }],
    };
    use();
    expect(await fixture.gather()).toEqual([SSH, BACKUP].sort());
    expect(fixture.statuses).toEqual([
      'bad_answer: There are states that are not known: odd.service is loaded, x, y.',
    ]);
  });

  test('a bus without systemd says so, and systemd is found when it comes', async () => {
    await systemd.stop();
    use();
    await expect(fixture.gather()).rejects.toMatchObject({ status: 'refused', message: /does not run/ });
    systemd = await FakeSystemd.start(bus.socketPath, { units: UNITS.slice(0, 1) });
    expect(await fixture.gather()).toEqual([SSH]);
  });

  test('a bus that went away is found again', async () => {
    use({ pattern: 'ssh.service' });
    expect(await fixture.gather()).toEqual([SSH]);
    await bus.halt();
    await expect(fixture.gather()).rejects.toMatchObject({ status: 'refused' });
    bus = await BusDaemon.start(bus.folder);
    systemd = await FakeSystemd.start(bus.socketPath, { units: UNITS });
    expect(await fixture.gather()).toEqual([SSH]);
  });

  test('ten thousand units are one answer', async () => {
    const units = Array.from({ length: 10_000 }, (_, index) => ({
      name: `job-${index}.service`,
      ...running,
    }));
    systemd.state = { units };
    use();
    expect(await fixture.gather()).toHaveLength(10_000);
  });

  test('a systemd that is silent ends with the timeout of the block', async () => {
    systemd.isSilent = true;
    use({ timeout: '2s' });
    const gathering = fixture.gather().catch((error: unknown) => error);
    await expect.poll(() => systemd.calls.length, { timeout: 10_000 }).toBe(1);
    await fixture.clock.advance(2000);
    expect(await gathering).toMatchObject({ status: 'timeout' });
  });
});

test('systemd without a bus is told with the place where it was looked for', async () => {
  const fixture = await HostFixture.create({ 'run/systemd/system/x': '' });
  fixture.use(plugin);
  await expect(fixture.gather()).rejects.toMatchObject({
    status: 'refused',
    message: expect.stringMatching(/run\/dbus\/system_bus_socket cannot be reached\.$/) as string,
  });
  await fixture.remove();
});

test('a host that was not started by systemd has no units and no fault', async () => {
  const fixture = await HostFixture.create({});
  fixture.use(plugin);
  expect(await fixture.gather()).toEqual([]);
  expect(fixture.statuses).toEqual(['ok: systemd does not run on this host.']);
  await fixture.remove();
});

test.each([
  [{ unittype: 'daemon' }, 'unittype: must be one of'],
  [{ scope: 'user' }, 'scope: must be "system"'],
  [{ units: [] }, 'units: is not an option'],
])('%j is a fault', (options, message) => {
  expect(faultsOf(plugin, options)[0]).toContain(message);
});
