import type { Ground } from './app-ground.ts';
import { beginRollouts, listReferredVersions } from './components/rollouts/index.ts';
import { createCredentials } from './inventory/credentials/index.ts';
import { createIdentification } from './inventory/identification/index.ts';
import { createNodeGroups } from './inventory/node-groups/index.ts';
import { createNodes } from './inventory/nodes/index.ts';
import { createSites } from './inventory/sites/index.ts';
import { createTemplates } from './inventory/templates/index.ts';
import { createTopology } from './inventory/topology/index.ts';
import { beginNodeMaintenance } from './judge/maintenance/index.ts';
import type { ServerModule } from './platform/module.ts';

export type Inventory = ReturnType<typeof buildInventory>;

/** Builds the modules of the inventory: sites, groups, nodes, their topology, credentials, device templates, identification. */
export function buildInventory(ground: Ground) {
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
  const list: ServerModule[] = [
    createSites({ db }),
    createNodeGroups({ db }),
    createNodes({
      db,
      findTemplate: (slug) => registry.find(slug),
      beginMaintenance: (tx, actor, nodes, input) =>
        beginNodeMaintenance(tx, actor, nodes, { ...input, now: clock.now() }),
    }),
    createTopology({ db }),
    credentials,
    templates,
    createIdentification({ db, folder: config.identificationDir, templates: () => registry.sets, logger }),
  ];
  return { templates: registry, credentials, list };
}
