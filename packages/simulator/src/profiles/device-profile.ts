import type { Flow, Level } from './moving-value.ts';

/** A port: one row of ifTable and ifXTable. */
export interface PortProfile {
  readonly index: number;
  /** ifName, the short name; `description` is ifDescr. */
  readonly name: string;
  readonly description: string;
  readonly alias: string;
  readonly megabits: number;
  /** State of the port: `off` is switched off by its administrator, `down` has nothing at its other end. */
  readonly state: 'up' | 'down' | 'off';
  /** Octets received; `sent` is in octets too. */
  readonly received: Flow;
  readonly sent: Flow;
  /** Damaged packets received per second. */
  readonly errorsPerSecond?: number | undefined;
}

export interface StorageProfile {
  readonly name: string;
  readonly kind: 'memory' | 'virtual_memory' | 'disk';
  readonly bytes: number;
  /** Used share in per cent. */
  readonly used: Level;
}

export interface SensorProfile {
  readonly name: string;
  readonly kind: 'celsius' | 'rpm' | 'watts' | 'humidity' | 'volts' | 'amperes';
  /** Number of decimal places. */
  readonly precision: number;
  readonly level: Level;
  /** Time (Unix seconds) from which on it reports a failure. */
  readonly failsAt?: number | undefined;
}

/** Values of UPS-MIB (RFC 1628). */
export interface UpsProfile {
  readonly manufacturer: string;
  readonly model: string;
  readonly ratedWatts: number;
  /** Load in per cent of the rating. */
  readonly load: Level;
  readonly batteryCelsius: Level;
  readonly minutesLeft: Level;
}

/** Values of Printer-MIB (RFC 3805). */
export interface PrinterProfile {
  readonly supplies: readonly { readonly name: string; readonly capacity: number; readonly left: number }[];
  readonly pages: Flow;
}

/** A disk of hrDeviceTable. */
export interface DiskProfile {
  readonly name: string;
  /** Time (Unix seconds) from which on it is down and counts errors. */
  readonly failsAt?: number | undefined;
}

/** All data that one simulated device reports; `deviceObjects` makes a MIB of it. */
export interface DeviceProfile {
  readonly name: string;
  readonly description: string;
  /** Arcs of sysObjectID below 1.3.6.1.4.1. */
  readonly vendorArcs: string;
  readonly location: string;
  readonly contact: string;
  readonly chassisMac: Buffer;
  /** Time of the boot, Unix seconds, from which counters count. */
  readonly bootedAt: number;
  readonly ports: readonly PortProfile[];
  /** Load of each processor, per cent. */
  readonly processors?: readonly Level[] | undefined;
  readonly storages?: readonly StorageProfile[] | undefined;
  readonly sensors?: readonly SensorProfile[] | undefined;
  readonly disks?: readonly DiskProfile[] | undefined;
  /** Whether it carries the traffic of others: a switch, a router, a firewall. */
  readonly isNetworkDevice?: boolean | undefined;
  readonly ups?: UpsProfile | undefined;
  readonly printer?: PrinterProfile | undefined;
}
