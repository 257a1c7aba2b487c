import type { Clock, Logger } from '@stratora/runtime';
import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { alertRoutes } from './alert-routes.ts';
import { AlertSeries, type AlertSeriesOptions } from './alert-series.ts';
import { AlertService } from './alert-service.ts';
import { alertUpkeep } from './alert-upkeep.ts';
import { prometheusRoutes } from './prometheus-routes.ts';
import { WhyService, type WhyServiceOptions } from './why-service.ts';

export interface AlertsOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
  /** Returns the setting `alert_keep_days`. */
  keepDays: () => number;
  /** Client that writes alerts as series; closed by its owner. */
  series: AlertSeriesOptions['series'];
  labelLimit: AlertSeriesOptions['labelLimit'];
  query: WhyServiceOptions['query'];
  rules: WhyServiceOptions['rules'];
  lookBackSeconds: WhyServiceOptions['lookBackSeconds'];
}

/** Builds the module of alerts: what the evaluator writes of them, what people see of them and do about them. */
export function createAlerts(options: AlertsOptions): ServerModule {
  const { db } = options;
  const service = new AlertService({ db });
  const why = new WhyService(options);
  return {
    name: 'alerts',
    routes: { user: [alertRoutes({ db, service, why }), prometheusRoutes(db)] },
    loops: [alertUpkeep(options), new AlertSeries(options).loop],
  };
}
