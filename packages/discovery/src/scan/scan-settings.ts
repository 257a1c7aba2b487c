import type { EffectiveOptions } from '@stratora/contract';
import { portsOf } from '../tcp/scan-ports.ts';

/** How a scan goes about its work; what people chose, and what follows from it. */
export interface ScanSettings {
  readonly ping: boolean;
  readonly tcp: boolean;
  /** Whether ports are knocked at in place of pings where there is no ICMP. */
  readonly knocksForPing: boolean;
  readonly snmp: boolean;
  readonly http: boolean;
  readonly dns: boolean;
  readonly packetsPerSecond: number;
  readonly hostPacketsPerSecond: number;
  readonly tcpPorts: readonly number[];
  readonly snmpPort: number;
  /** Waits for an answer to a ping, one for each ping that an address gets at most; milliseconds. */
  readonly pingTimeoutsMs: readonly number[];
  /** The same for a message of SNMP. */
  readonly snmpTimeoutsMs: readonly number[];
  /** Most addresses that are under way at a time. */
  readonly window: number;
}

const PING_TIMEOUTS_MS = [500, 700];
const SNMP_TIMEOUTS_MS = [500, 900];
/** Seconds of packets that are under way: longer than an address takes that answers nothing. */
const WINDOW_SECONDS = 12;
const WINDOW = { least: 256, most: 65_536 };

/** Makes settings of what was chosen. A scan that is OT-safe knocks at no port and repeats nothing. */
export function settingsOf(options: EffectiveOptions): ScanSettings {
  const { ot_safe: isSafe, packets_per_second: rate } = options;
  const tcpPorts = portsOf(options.tcp_ports);
  return {
    ping: options.ping,
    tcp: options.tcp && !isSafe && tcpPorts.length > 0,
    knocksForPing: !isSafe,
    snmp: options.snmp,
    http: options.http,
    dns: options.dns,
    packetsPerSecond: rate,
    hostPacketsPerSecond: Math.min(rate, options.host_packets_per_second),
    tcpPorts,
    snmpPort: options.snmp_port,
    pingTimeoutsMs: isSafe ? [1000] : PING_TIMEOUTS_MS,
    snmpTimeoutsMs: isSafe ? [2000] : SNMP_TIMEOUTS_MS,
    window: Math.min(WINDOW.most, Math.max(WINDOW.least, Math.round(rate * WINDOW_SECONDS))),
  };
}
