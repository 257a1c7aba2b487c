import type { EngineState, QueueState } from '@stratora/contract';

/** The changes of a component's state by its last call; absent fields stay as they were. */
export interface ComponentPatch {
  address?: string;
  version?: string;
  engine?: EngineState;
  queue?: QueueState;
  running_config_hash?: string;
  config_status?: string;
  /** Message of the status; absent beside a status means that it has none. */
  config_message?: string;
  clock_skew_seconds?: number;
  os_version?: string;
  fqdn?: string;
  os?: string;
  ip_addresses?: string[];
  roles?: string[];
  uptime_seconds?: number;
}
