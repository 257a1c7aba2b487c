import type { Ground } from './app-ground.ts';
import { beginRollouts, listReferredVersions } from './components/rollouts/index.ts';
import { createCredentials } from './inventory/credentials/index.ts';
import { createDiscovery, serverScan } from './inventory/discovery/index.ts';
import { createIdentification } from './inventory/identification/index.ts';
import { createNodeGroups } from './inventory/node-groups/index.ts';
import { createNodes } from './inventory/nodes/index.ts';
import { createSites } from './inventory/sites/index.ts';
import { createTemplates } from './inventory/templates/index.ts';
import { createTopology } from './inventory/topology/index.ts';
import { beginNodeMaintenance } from './judge/maintenance/index.ts';
import type { ServerModule } from './platform/module.ts';
import { createOutboundGuard } from './platform/outbound/index.ts';

export type Inventory = ReturnType<typeof buildInventory>;

export interface InventoryMeans {
  /** Called when scans of collectors were asked for, or ended by somebody. */
  onScansChanged: () => void;
}

/** Builds the modules of the inventory: sites, groups, nodes, their topology, credentials, device templates, identification, discovery. */
export function buildInventory(ground: Ground, { onScansChanged }: InventoryMeans) {
  const { config, clock, db, keys, listener, logger, settings } = ground;
  const templates = createTemplates({
    db,
    listener,
    clock,
    logger,
    folder: config.templatesDir,
    version: config.version,
    onPublished: (tx, changes, why) =>
      beginRollouts(tx, changes, { ...why, soakSeconds: settings.current.rollout_soak_seconds }),
    listVersionsInUse: listReferredVersions,
  });
  const { registry } = templates;
  const credentials = createCredentials({ db, keys });
  const nodes = createNodes({
    db,
    findTemplate: (slug) => registry.find(slug),
    beginMaintenance: (tx, actor, chosen, input) =>
      beginNodeMaintenance(tx, actor, chosen, { ...input, now: clock.now() }),
  });
  const identification = createIdentification({
    db,
    folder: config.identificationDir,
    templates: () => registry.sets,
    logger,
  });
  const discovery = createDiscovery({
    ...ground,
    openSecret: (row) => credentials.open(row),
    nodes: nodes.service,
    findTemplate: (slug) => registry.find(slug),
    identification: identification.service,
    scan: serverScan({ book: () => identification.service.book, guard: createOutboundGuard(config) }),
    onRunsChanged: onScansChanged,
  });
  const list: ServerModule[] = [
    createSites({ db }),
    createNodeGroups({ db }),
    nodes,
    createTopology({ db, clock, logger, createNode: (actor, input) => nodes.service.create(actor, input) }),
    credentials,
    templates,
    identification,
    discovery,
  ];
  return { templates: registry, credentials, scanRuns: discovery.runs, list };
}
