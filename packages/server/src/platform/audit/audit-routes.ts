import { auditEntrySchema, listOf, listQuerySchema } from '@stratora/contract';
import type { Database } from '../db/index.ts';
import { type Routes, userAccess } from '../http/index.ts';
import { listAudit } from './audit-queries.ts';

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
