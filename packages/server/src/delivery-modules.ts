import type { Clock, Logger } from '@stratora/runtime';
import type { Registry } from 'prom-client';
import { ConfigDeliveryService, createConfigMetrics } from './components/config-delivery/index.ts';
import { ConfigHistory } from './components/config-history/index.ts';
import { ConfigRenderer } from './components/config-render/index.ts';
import { keepRendered, lockMember, RolloutService } from './components/rollouts/index.ts';
import type { CredentialService } from './inventory/credentials/index.ts';
import { type TemplateRegistry, TemplateService } from './inventory/templates/index.ts';
import { type Database, Lease } from './platform/db/index.ts';
import type { KeyRing, ServerSecrets } from './platform/secrets/index.ts';
import type { SettingsStore } from './platform/settings/index.ts';

export interface DeliveryParts {
  db: Database;
  clock: Clock;
  logger: Logger;
  registry: Registry;
  keys: KeyRing;
  secrets: ServerSecrets;
  settings: SettingsStore;
  credentials: CredentialService;
  templates: TemplateRegistry;
  version: string;
}

/** The way of a config: templates, rendering, delivery, history, rollouts. */
export function buildDelivery(parts: DeliveryParts) {
  const { db, clock, logger, keys, secrets, settings, credentials } = parts;
  const metrics = createConfigMetrics(parts.registry);
  const configs = new ConfigDeliveryService({
    db,
    logger,
    cipher: keys,
    renderer: new ConfigRenderer({ db, logger, openCredential: (row) => credentials.open(row) }),
    lockRollout: lockMember,
    onRendered: keepRendered,
    observe: (...facts) => metrics.observe(...facts),
  });
  return {
    configs,
    configHistory: new ConfigHistory({ db, cipher: keys, maskKey: () => secrets.configMaskKey }),
    rollouts: new RolloutService({
      db,
      clock,
      logger,
      lease: new Lease(db, 'rollouts'),
      wouldChange: (componentId) => configs.wouldChange(componentId),
    }),
    templateService: new TemplateService({
      db,
      logger,
      registry: parts.templates,
      version: parts.version,
      soakSeconds: () => settings.current.rollout_soak_seconds,
    }),
  };
}
