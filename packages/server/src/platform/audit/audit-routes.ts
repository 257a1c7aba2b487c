import {
  type AuditEntry,
  auditEntrySchema,
  type ListQuery,
  listOf,
  listQuerySchema,
} from '@stratora/contract';
import { sql } from 'kysely';
import { containsPattern, type Database, listAnswer, pageOf, type SortFields } from '../db/index.ts';
import { type Routes, userAccess } from '../http/index.ts';

const SORT_FIELDS: SortFields = {
  time: { expression: sql`a.time`, type: 'timestamptz' },
};

interface AuditRow extends Omit<AuditEntry, 'time'> {
  time: Date;
  sort_key: string;
}

async function listAudit(db: Database, query: ListQuery) {
  const page = pageOf(query, SORT_FIELDS, '-time', sql`a.id`);
  const pattern = containsPattern(query.search ?? '');
  const matches = sql<boolean>`(a.actor ILIKE ${pattern} OR a.action ILIKE ${pattern} OR a.object_id ILIKE ${pattern})`;
  const { rows: counted } = await sql<{ total: string }>`
    SELECT count(*) AS total FROM audit_log a WHERE ${matches}`.execute(db);
  const { rows } = await sql<AuditRow>`
    SELECT a.id, a.time, a.actor, a.action, a.object_type, a.object_id, a.detail, a.request_id,
      ${page.sortKey} AS sort_key
    FROM audit_log a WHERE ${matches} AND ${page.after}
    ORDER BY ${page.orderBy} LIMIT ${page.limit + 1}`.execute(db);
  return listAnswer(rows, page, Number(counted[0]?.total ?? 0), ({ sort_key: _, ...row }) => ({
    ...row,
    time: row.time.toISOString(),
  }));
}

export function auditRoutes(db: Database): (routes: Routes) => void {
  return (routes) => {
    routes.get(
      '/api/v1/audit-log',
      {
        ...userAccess('audit:read'),
        schema: {
          summary: 'Who did what, newest first',
          tags: ['audit'],
          querystring: listQuerySchema,
          response: { 200: listOf(auditEntrySchema) },
        },
      },
      (request) => listAudit(db, request.query),
    );
  };
}
