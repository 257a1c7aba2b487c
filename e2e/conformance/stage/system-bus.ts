import {
  BusDaemon,
  FakeSystemd,
  type FakeUnit,
  HAS_DBUS_DAEMON,
} from '../../../packages/engine/src/inputs/systemd_units/fake-systemd.test-support.ts';

const running = { load: 'loaded', active: 'active', sub: 'running' };

const SERVICE: NonNullable<FakeUnit['properties']> = {
  Service: {
    StatusErrno: ['i', 0],
    NRestarts: ['u', 2],
    MainPID: ['u', 812],
    MemoryCurrent: ['t', 5_500_928n],
    MemoryPeak: ['t', 6_000_000n],
    MemoryAvailable: ['t', 2n ** 64n - 1n],
    MemorySwapCurrent: ['t', 0n],
    MemorySwapPeak: ['t', 4096n],
  },
  Unit: {
    UnitFileState: ['s', 'enabled'],
    UnitFilePreset: ['s', 'disabled'],
    ActiveEnterTimestamp: ['t', 1_700_000_000_123_456n],
  },
};

const UNITS: readonly FakeUnit[] = [
  { name: 'ssh.service', ...running, properties: SERVICE },
  { name: 'backup.service', load: 'loaded', active: 'failed', sub: 'failed', properties: SERVICE },
  { name: 'user@1000.service', ...running, properties: SERVICE },
  { name: 'ssh.socket', load: 'loaded', active: 'active', sub: 'listening' },
  { name: 'gone.service', load: 'not-found', active: 'inactive', sub: 'dead', properties: SERVICE },
];

/** Starts systemd's interface on a bus of the stage; undefined where dbus-daemon is not installed. */
export async function startSystemBus(): Promise<{ address: string; stop: () => Promise<void> } | undefined> {
  if (!HAS_DBUS_DAEMON) return undefined;
  const bus = await BusDaemon.start();
  const systemd = await FakeSystemd.start(bus.socketPath, {
    units: UNITS,
    unloaded: [
      { name: 'idle.service', load: 'loaded', active: 'inactive', sub: 'dead', properties: SERVICE },
    ],
    files: [
      ['/usr/lib/systemd/system/ssh.service', 'enabled'],
      ['/usr/lib/systemd/system/idle.service', 'disabled'],
    ],
  });
  return {
    address: bus.address,
    stop: async () => {
      await systemd.stop();
      await bus.stop();
    },
  };
}
