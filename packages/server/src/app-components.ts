import type { Ground } from './app-ground.ts';
import type { Inventory } from './app-inventory.ts';
import { createComponentJobs, type JobBoard } from './components/component-jobs/index.ts';
import { createComponentKeys } from './components/component-keys/index.ts';
import { type ComponentReportsModule, createComponentReports } from './components/component-reports/index.ts';
import { createComponents } from './components/components/index.ts';
import { createConfigDelivery, type OnPull } from './components/config-delivery/index.ts';
import { createConfigHistory } from './components/config-history/index.ts';
import { ConfigRenderer } from './components/config-render/index.ts';
import { createCredentialTests } from './components/credential-tests/index.ts';
import { createDiscoveryJobs } from './components/discovery-jobs/index.ts';
import { createEnrollment } from './components/enrollment/index.ts';
import { createInstall } from './components/install/index.ts';
import { createNeighbourReads, type NeighbourReadsOptions } from './components/neighbour-reads/index.ts';
import {
  createRollouts,
  findHoldingRollout,
  findVersionsFor,
  lockMember,
  recordReleasedGeneration,
} from './components/rollouts/index.ts';
import { takeNeighbourReport } from './inventory/topology/index.ts';
import type { ServerModule } from './platform/module.ts';

export type Components = ReturnType<typeof buildComponents>;

/** Builds the modules of collectors and agents: their enrollment, configs and reports. */
export function buildComponents(ground: Ground, inventory: Inventory) {
  const { db, clock, logger, settings, config } = ground;
  const keys = createComponentKeys({
    ...ground,
    maxAgeDays: () => settings.current.component_key_max_age_days,
  });
  const { authenticator, rotation } = keys;
  const jobs = createComponentJobs(ground);
  const scans = createDiscoveryJobs({ ...ground, board: jobs.board, runs: inventory.scanRuns });
  // Reports need the configs of delivery, and delivery notes its pulls in the reports.
  const reports: ComponentReportsModule = createComponentReports({
    db,
    clock,
    logger,
    rotation,
    findRefused: (apiKey) => authenticator.findRefused(apiKey),
    hasJobs: (id) => jobs.hasJobs(id),
    configs: { peek: (id) => delivery.configs.peek(id), find: (id) => delivery.configs.find(id) },
  });
  // The running hash comes from reports: the one that a pull names may be of a config that the component refused.
  const onPull: OnPull = (componentId) => reports.states.noteSignOfLife(componentId);
  const delivery = buildDelivery(ground, { ...inventory, onPull });
  const list: ServerModule[] = [
    createEnrollment({ ...config, db, authenticator }),
    createInstall({ ...ground.config, nodePath: process.execPath }),
    createComponents({ db, authenticator }),
    delivery.configDelivery,
    reports,
    keys,
    jobs,
    ...buildDeviceJobs(ground, inventory, jobs.board),
    scans,
    delivery.configHistory,
    delivery.rollouts,
  ];
  const { states, noteCall, noteRefusedCall } = reports;
  return {
    authenticator,
    rotation,
    states,
    reports: reports.reports,
    noteCall,
    noteRefusedCall,
    ...delivery,
    onPull,
    hurryScans: () => scans.hurry(),
    list,
  };
}

/** Builds the modules whose jobs ask single devices. */
function buildDeviceJobs(
  ground: Ground,
  { credentials, templates }: Pick<Inventory, 'credentials' | 'templates'>,
  board: JobBoard,
): ServerModule[] {
  const asking: Pick<NeighbourReadsOptions, 'openSecret' | 'findTemplate'> = {
    openSecret: (row) => credentials.open(row),
    findTemplate: (slug) => templates.find(slug),
  };
  return [
    createCredentialTests({ ...ground, ...asking, board }),
    createNeighbourReads({
      ...ground,
      ...asking,
      board,
      takeReport: takeNeighbourReport,
      intervalSeconds: () => ground.settings.current.neighbour_interval_seconds,
    }),
  ];
}

/** Builds the modules of configs: rendering, delivery, history, and the rollouts of changed templates. */
function buildDelivery(
  { db, clock, logger, registry, keys, listener, secrets }: Ground,
  { credentials, onPull }: Pick<Inventory, 'credentials'> & { onPull: OnPull },
) {
  const renderer = new ConfigRenderer({
    db,
    logger,
    openCredential: (row) => credentials.open(row),
    versionsFor: findVersionsFor,
  });
  const configDelivery = createConfigDelivery({
    db,
    listener,
    logger,
    registry,
    cipher: keys,
    renderer,
    rollout: { lock: lockMember, record: recordReleasedGeneration },
    onPull,
  });
  return {
    configDelivery,
    configs: configDelivery.service,
    configHistory: createConfigHistory({
      db,
      cipher: keys,
      maskKey: () => secrets.configMaskKey,
      findHoldingRollout,
    }),
    rollouts: createRollouts({ db, clock, logger, renderer }),
  };
}
