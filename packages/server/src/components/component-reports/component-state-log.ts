import type { EngineState, QueueState } from '@stratora/contract';
import { type Clock, type Logger, type Periodic, periodic } from '@stratora/runtime';
import { sql } from 'kysely';
import type { Database } from '../../platform/db/index.ts';
import { CLOCK_SKEW_SECONDS } from '../components/index.ts';
import { writeBatches } from './batch-writer.ts';

/** What a component told; absent fields stay as they were. */
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

interface Pending {
  /** Epoch milliseconds. */
  seenAt: number;
  patch: ComponentPatch;
}

function addressed(address: string | undefined): ComponentPatch {
  return address === undefined ? {} : { address };
}

/** Newer over older; a status without a message ends the message before. */
function merge(older: ComponentPatch, newer: ComponentPatch): ComponentPatch {
  const { config_message: _, ...rest } = older;
  return { ...(newer.config_status === undefined ? older : rest), ...newer };
}

const WRITE_EVERY_MS = 2000;
/** Components per statement. */
const BATCH = 1000;

/**
 * Collects what components tell of themselves and writes it every two seconds in one statement, however many they
 * are. While the database is away it waits in memory, newest over older.
 */
export class ComponentStateLog {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #loop: Periodic;
  #pending = new Map<string, Pending>();

  constructor(options: { db: Database; clock: Clock; logger: Logger }) {
    this.#db = options.db;
    this.#clock = options.clock;
    this.#logger = options.logger;
    this.#loop = periodic({
      name: 'component-states',
      intervalMs: WRITE_EVERY_MS,
      clock: options.clock,
      logger: options.logger,
      run: () => this.flush(),
    });
  }

  get loop(): Periodic {
    return this.#loop;
  }

  get waiting(): number {
    return this.#pending.size;
  }

  start(): void {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
    await this.flush().catch(() => {});
  }

  /** A sign of life, with what came along. The next one, ten seconds later, must cost next to nothing. */
  seen(componentId: string, address?: string, patch?: ComponentPatch): void {
    const now = this.#clock.now();
    const before = this.#pending.get(componentId);
    if (!before) {
      this.#pending.set(componentId, { seenAt: now, patch: { ...patch, ...addressed(address) } });
      return;
    }
    before.seenAt = now;
    if (patch || address !== undefined)
      before.patch = merge(before.patch, { ...patch, ...addressed(address) });
  }

  async flush(): Promise<void> {
    const taken = [...this.#pending];
    this.#pending = new Map();
    await writeBatches(taken, {
      size: BATCH,
      write: (batch) => this.#write(batch),
      putBack: (left) => left.forEach(([id, old]) => this.#putBack(id, old)),
      logger: this.#logger,
    });
  }

  #putBack(id: string, old: Pending): void {
    const newer = this.#pending.get(id);
    this.#pending.set(id, newer ? { seenAt: newer.seenAt, patch: merge(old.patch, newer.patch) } : old);
  }

  async #write(batch: readonly [string, Pending][]): Promise<void> {
    const rows = JSON.stringify(
      batch.map(([id, { seenAt, patch }]) => ({
        component_id: id,
        ...patch,
        last_seen_at: new Date(seenAt).toISOString(),
      })),
    );
    await this.#db.transaction().execute(async (tx) => {
      await writeStates(tx, rows);
      await writeIdentities(tx, rows);
    });
  }
}

async function writeStates(tx: Database, rows: string): Promise<void> {
  await sql`
    INSERT INTO component_states AS s (component_id, last_seen_at, address, engine, queue, running_config_hash,
      config_status, config_message, clock_skew_seconds, os_version, fqdn, ip_addresses, roles, uptime_seconds,
      config_status_since, clock_skew_since)
    SELECT t.component_id, t.last_seen_at, t.address, t.engine, t.queue, t.running_config_hash, t.config_status,
      t.config_message, t.clock_skew_seconds, t.os_version, t.fqdn, coalesce(t.ip_addresses, '[]'),
      coalesce(t.roles, '[]'), t.uptime_seconds, CASE WHEN t.config_status IS NOT NULL THEN t.last_seen_at END,
      CASE WHEN abs(t.clock_skew_seconds) > ${CLOCK_SKEW_SECONDS} THEN t.last_seen_at END
    FROM jsonb_to_recordset(${rows}::jsonb) AS t(component_id uuid, last_seen_at timestamptz, address text,
      engine jsonb, queue jsonb, running_config_hash text, config_status text, config_message text,
      clock_skew_seconds float8, os_version text, fqdn text, ip_addresses jsonb, roles jsonb, uptime_seconds float8)
    JOIN remote_components c ON c.id = t.component_id
    ORDER BY t.component_id
    ON CONFLICT (component_id) DO UPDATE SET
      last_seen_at = greatest(s.last_seen_at, excluded.last_seen_at),
      address = coalesce(excluded.address, s.address),
      engine = coalesce(excluded.engine, s.engine),
      queue = coalesce(excluded.queue, s.queue),
      running_config_hash = coalesce(excluded.running_config_hash, s.running_config_hash),
      config_status = coalesce(excluded.config_status, s.config_status),
      config_message = CASE WHEN excluded.config_status IS NULL THEN s.config_message ELSE excluded.config_message END,
      clock_skew_seconds = coalesce(excluded.clock_skew_seconds, s.clock_skew_seconds),
      os_version = coalesce(excluded.os_version, s.os_version),
      fqdn = coalesce(excluded.fqdn, s.fqdn),
      ip_addresses = CASE WHEN excluded.ip_addresses = '[]' THEN s.ip_addresses ELSE excluded.ip_addresses END,
      roles = CASE WHEN excluded.roles = '[]' THEN s.roles ELSE excluded.roles END,
      uptime_seconds = coalesce(excluded.uptime_seconds, s.uptime_seconds),
      config_status_since = CASE WHEN excluded.config_status IS DISTINCT FROM s.config_status
        THEN coalesce(excluded.config_status_since, s.config_status_since) ELSE s.config_status_since END,
      clock_skew_since = CASE WHEN excluded.clock_skew_seconds IS NULL THEN s.clock_skew_since
        WHEN excluded.clock_skew_since IS NULL THEN NULL
        ELSE coalesce(s.clock_skew_since, excluded.clock_skew_since) END`.execute(tx);
}

/** What rarely changes: the version, and the name, system and address of an agent's node. */
async function writeIdentities(tx: Database, rows: string): Promise<void> {
  await sql`
    UPDATE remote_components c SET version = t.version, updated_at = now()
    FROM jsonb_to_recordset(${rows}::jsonb) AS t(component_id uuid, version text)
    WHERE c.id = t.component_id AND t.version IS NOT NULL AND c.version <> t.version`.execute(tx);
  // An agent beside the server is seen as 127.0.0.1; its host's own first address says more.
  await sql`
    UPDATE nodes n SET
      fqdn = coalesce(t.fqdn, n.fqdn),
      os = coalesce(t.os, n.os),
      ip_address = CASE WHEN n.ip_address IN ('127.0.0.1', '::1') THEN coalesce(t.first_address, n.ip_address)
        ELSE n.ip_address END,
      updated_at = now()
    FROM (
      SELECT component_id, fqdn, os, (
        SELECT a FROM jsonb_array_elements_text(ip_addresses) AS a
        WHERE a !~ '^(127\\.|169\\.254\\.|::1$|fe80:)' LIMIT 1) AS first_address
      FROM jsonb_to_recordset(${rows}::jsonb) AS t(component_id uuid, fqdn text, os text, ip_addresses jsonb)
      WHERE os IS NOT NULL
    ) AS t
    WHERE n.agent_id = t.component_id AND (
      n.fqdn IS DISTINCT FROM coalesce(t.fqdn, n.fqdn) OR n.os IS DISTINCT FROM t.os
      OR (n.ip_address IN ('127.0.0.1', '::1') AND t.first_address IS NOT NULL))`.execute(tx);
}
