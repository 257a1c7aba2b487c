import type { Logger } from '@stratora/runtime';
import type { Registry } from 'prom-client';
import type { Database, DatabaseListener } from '../../platform/db/index.ts';
import { markAllDirty } from '../../platform/dirty-marks/index.ts';
import type { FastPath } from '../../platform/http/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import type { ConfigCipher } from '../config-history/index.ts';
import type { ConfigRenderer } from '../config-render/index.ts';
import { ConfigDeliveryService, type PublishingRollout } from './config-delivery-service.ts';
import { type ConfigFastPathOptions, configFastPath } from './config-fast-path.ts';
import { createConfigMetrics } from './config-metrics.ts';
import { configRoutes, type OnPull } from './config-routes.ts';

export interface ConfigDeliveryOptions {
  db: Database;
  listener: Pick<DatabaseListener, 'on' | 'onGap'>;
  logger: Logger;
  registry: Registry;
  cipher: ConfigCipher;
  renderer: ConfigRenderer;
  rollout: PublishingRollout;
  onPull: OnPull;
}

export interface ConfigDelivery extends ServerModule {
  readonly service: ConfigDeliveryService;
  /** Answers pulls in front of the router. */
  fastPath(options: Omit<ConfigFastPathOptions, 'service' | 'onPull'>): FastPath;
}

/** Builds the module that brings a config from a dirty mark to the component that pulls it. */
export function createConfigDelivery(options: ConfigDeliveryOptions): ConfigDelivery {
  const { db, listener, logger, cipher, renderer, rollout, onPull } = options;
  const { observe } = createConfigMetrics(options.registry);
  const service = new ConfigDeliveryService({ db, logger, cipher, renderer, rollout, observe });
  listener.on('stratora_config', (componentId) => service.forget(componentId));
  listener.onGap(() => service.forgetAll());
  return {
    name: 'config delivery',
    routes: { component: [configRoutes({ service, onPull })] },
    loops: [service.loop],
    prepare: () => markAllDirty(db, { cause: 'server started', actor: null }),
    service,
    fastPath: (parts) => configFastPath({ ...parts, service, onPull }),
  };
}
