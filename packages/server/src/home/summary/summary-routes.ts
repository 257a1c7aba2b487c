import { summarySchema } from '@stratora/contract';
import { type Routes, userAccess } from '../../platform/http/index.ts';
import type { SummaryService } from './summary-service.ts';

export function summaryRoutes(service: SummaryService) {
  return (routes: Routes): void => {
    routes.get(
      '/api/v1/summary',
      {
        ...userAccess('monitoring:read'),
        schema: {
          summary: 'Counters and lists of the home page',
          tags: ['summary'],
          response: { 200: summarySchema },
        },
      },
      () => service.get(),
    );
  };
}
