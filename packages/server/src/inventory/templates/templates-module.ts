import { type Clock, type Logger, periodic } from '@stratora/runtime';
import type { DatabaseListener } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { customTemplateRoutes } from './custom-template-routes.ts';
import { FolderWatch } from './folder-watch.ts';
import { TemplateRegistry } from './template-registry.ts';
import { templateRoutes } from './template-routes.ts';
import { TemplateService, type TemplateServiceOptions } from './template-service.ts';

export interface TemplatesOptions extends Omit<TemplateServiceOptions, 'registry'> {
  /** Folder of the template files. */
  folder: string;
  listener: Pick<DatabaseListener, 'on' | 'onGap'>;
  clock: Clock;
  logger: Logger;
}

export interface Templates extends ServerModule {
  readonly registry: TemplateRegistry;
}

const PRUNE_EVERY_MS = 600_000;
/** How often the folder is looked at; a change is published at the second look that finds it alike. */
const LOOK_EVERY_MS = 5_000;

/** Builds the module of device templates: files of a server that it publishes to all. */
export function createTemplates({ folder, listener, clock, ...options }: TemplatesOptions): Templates {
  const { logger } = options;
  const registry = new TemplateRegistry(folder, logger);
  const service = new TemplateService({ ...options, registry });
  const refresh = () => {
    service.refresh().catch((error: unknown) => logger.error({ err: error }, 'device templates not read'));
  };
  listener.on('stratora_templates', refresh);
  listener.onGap(refresh);
  const pruning = periodic({
    name: 'template-pruning',
    intervalMs: PRUNE_EVERY_MS,
    clock,
    logger,
    run: () => service.prune(),
  });
  const watch = new FolderWatch(folder);
  const watching = periodic({
    name: 'template-files',
    intervalMs: LOOK_EVERY_MS,
    clock,
    logger,
    run: async () => {
      if (await watch.look()) await service.publishFolder();
    },
  });
  return {
    name: 'device templates',
    routes: { user: [templateRoutes(registry, service), customTemplateRoutes(service)] },
    loops: [pruning, watching],
    prepare: async () => {
      await watch.look();
      await service.start();
    },
    registry,
  };
}
