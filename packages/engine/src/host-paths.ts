import type { HostPaths } from './input.ts';

/** The pseudo file systems of a plain host. */
export const LOCAL_HOST: HostPaths = {
  proc: '/proc',
  sys: '/sys',
  etc: '/etc',
  run: '/run',
  mountPrefix: '',
};

/**
 * Reads `HOST_PROC`, `HOST_SYS`, `HOST_ETC`, `HOST_RUN` and `HOST_MOUNT_PREFIX`, which containers set for Telegraf, and
 * `DBUS_SYSTEM_BUS_ADDRESS`, which it heeds too.
 */
export function hostPathsFrom(environment: Readonly<Record<string, string | undefined>>): HostPaths {
  const systemBus = environment['DBUS_SYSTEM_BUS_ADDRESS'];
  return {
    ...(systemBus ? { systemBus } : {}),
    proc: environment['HOST_PROC'] || LOCAL_HOST.proc,
    sys: environment['HOST_SYS'] || LOCAL_HOST.sys,
    etc: environment['HOST_ETC'] || LOCAL_HOST.etc,
    run: environment['HOST_RUN'] || LOCAL_HOST.run,
    mountPrefix: environment['HOST_MOUNT_PREFIX'] || LOCAL_HOST.mountPrefix,
  };
}
