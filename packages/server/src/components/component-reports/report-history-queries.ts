import type { ComponentGap, ComponentReport, ListQuery } from '@stratora/contract';
import { sql } from 'kysely';
import { contains, type Database, sequenceAnswer, sequenceOf } from '../../platform/db/index.ts';

type StoredReport = Omit<ComponentReport, 'at'> & { at: Date; sequence: string };

/** Lists the reports of a component with the newest generation that has the hash they name. */
export async function listReports(db: Database, componentId: string, query: ListQuery) {
  const page = sequenceOf(query, { key: sql`r.seq`, name: 'at' });
  const where = sql`r.component_id = ${componentId} AND 
    ${contains([sql`r.status`, sql`r.message`, sql`r.config_hash`], query.search)}`;
  const total = await count(db, sql`component_reports r WHERE ${where}`);
  const { rows } = await sql<StoredReport>`
    SELECT r.at, r.status, r.config_hash, r.message, r.engine_kind, r.engine_version, r.engine_running,
      (SELECT max(g.generation) FROM collector_configs g
        WHERE g.component_id = r.component_id AND g.hash = r.config_hash) AS generation, ${page.sequence}
    FROM component_reports r WHERE ${where} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return sequenceAnswer(rows, page, total, ({ sequence: _, at, ...row }) => ({
    ...row,
    at: at.toISOString(),
  }));
}

interface StoredGap {
  from_time: Date;
  to_time: Date;
  count: string;
  reported_at: Date;
  sequence: string;
}

export async function listGaps(db: Database, componentId: string, query: ListQuery) {
  const page = sequenceOf(query, { key: sql`p.seq`, name: 'reported_at' });
  const where = sql`p.component_id = ${componentId}`;
  const total = await count(db, sql`component_gaps p WHERE ${where}`);
  const { rows } = await sql<StoredGap>`
    SELECT p.from_time, p.to_time, p.count, p.reported_at, ${page.sequence} FROM component_gaps p
    WHERE ${where} AND ${page.after} ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return sequenceAnswer(
    rows,
    page,
    total,
    (row): ComponentGap => ({
      from: row.from_time.toISOString(),
      to: row.to_time.toISOString(),
      count: Number(row.count),
      reported_at: row.reported_at.toISOString(),
    }),
  );
}

async function count(db: Database, from: ReturnType<typeof sql>): Promise<number> {
  const { rows } = await sql<{ total: number }>`SELECT count(*)::int AS total FROM ${from}`.execute(db);
  return rows[0]?.total ?? 0;
}
