import type { SnmpManager, SnmpManagerOptions } from './snmp-api.ts';

/** The process's SNMP manager: a few shared UDP sockets, opened with the first request. */
export function createSnmpManager(_options: SnmpManagerOptions = {}): SnmpManager {
  throw new Error('not connected yet');
}
