import type { ServerModule } from '../../platform/module.ts';
import { summaryRoutes } from './summary-routes.ts';
import { type SummaryOptions, SummaryService } from './summary-service.ts';

/** Builds the module of the home page. */
export function createSummary(options: SummaryOptions): ServerModule {
  return { name: 'summary', routes: { user: [summaryRoutes(new SummaryService(options))] } };
}
