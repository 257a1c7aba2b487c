import type { ServerModule } from '../../platform/module.ts';
import { BacktestService, type BacktestServiceOptions } from './backtest-service.ts';
import { PreviewService } from './preview-service.ts';
import { trialRoutes } from './trial-routes.ts';

/** Builds the module that tries alert definitions, on what is now and on the past. */
export function createTrials(options: BacktestServiceOptions): ServerModule {
  const preview = new PreviewService(options);
  const backtest = new BacktestService(options);
  return {
    name: 'trials',
    routes: { user: [trialRoutes(preview, backtest)] },
    metrics: [
      {
        name: 'backtests_running',
        help: 'Definitions that are being tried on the past.',
        read: () => backtest.running,
      },
    ],
  };
}
