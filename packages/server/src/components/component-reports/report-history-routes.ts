import {
  componentGapListSchema,
  componentReportListSchema,
  idSchema,
  type ListQuery,
  listQuerySchema,
} from '@stratora/contract';
import { z } from 'zod';
import type { Database } from '../../platform/db/index.ts';
import { notFound, type Routes, userAccess } from '../../platform/http/index.ts';
import { componentExists } from '../component-registry/index.ts';
import { listGaps, listReports } from './report-history-queries.ts';

const tags = ['components'];
const params = z.object({ id: idSchema });

/** Routes for users: the reports of a component and the gaps in its data. */
export function reportHistoryRoutes(db: Database): (routes: Routes) => void {
  const read = userAccess('monitoring:read');
  async function listOf<T>(
    list: (db: Database, id: string, query: ListQuery) => Promise<T>,
    { id, query }: { id: string; query: ListQuery },
  ): Promise<T> {
    if (!(await componentExists(db, id))) throw notFound('This component');
    return list(db, id, query);
  }
  return (routes) => {
    routes.get(
      '/api/v1/components/:id/reports',
      {
        ...read,
        schema: {
          summary: 'What a component told of its config and engine, newest first',
          tags,
          params,
          querystring: listQuerySchema,
          response: { 200: componentReportListSchema },
        },
      },
      (request) => listOf(listReports, { id: request.params.id, query: request.query }),
    );
    routes.get(
      '/api/v1/components/:id/gaps',
      {
        ...read,
        schema: {
          summary: 'Samples that a component had to give up, newest first',
          tags,
          params,
          querystring: listQuerySchema,
          response: { 200: componentGapListSchema },
        },
      },
      (request) => listOf(listGaps, { id: request.params.id, query: request.query }),
    );
  };
}
