import { type Clock, type Logger, systemClock } from '@stratora/runtime';
import type { WriteClient } from '@stratora/victoriametrics';
import type { Registry } from 'prom-client';
import { addTallies } from '../../components/component-reports/index.ts';
import type { Database, DatabaseListener } from '../../platform/db/index.ts';
import type { ComponentIdentity } from '../../platform/http/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import type { InterfaceIdentity } from '../interfaces/index.ts';
import type { MetricNormalizer } from '../normalize/index.ts';
import { ByteBudget } from './byte-budget.ts';
import { ComponentNodes } from './component-nodes.ts';
import { IngestDiagnosticsLog } from './ingest-diagnostics.ts';
import { INGEST_LIMITS, type IngestLimits } from './ingest-limits.ts';
import { createIngestMetrics } from './ingest-metrics.ts';
import { listOwnNodes } from './ingest-queries.ts';
import { ingestRoutes } from './ingest-routes.ts';
import { IngestService } from './ingest-service.ts';

export interface IngestOptions {
  db: Database;
  listener: Pick<DatabaseListener, 'on' | 'onGap' | 'isCurrent'>;
  writer: WriteClient;
  registry: Registry;
  logger: Logger;
  clock?: Clock;
  limits?: Partial<IngestLimits>;
  /** Returns the normaliser of the rules in force. */
  normalizer?: () => MetricNormalizer;
  /** What is known of interfaces. */
  interfaces?: InterfaceIdentity;
  /** Called with the nodes whose data the store has just taken. */
  onData?: (component: ComponentIdentity, nodes: ReadonlySet<string>) => void;
}

/** Builds the ingest module: everything between a component's body and the store. */
export function createIngest(options: IngestOptions): ServerModule {
  const clock = options.clock ?? systemClock;
  const limits = { ...INGEST_LIMITS, ...options.limits };
  const { db, listener, logger, writer } = options;
  const budget = new ByteBudget(limits.inFlightBytes);
  const diagnostics = new IngestDiagnosticsLog({
    addTallies: (tallies) => addTallies(db, tallies),
    logger,
    clock,
  });
  const nodes = new ComponentNodes({ listNodes: (id) => listOwnNodes(db, id), listener, logger, clock });
  const metrics = createIngestMetrics(options.registry, budget);
  const service = new IngestService({
    writer,
    nodes,
    diagnostics,
    metrics,
    budget,
    limits,
    clock,
    logger,
    ...(options.normalizer ? { normalizer: options.normalizer } : {}),
    ...(options.interfaces ? { interfaces: options.interfaces } : {}),
    ...(options.onData ? { onData: options.onData } : {}),
  });
  return {
    name: 'ingest',
    routes: { component: [ingestRoutes(service, limits.bodyBytes)] },
    loops: [diagnostics.loop],
    // Counts are written while the database is still open.
    stop: () => diagnostics.stop(),
  };
}
