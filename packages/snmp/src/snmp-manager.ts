import { Dispatcher } from './dispatcher.ts';
import { HostAddress, resolveHost } from './host-address.ts';
import type { SnmpManager, SnmpManagerOptions } from './snmp-api.ts';
import { Session } from './snmp-session.ts';
import { checkTarget } from './target-check.ts';
import { PasswordKeyCache } from './usm-keys.ts';

const DEFAULTS = {
  sockets: 2,
  receiveBufferBytes: 4 * 1024 * 1024,
  maxInFlight: 8_192,
  maxVarbindsPerPdu: 256,
} as const;

/**
 * Makes the process's SNMP manager: a few shared UDP sockets, opened with the first request. One per process is enough.
 */
export function createSnmpManager(options: SnmpManagerOptions = {}): SnmpManager {
  const dispatcher = new Dispatcher({
    sockets: options.sockets ?? DEFAULTS.sockets,
    receiveBufferBytes: options.receiveBufferBytes ?? DEFAULTS.receiveBufferBytes,
    maxInFlight: options.maxInFlight ?? DEFAULTS.maxInFlight,
    maxVarbindsPerPdu: options.maxVarbindsPerPdu ?? DEFAULTS.maxVarbindsPerPdu,
    mayAsk: options.mayAsk,
    onSent: options.onSent,
  });
  const passwordKeys = new PasswordKeyCache();
  const resolve = options.resolve ?? resolveHost;
  return {
    counters: dispatcher.counters,
    session(target) {
      checkTarget(target);
      return new Session(target, { dispatcher, passwordKeys, host: new HostAddress(target, resolve) });
    },
    close: () => dispatcher.close(),
  };
}
