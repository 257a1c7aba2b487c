import {
  NEIGHBOUR_TABLES,
  type NeighbourSystem,
  type NeighbourTable,
  type TableRead,
} from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../../platform/db/index.ts';
import type { KeptBefore, PackedRows } from './kept-rows.ts';

/** Keeps a node from being deleted until the transaction ends. @returns whether there is one */
export async function holdNode(tx: Tx, nodeId: string): Promise<boolean> {
  const { rows } = await sql`SELECT FROM nodes WHERE id = ${nodeId} FOR KEY SHARE`.execute(tx);
  return rows.length > 0;
}

/**
 * Writes what a node says of itself, if nothing newer is known; the row stays locked, so that reports of a node are taken one after
 * the other. A time that is still to come counts as now. What says nothing at all leaves what was known.
 * @returns when it was read; undefined where something newer is known
 */
export async function writeSystem(
  tx: Tx,
  { nodeId, system, readAt }: { nodeId: string; system: string | null; readAt: string },
): Promise<Date | undefined> {
  const { rows } = await sql<{ read_at: Date }>`
    INSERT INTO neighbour_systems AS known (node_id, system, read_at)
    VALUES (${nodeId}, coalesce(${system}::jsonb, '{}'), least(${readAt}::timestamptz, now()))
    ON CONFLICT (node_id) DO UPDATE SET
      seq = nextval('neighbour_report_seq'),
      system = coalesce(${system}::jsonb, known.system),
      read_at = excluded.read_at
    WHERE known.read_at <= excluded.read_at
    RETURNING read_at`.execute(tx);
  return rows[0]?.read_at;
}

export interface KnownTable extends KeptBefore {
  readonly hash: Buffer | null;
}

/** Lists what is kept of the tables of a node. */
export async function listKnownTables(tx: Tx, nodeId: string): Promise<Map<NeighbourTable, KnownTable>> {
  const { rows } = await sql<{
    name: NeighbourTable;
    has: boolean;
    whole: boolean;
    at: Date | null;
    hash: Buffer | null;
  }>`
    SELECT name, kept IS NOT NULL AS has, is_whole AS whole, kept_at AS at, kept_hash AS hash
    FROM neighbour_tables WHERE node_id = ${nodeId}`.execute(tx);
  return new Map(
    rows.map(({ name, has, whole, at, hash }) => [
      name,
      { hasRows: has, isWhole: whole, keptAtMs: at?.getTime() ?? null, hash },
    ]),
  );
}

export interface TableWriting {
  readonly nodeId: string;
  readonly name: NeighbourTable;
  readonly read: TableRead;
  readonly readAt: Date;
}

/** Writes how a reading of a table went; the rows that are kept stay. */
export async function writeReading(tx: Tx, { nodeId, name, read, readAt }: TableWriting): Promise<void> {
  await sql`
    INSERT INTO neighbour_tables (node_id, name, state, rows, left_out, reason, read_at)
    VALUES (${nodeId}, ${name}, ${read.state}, ${read.rows}, ${read.left_out}, ${read.reason}, ${readAt})
    ON CONFLICT (node_id, name) DO UPDATE SET
      state = excluded.state, rows = excluded.rows, left_out = excluded.left_out, reason = excluded.reason,
      read_at = excluded.read_at`.execute(tx);
}

/** Keeps rows of a table, or the same ones at a later time where `packed` is left out. */
export async function keepRows(
  tx: Tx,
  { nodeId, name, readAt }: TableWriting,
  { count, isWhole, rows }: { count: number; isWhole: boolean; rows: PackedRows | undefined },
): Promise<void> {
  const content = rows && sql`, kept = ${rows.packed}, kept_hash = ${rows.hash}, kept_rows = ${count}`;
  await sql`
    UPDATE neighbour_tables SET kept_at = ${readAt}, is_whole = ${isWhole} ${content ?? sql``}
    WHERE node_id = ${nodeId} AND name = ${name}`.execute(tx);
}

/** The tables of a node as the derivation takes them. */
export interface KeptTableRow {
  readonly name: NeighbourTable;
  readonly state: TableRead['state'];
  readonly reason: string | null;
  readonly readAtMs: number;
  readonly keptAtMs: number | null;
  readonly isWhole: boolean;
  readonly kept: Uint8Array | null;
}

export interface KeptReport {
  readonly nodeId: string;
  readonly system: NeighbourSystem;
  readonly tables: readonly KeptTableRow[];
}

/** Lists the numbers of the newest reports, by node. */
export async function listReportNumbers(db: Database): Promise<Map<string, string>> {
  const { rows } = await sql<{
    node_id: string;
    seq: string;
  }>`SELECT node_id, seq FROM neighbour_systems`.execute(db);
  return new Map(rows.map(({ node_id: id, seq }) => [id, seq]));
}

/** Reads what is kept of some nodes. */
export async function readReports(db: Database, ids: readonly string[]): Promise<KeptReport[]> {
  const { rows: systems } = await sql<{ node_id: string; system: NeighbourSystem }>`
    SELECT node_id, system FROM neighbour_systems WHERE node_id = ANY(${[...ids]}::uuid[]) ORDER BY node_id`.execute(
    db,
  );
  const { rows: tables } = await sql<
    Omit<KeptTableRow, 'readAtMs' | 'keptAtMs'> & { node_id: string; read: Date; at: Date | null }
  >`
    SELECT node_id, name, state, reason, read_at AS read, kept_at AS at, is_whole AS "isWhole", kept
    FROM neighbour_tables WHERE node_id = ANY(${[...ids]}::uuid[])`.execute(db);
  const tablesOf = Map.groupBy(tables, (row) => row.node_id);
  return systems.map(({ node_id: nodeId, system }) => ({
    nodeId,
    system,
    tables: (tablesOf.get(nodeId) ?? []).map(({ node_id: _, read, at, ...table }) => ({
      ...table,
      readAtMs: read.getTime(),
      keptAtMs: at?.getTime() ?? null,
    })),
  }));
}

export interface TableStateRow extends TableRead {
  readonly name: NeighbourTable;
  readonly read_at: Date;
  readonly kept_rows: number;
  readonly whole_at: Date | null;
}

/** Lists how the readings of the tables of a node went, in the order of the contract. */
export async function listTableStates(db: Database, nodeId: string): Promise<TableStateRow[]> {
  const { rows } = await sql<TableStateRow>`
    SELECT name, state, rows, left_out, reason, read_at, kept_rows, CASE WHEN is_whole THEN kept_at END AS whole_at
    FROM neighbour_tables WHERE node_id = ${nodeId}`.execute(db);
  const place = ({ name }: TableStateRow) => NEIGHBOUR_TABLES.indexOf(name);
  return rows.toSorted((a, b) => place(a) - place(b));
}
