import type { Clock, Logger } from '@stratora/runtime';
import type { Database } from '../../platform/db/index.ts';
import type { ModuleMetric, ServerModule } from '../../platform/module.ts';
import { DerivationLoop } from './derivation/derivation-loop.ts';
import { ImpactService } from './impact/impact-service.ts';
import { LayoutService } from './layout/layout-service.ts';
import { MapService } from './map/map-service.ts';
import { mapRoutes } from './map-routes.ts';
import { ImportService, type ImportServiceOptions } from './neighbours/import-service.ts';
import { WhereService } from './places/where-service.ts';
import { topologyRoutes } from './topology-routes.ts';
import { TopologyService } from './topology-service.ts';
import { ApprovalService } from './wiring/approval-service.ts';
import { wiringRoutes } from './wiring-routes.ts';

export interface TopologyOptions extends ImportServiceOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
}

/** Builds the module of how nodes hang together: what people say of it, and what is derived of what devices say. */
export function createTopology(options: TopologyOptions): ServerModule {
  const { db } = options;
  const derivation = new DerivationLoop(options);
  return {
    name: 'topology',
    routes: {
      user: [
        mapRoutes({ map: new MapService(db), layout: new LayoutService(db), where: new WhereService(db) }),
        topologyRoutes(new TopologyService(options)),
        wiringRoutes({
          db,
          approvals: new ApprovalService(options),
          impact: new ImpactService(db),
          imports: new ImportService(options),
        }),
      ],
    },
    loops: [derivation.loop],
    metrics: metricsOf(derivation),
    stop: () => derivation.stop(),
  };
}

function metricsOf(derivation: DerivationLoop): ModuleMetric[] {
  return [
    {
      name: 'topology_links',
      help: 'Links that were derived last, on the server that leads the loop.',
      read: () => derivation.rows.links,
    },
    {
      name: 'topology_address_places',
      help: 'Places of addresses that were derived last, on the server that leads the loop.',
      read: () => derivation.rows.places,
    },
    {
      name: 'topology_derivation_seconds',
      help: 'Seconds that the last derivation took in its thread.',
      read: () => derivation.lastTookMs / 1000,
    },
  ];
}
