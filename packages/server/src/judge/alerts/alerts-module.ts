import type { AlertDetail } from '@stratora/contract';
import type { Clock, Logger } from '@stratora/runtime';
import type { Actor } from '../../platform/audit/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import type { ListDeliveries } from './alert-deliveries.ts';
import type { AlertObserver } from './alert-observer.ts';
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
  /** Hears of alerts that people, or the end of a mute, change; nobody by default. */
  observe?: AlertObserver;
  /** Lists who was told of an alert. */
  listDeliveries: ListDeliveries;
  /** Client that writes alerts as series; closed by its owner. */
  series: AlertSeriesOptions['series'];
  labelLimit: AlertSeriesOptions['labelLimit'];
  query: WhyServiceOptions['query'];
  rules: WhyServiceOptions['rules'];
  lookBackSeconds: WhyServiceOptions['lookBackSeconds'];
}

export interface AlertsModule extends ServerModule {
  /** One alert as people see it. @throws AppError not_found */
  get(id: string): Promise<AlertDetail>;
  /** Acknowledges an alert for somebody without a login. @throws AppError not_found, invalid_state for one that is resolved */
  acknowledge(actor: Actor, id: string): Promise<AlertDetail>;
}

/** Builds the module of alerts: what the evaluator writes of them, what people see of them and do about them. */
export function createAlerts(options: AlertsOptions): AlertsModule {
  const { db, observe = async () => {} } = options;
  const service = new AlertService({ ...options, observe });
  const why = new WhyService(options);
  return {
    name: 'alerts',
    routes: { user: [alertRoutes({ db, service, why }), prometheusRoutes(db)] },
    loops: [alertUpkeep({ ...options, observe }), new AlertSeries(options).loop],
    get: (id) => service.get(id),
    acknowledge: (actor, id) => service.act(actor, { id, match: undefined }, { action: 'acknowledge' }),
  };
}
