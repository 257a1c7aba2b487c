import { readFile } from 'node:fs/promises';
import type { Ground, Inventory } from './app-modules.ts';
import {
  ComponentAuthenticator,
  KeyRotation,
  keyRoutes,
  replaceKeys,
} from './components/component-keys/index.ts';
import {
  ComponentCalls,
  ComponentReportLog,
  ComponentStateLog,
  InstanceWatch,
  reportRoutes,
} from './components/component-reports/index.ts';
import { ComponentService, componentRoutes } from './components/components/index.ts';
import {
  ConfigDeliveryService,
  configRoutes,
  createConfigMetrics,
  type OnPull,
} from './components/config-delivery/index.ts';
import { ConfigHistory, configHistoryRoutes } from './components/config-history/index.ts';
import { ConfigRenderer } from './components/config-render/index.ts';
import {
  enrollmentTokenRoutes,
  ensureLocalToken,
  RegistrationService,
  registrationRoutes,
} from './components/enrollment/index.ts';
import { deploymentRoutes, InstallService, publicInstallRoutes } from './components/install/index.ts';
import { keepRendered, lockMember, RolloutService, rolloutRoutes } from './components/rollouts/index.ts';
import { Lease } from './platform/db/index.ts';
import { markAllDirty } from './platform/dirty-marks/index.ts';
import type { ServerModule } from './platform/module.ts';

/** Collectors and agents: how they come, what they are told to do, and what they tell. */
export function buildComponents(ground: Ground, inventory: Inventory) {
  const { db } = ground;
  const keys = buildKeys(ground);
  const { authenticator, rotation } = keys;
  const reports = buildReports(ground, rotation);
  // Which config it runs is said by its reports: what it asks for may be one that it refused.
  const onPull: OnPull = (componentId) => reports.states.seen(componentId);
  const delivery = buildDelivery(ground, { ...inventory, onPull });
  const { configs } = delivery;
  const rollouts = buildRollouts(ground, configs);
  const components = new ComponentService({ db, authenticator });
  const list: ServerModule[] = [
    enrollmentModule(ground, authenticator),
    installModule(ground),
    { name: 'components', routes: { user: [componentRoutes(components)] } },
    ...delivery.list,
    ...reports.list(configs),
    ...keys.list,
    configHistoryModule(ground),
    ...rollouts.list,
  ];
  return { ...keys, ...reports, ...delivery, ...rollouts, onPull, list };
}

function buildKeys({ db, listener, clock, logger, secrets, settings }: Ground) {
  const authenticator = new ComponentAuthenticator({ db, listener, clock, logger, secrets });
  const maxAgeDays = () => settings.current.component_key_max_age_days;
  const rotation = new KeyRotation({ db, clock, authenticator, maxAgeDays });
  const list: ServerModule[] = [
    {
      name: 'component keys',
      routes: { component: [keyRoutes(rotation)] },
      metrics: [
        {
          name: 'api_key_bcrypt_runs',
          help: 'Keys that bcrypt had to prove since the start.',
          read: () => authenticator.bcryptRuns,
        },
      ],
    },
  ];
  return { authenticator, rotation, list };
}

function buildReports({ db, clock, logger }: Ground, rotation: KeyRotation) {
  const instances = new InstanceWatch({ db, clock, logger });
  const componentCalls = new ComponentCalls({ instances, rotation, clock, logger });
  const states = new ComponentStateLog({ db, clock, logger });
  const reports = new ComponentReportLog({ db, clock, logger });
  const list = (configs: ConfigDeliveryService): ServerModule[] => [
    {
      name: 'component reports',
      routes: { component: [reportRoutes({ db, clock, states, reports, configs })] },
      loops: [states.loop, reports.loop, componentCalls.loop],
      metrics: [
        {
          name: 'component_states_waiting',
          help: 'Components whose last words are not written yet.',
          read: () => states.waiting,
        },
        {
          name: 'component_reports_waiting',
          help: 'Components with reports or gaps not written yet.',
          read: () => reports.waiting,
        },
        {
          name: 'component_reports_written',
          help: 'Reports and gaps that were news, since the start.',
          read: () => reports.written,
        },
      ],
      stop: async () => {
        await reports.stop();
        await states.stop();
      },
    },
  ];
  return { componentCalls, states, reports, list };
}

function enrollmentModule({ db, config }: Ground, authenticator: ComponentAuthenticator): ServerModule {
  const registrations = new RegistrationService(db, {
    mint: () => authenticator.mint(),
    proves: (key, componentId) => authenticator.proves(key, componentId),
    replace: replaceKeys,
  });
  const register: RegistrationService['register'] = async (call) => {
    const result = await registrations.register(call);
    // A re-enrolment kills the old key on this server with its answer.
    authenticator.forget(result.answer.component_id);
    return result;
  };
  return {
    name: 'enrollment',
    routes: { public: [registrationRoutes({ register })], user: [enrollmentTokenRoutes(db)] },
    async prepare() {
      const file = config.localEnrollmentTokenFile;
      if (file !== undefined) await ensureLocalToken(db, (await readFile(file, 'utf8')).trim());
    },
  };
}

function installModule({ config }: Ground): ServerModule {
  const install = new InstallService({ ...config, nodePath: process.execPath });
  return {
    name: 'install',
    routes: { public: [publicInstallRoutes(install)], user: [deploymentRoutes(install)] },
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
