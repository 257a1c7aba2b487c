import type { ServerModule } from '../../platform/module.ts';
import { summaryRoutes } from './summary-routes.ts';
import { type SummaryDeps, SummaryService } from './summary-service.ts';

/** The home page. */
export function createSummary(deps: SummaryDeps): ServerModule {
  return { name: 'summary', routes: { user: [summaryRoutes(new SummaryService(deps))] } };
}
