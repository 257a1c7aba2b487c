import type { EnvironmentSource } from '@stratora/runtime';

/** Variables that a program needs of its surroundings, on every system that we run on. */
const PASSED_ON: ReadonlySet<string> = new Set([
  'COMSPEC',
  'HOME',
  'LANG',
  'LOGNAME',
  'PATH',
  'PATHEXT',
  'PROGRAMDATA',
  'SHELL',
  'SYSTEMDRIVE',
  'SYSTEMROOT',
  'TEMP',
  'TMP',
  'TMPDIR',
  'TZ',
  'TZDIR',
  'USER',
  'USERPROFILE',
  'WINDIR',
  // Where a container has the host's file systems, and the bus of its services.
  'DBUS_SYSTEM_BUS_ADDRESS',
  'HOST_DEV',
  'HOST_ETC',
  'HOST_MOUNT_PREFIX',
  'HOST_PROC',
  'HOST_ROOT',
  'HOST_RUN',
  'HOST_SYS',
  'HOST_VAR',
  // What an administrator tunes the two runtimes by, and the CAs that checks of certificates and pages trust.
  'GODEBUG',
  'GOGC',
  'GOMAXPROCS',
  'GOMEMLIMIT',
  'NODE_EXTRA_CA_CERTS',
  'NODE_OPTIONS',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
]);
const SECRET = /TOKEN|PASSWORD|SECRET|CREDENTIAL|_KEY/;

/**
 * The part of our environment that an engine gets: a list of what is passed on, and of our own variables those that
 * hold no secret. No proxy either: its address may hold a password, and an engine speaks to its targets directly.
 */
export function engineEnvironment(source: EnvironmentSource): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(source)) {
    const upper = name.toUpperCase();
    const isOurs = upper.startsWith('STRATORA_') && !SECRET.test(upper);
    if (value !== undefined && (PASSED_ON.has(upper) || upper.startsWith('LC_') || isOurs)) {
      environment[name] = value;
    }
  }
  return environment;
}
