import type { Ground, Inventory } from './app-modules.ts';
import { createComponentKeys } from './components/component-keys/index.ts';
import { type ComponentReportsModule, createComponentReports } from './components/component-reports/index.ts';
import { createComponents } from './components/components/index.ts';
import {
  ConfigDeliveryService,
  configRoutes,
  createConfigMetrics,
  type OnPull,
} from './components/config-delivery/index.ts';
import { ConfigHistory, configHistoryRoutes } from './components/config-history/index.ts';
import { ConfigRenderer } from './components/config-render/index.ts';
import { createEnrollment } from './components/enrollment/index.ts';
import { createInstall } from './components/install/index.ts';
import { keepRendered, lockMember, RolloutService, rolloutRoutes } from './components/rollouts/index.ts';
import { Lease } from './platform/db/index.ts';
import { markAllDirty } from './platform/dirty-marks/index.ts';
import type { ServerModule } from './platform/module.ts';

/** Collectors and agents: how they come, what they are told to do, and what they tell. */
export function buildComponents(ground: Ground, inventory: Inventory) {
  const { db, clock, logger, settings, config } = ground;
  const keys = createComponentKeys({
    ...ground,
    maxAgeDays: () => settings.current.component_key_max_age_days,
  });
  const { authenticator, rotation } = keys;
  // Delivery hears of pulls by the reports, and these of configs by delivery.
  const reports: ComponentReportsModule = createComponentReports({
    db,
    clock,
    logger,
    rotation,
    configs: { peek: (id) => delivery.configs.peek(id), find: (id) => delivery.configs.find(id) },
  });
  // Which config it runs is said by its reports: what it asks for may be one that it refused.
  const onPull: OnPull = (componentId) => reports.states.seen(componentId);
  const delivery = buildDelivery(ground, { ...inventory, onPull });
  const { configs } = delivery;
  const rollouts = buildRollouts(ground, configs);
  const list: ServerModule[] = [
    createEnrollment({ ...config, db, authenticator }),
    createInstall({ ...ground.config, nodePath: process.execPath }),
    createComponents({ db, authenticator }),
    ...delivery.list,
    reports,
    keys,
    configHistoryModule(ground),
    ...rollouts.list,
  ];
  const { states, noteCall } = reports;
  return {
    authenticator,
    rotation,
    states,
    reports: reports.reports,
    noteCall,
    ...delivery,
    ...rollouts,
    onPull,
    list,
  };
}

function buildDelivery(
  { db, logger, registry, keys, listener }: Ground,
  { credentials, onPull }: Pick<Inventory, 'credentials'> & { onPull: OnPull },
) {
  const metrics = createConfigMetrics(registry);
  const configs = new ConfigDeliveryService({
    db,
    logger,
    cipher: keys,
    renderer: new ConfigRenderer({ db, logger, openCredential: (row) => credentials.open(row) }),
    lockRollout: lockMember,
    onRendered: keepRendered,
    observe: (...facts) => metrics.observe(...facts),
  });
  listener.on('stratora_config', (componentId) => configs.forget(componentId));
  listener.onGap(() => configs.forgetAll());
  const list: ServerModule[] = [
    {
      name: 'config delivery',
      routes: { component: [configRoutes({ service: configs, onPull })] },
      loops: [configs.loop],
      prepare: () => markAllDirty(db, { cause: 'server started', actor: null }),
    },
  ];
  return { configs, list };
}

function configHistoryModule({ db, keys, secrets }: Ground): ServerModule {
  const history = new ConfigHistory({ db, cipher: keys, maskKey: () => secrets.configMaskKey });
  return { name: 'config history', routes: { user: [configHistoryRoutes(history)] } };
}

function buildRollouts({ db, clock, logger }: Ground, configs: ConfigDeliveryService) {
  const rollouts = new RolloutService({
    db,
    clock,
    logger,
    lease: new Lease(db, 'rollouts'),
    wouldChange: (componentId) => configs.wouldChange(componentId),
  });
  const list: ServerModule[] = [
    {
      name: 'rollouts',
      routes: { user: [rolloutRoutes(rollouts)] },
      loops: [rollouts.loop],
      metrics: [
        {
          name: 'rollouts_running',
          help: 'Rollouts that are going on.',
          read: () => rollouts.active.running,
        },
        {
          name: 'rollouts_stopped',
          help: 'Rollouts that a component did not bear.',
          read: () => rollouts.active.stopped,
        },
      ],
      start: () => rollouts.start(),
      stop: () => rollouts.stop(),
    },
  ];
  return { rollouts, list };
}
