import type { FoundNeighbour, FoundWeb } from '@stratora/contract';
import type { IdentityKey } from './identity-keys.ts';

/** An address at which a device answered. */
export interface KnownAddress {
  readonly address: string;
  /** The run that saw it last. */
  seen_run_id: string | null;
  /** Whether somebody said that it is this device's. */
  is_pinned: boolean;
}

/** What is told of a device when it changes. */
export interface DeviceFacts {
  ip_address: string;
  hostname: string | null;
  sys_name: string | null;
  sys_descr: string | null;
  sys_object_id: string | null;
  vendor: string | null;
  model: string | null;
  serial: string | null;
  firmware: string | null;
  os: string | null;
  family: string | null;
  device_type: string;
  template: string;
  confidence: number;
  reasons: readonly string[];
  credential_id: string | null;
  snmp_port: number;
  mac_address: string | null;
  mac_vendor: string | null;
  open_ports: readonly number[];
  own_addresses: readonly string[];
  web: FoundWeb | null;
  neighbours: readonly FoundNeighbour[];
  merge_reasons: readonly string[];
  remarks: readonly string[];
}

/** How a device was before a run; null where the run found it first. */
export interface DeviceBefore {
  readonly facts: Record<string, string | null>;
  readonly was_gone: boolean;
}

/** A device of a job, as its rows have it. Times are RFC 3339. */
export interface KnownDevice extends DeviceFacts {
  readonly id: string;
  seen_run_id: string | null;
  before: DeviceBefore | null;
  is_gone: boolean;
  is_ignored: boolean;
  last_change: string | null;
  node_id: string | null;
  first_seen_at: string;
  last_seen_at: string;
  addresses: KnownAddress[];
  keys: IdentityKey[];
}
