import { CLOCK_SKEW_SECONDS } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { ComponentPatch } from './component-patch.ts';

export interface StateRow extends ComponentPatch {
  component_id: string;
  last_seen_at: string;
}

/** Writes the states of components in one statement; those that are gone meanwhile are left out. */
export async function keepStates(tx: Tx, rows: readonly StateRow[]): Promise<void> {
  await sql`
    INSERT INTO component_states AS s (component_id, last_seen_at, address, engine, queue, running_config_hash,
      config_status, config_message, clock_skew_seconds, os_version, fqdn, ip_addresses, roles, uptime_seconds,
      config_status_since, clock_skew_since)
    SELECT t.component_id, t.last_seen_at, t.address, t.engine, t.queue, t.running_config_hash, t.config_status,
      t.config_message, t.clock_skew_seconds, t.os_version, t.fqdn, coalesce(t.ip_addresses, '[]'),
      coalesce(t.roles, '[]'), t.uptime_seconds, CASE WHEN t.config_status IS NOT NULL THEN t.last_seen_at END,
      CASE WHEN abs(t.clock_skew_seconds) > ${CLOCK_SKEW_SECONDS} THEN t.last_seen_at END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS t(component_id uuid, last_seen_at timestamptz, address text,
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

/** The tally of what one component sent since the last write. */
export interface IngestTally {
  component_id: string;
  lines_accepted: number;
  lines_rejected: number;
  rejected_by_reason: Record<string, number>;
  last_ingest_at: string | null;
  last_rejection: string | null;
}

/** Adds tallies to the components' rows in one statement; components that are gone meanwhile are left out. */
export async function addTallies(db: Database, tallies: readonly IngestTally[]): Promise<void> {
  await sql`
    INSERT INTO component_states AS s
      (component_id, lines_accepted, lines_rejected, rejected_by_reason, last_ingest_at, last_rejection)
    SELECT t.component_id, t.lines_accepted, t.lines_rejected, t.rejected_by_reason, t.last_ingest_at, t.last_rejection
    FROM jsonb_to_recordset(${JSON.stringify(tallies)}::jsonb) AS t(
      component_id uuid, lines_accepted bigint, lines_rejected bigint, rejected_by_reason jsonb,
      last_ingest_at timestamptz, last_rejection text)
    JOIN remote_components c ON c.id = t.component_id
    ORDER BY t.component_id
    ON CONFLICT (component_id) DO UPDATE SET
      lines_accepted = s.lines_accepted + excluded.lines_accepted,
      lines_rejected = s.lines_rejected + excluded.lines_rejected,
      rejected_by_reason = CASE WHEN excluded.rejected_by_reason = '{}' THEN s.rejected_by_reason ELSE (
        SELECT jsonb_object_agg(key, total) FROM (
          SELECT key, sum(value::bigint) AS total
          FROM (SELECT * FROM jsonb_each_text(s.rejected_by_reason)
                UNION ALL SELECT * FROM jsonb_each_text(excluded.rejected_by_reason)) AS both_sides
          GROUP BY key) AS totals) END,
      last_ingest_at = greatest(s.last_ingest_at, excluded.last_ingest_at),
      last_rejection = coalesce(excluded.last_rejection, s.last_rejection)`.execute(db);
}

/** Deletes the reported hostname: the name under which a component registers counts. */
export async function forgetReportedHostname(tx: Tx, componentId: string): Promise<void> {
  await tx
    .updateTable('component_states')
    .set({ reported_hostname: null })
    .where('component_id', '=', componentId)
    .where('reported_hostname', 'is not', null)
    .execute();
}
