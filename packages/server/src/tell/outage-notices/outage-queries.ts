import type { OutageReport, OutageTelling } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';

/** Most outages that are kept of a collector. */
const KEPT_OUTAGES = 50;

/** Finds the name of a collector; undefined for what is none. */
export async function findCollectorName(db: Database, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('remote_components')
    .select('name')
    .where('id', '=', id)
    .where('component_type', '=', 'collector')
    .executeTakeFirst();
  return row?.name;
}

/** Finds which of these ids are those of collectors. */
export async function findCollectorIds(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM remote_components
    WHERE component_type = 'collector' AND id = ANY(${ids}::uuid[])`.execute(tx);
  return new Set(rows.map(({ id }) => id));
}

/** Which orders a collector has, as it said itself. */
export interface HeldOrders {
  readonly mark: string;
  readonly since: Date;
}

export async function findHeldOrders(db: Database, componentId: string): Promise<HeldOrders | undefined> {
  const { rows } = await sql<HeldOrders>`
    SELECT held_mark AS mark, held_since AS since FROM outage_orders
    WHERE component_id = ${componentId} AND held_mark IS NOT NULL`.execute(db);
  return rows[0];
}

/** Notes which orders a collector says it has; nothing is written where they are those of before. */
export async function noteHeldOrders(db: Database, componentId: string, mark: string): Promise<void> {
  await sql`
    INSERT INTO outage_orders AS o (component_id, held_mark, held_since) VALUES (${componentId}, ${mark}, now())
    ON CONFLICT (component_id) DO UPDATE SET held_mark = excluded.held_mark, held_since = excluded.held_since
    WHERE o.held_mark IS DISTINCT FROM excluded.held_mark`.execute(db);
}

/** Notes which orders go out to a collector. @returns whether they are others than the last ones */
export async function noteDeliveredOrders(tx: Tx, componentId: string, mark: string): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO outage_orders AS o (component_id, delivered_mark) VALUES (${componentId}, ${mark})
    ON CONFLICT (component_id) DO UPDATE SET delivered_mark = excluded.delivered_mark
    WHERE o.delivered_mark IS DISTINCT FROM excluded.delivered_mark
    RETURNING o.component_id`.execute(tx);
  return rows.length > 0;
}

/** An outage as it is kept. */
export interface KeptOutage extends Omit<OutageReport, 'began_at' | 'ended_at'> {
  began_at: Date;
  ended_at: Date;
  reported_at: Date;
}

/** Lists the outages of which a collector told, newest first. */
export async function listOutages(db: Database, componentId: string): Promise<KeptOutage[]> {
  const { rows } = await sql<KeptOutage>`
    SELECT id, began_at, ended_at, last_error, tellings, reported_at FROM outages
    WHERE component_id = ${componentId} ORDER BY began_at DESC, id DESC LIMIT ${KEPT_OUTAGES}`.execute(db);
  return rows;
}

export interface NewOutage {
  id: string;
  beganAt: Date;
  endedAt: Date;
  lastError: string;
  tellings: readonly OutageTelling[];
}

/** Keeps an outage in place of an earlier report of it, and drops the oldest. @returns whether it is a new one */
export async function keepOutage(tx: Tx, componentId: string, outage: NewOutage): Promise<boolean> {
  const { id, beganAt, endedAt, lastError, tellings } = outage;
  const { rows } = await sql<{ isNew: boolean }>`
    INSERT INTO outages (component_id, id, began_at, ended_at, last_error, tellings)
    VALUES (${componentId}, ${id}, ${beganAt}, ${endedAt}, ${lastError}, ${JSON.stringify(tellings)}::jsonb)
    ON CONFLICT (component_id, id) DO UPDATE SET began_at = excluded.began_at, ended_at = excluded.ended_at,
      last_error = excluded.last_error, tellings = excluded.tellings, reported_at = now()
    RETURNING xmax = 0 AS "isNew"`.execute(tx);
  await sql`
    DELETE FROM outages WHERE component_id = ${componentId} AND id IN (
      SELECT id FROM outages WHERE component_id = ${componentId}
      ORDER BY reported_at DESC, id DESC OFFSET ${KEPT_OUTAGES})`.execute(tx);
  return rows[0]?.isNew === true;
}
