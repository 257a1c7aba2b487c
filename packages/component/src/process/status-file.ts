import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComponentType, EngineState } from '@stratora/contract';
import type { SenderStats } from '../sender/lane-sender.ts';
import type { SpoolState } from '../spool/spool-state.ts';
import type { ConnectionState } from './connection.ts';

/** The status that `collector status` and `agent status` show. Times are RFC 3339. Holds no secret. */
export interface ComponentStatus {
  component_type: ComponentType;
  version: string;
  pid: number;
  /** `stopped` is the last word of a process that ended in order. */
  state: 'running' | 'stopped';
  started_at: string;
  updated_at: string;
  component_id: string | null;
  node_id: string | null;
  server_url: string;
  /** Host and port of the proxy in front of the server. */
  proxy: string | null;
  connection: { state: ConnectionState; message: string; since: string };
  config: { running_hash: string | null; status: string | null; message: string | null };
  /** `cpu_percent` is of one core. */
  engine: EngineState & {
    exits: number;
    crash_loop: boolean;
    memory_bytes: number | null;
    cpu_percent: number | null;
  };
  spool: SpoolState;
  lanes: Record<'live' | 'backlog', SenderStats>;
  quarantined_lines: number;
  /** What it tells people by itself when the server is away; null where it tells nobody. */
  outage_notice: { after_seconds: number; channels: string[] } | null;
  /** Our clock minus the server's. */
  clock_skew_seconds: number | null;
}

export async function writeStatus(stateDirectory: string, status: ComponentStatus): Promise<void> {
  const path = join(stateDirectory, 'status.json');
  await writeFile(`${path}.tmp`, `${JSON.stringify(status, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.tmp`, path);
}

/** Reads the status; undefined when the component has never run on this directory, or its status is damaged. */
export async function readStatus(stateDirectory: string): Promise<ComponentStatus | undefined> {
  try {
    return JSON.parse(await readFile(join(stateDirectory, 'status.json'), 'utf8')) as ComponentStatus;
  } catch {
    return undefined;
  }
}
