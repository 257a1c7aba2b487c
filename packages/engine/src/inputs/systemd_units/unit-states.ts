/**
 * Numbers of the states of units, as Telegraf's `systemd_units` gives them. The names are those of systemd's own tables
 * of states (systemd(1), src/basic/unit-def.c); each kind of unit has sixteen or more numbers of its own.
 */
export const LOAD_CODES: ReadonlyMap<string, number> = codes([
  [0x00, ['loaded', 'stub', 'not-found', 'bad-setting', 'error', 'merged', 'masked']],
]);

export const ACTIVE_CODES: ReadonlyMap<string, number> = codes([
  [0x00, ['active', 'reloading', 'inactive', 'failed', 'activating', 'deactivating']],
]);

const SERVICE = ['running', 'dead', 'start-pre', 'start', 'exited', 'reload', 'stop', 'stop-watchdog'];
const SERVICE_END = ['stop-sigterm', 'stop-sigkill', 'stop-post', 'final-sigterm', 'failed', 'auto-restart'];
const SERVICE_MORE = ['condition', 'cleaning', 'waiting', 'reload-signal', 'reload-notify', 'final-watchdog'];
const SERVICE_RESTART = ['dead-before-auto-restart', 'failed-before-auto-restart', 'dead-resources-pinned'];
const MOUNT = ['mounting', 'mounting-done', 'mounted', 'remounting', 'unmounting', 'remounting-sigterm'];
const MOUNT_END = ['remounting-sigkill', 'unmounting-sigterm', 'unmounting-sigkill'];
const SOCKET = ['start-chown', 'start-post', 'listening', 'stop-pre', 'stop-pre-sigterm', 'stop-pre-sigkill'];
const SWAP = [
  'activating',
  'activating-done',
  'deactivating',
  'deactivating-sigterm',
  'deactivating-sigkill',
];

export const SUB_CODES: ReadonlyMap<string, number> = codes([
  [0x00, [...SERVICE, ...SERVICE_END, ...SERVICE_MORE, ...SERVICE_RESTART, 'auto-restart-queued']],
  [0x20, ['tentative', 'plugged']],
  [0x30, [...MOUNT, ...MOUNT_END]],
  [0x50, ['abandoned']],
  [0x60, ['active']],
  [0x70, [...SOCKET, 'final-sigkill']],
  [0x80, SWAP],
  [0xa0, ['elapsed']],
]);

/** Numbers names one after the other, from where each list begins. */
function codes(lists: readonly (readonly [number, readonly string[]])[]): ReadonlyMap<string, number> {
  return new Map(
    lists.flatMap(([first, names]) => names.map((name, index) => [name, first + index] as const)),
  );
}
