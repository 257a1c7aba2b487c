import type { EngineState, QueueState } from '@stratora/contract';

/** The state of a component as its last call gave it; absent fields stay as they were. */
export interface ComponentPatch {
  address?: string;
  version?: string;
  engine?: EngineState;
  queue?: QueueState;
  running_config_hash?: string;
  config_status?: string;
  /** Goes with the status: absent beside one means that there is none. */
  config_message?: string;
  clock_skew_seconds?: number;
  os_version?: string;
  fqdn?: string;
  os?: string;
  ip_addresses?: string[];
  roles?: string[];
  uptime_seconds?: number;
}
