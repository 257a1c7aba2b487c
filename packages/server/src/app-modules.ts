import type { FastifyRequest } from 'fastify';
import { type AuthModule, createAuth } from './access/auth/index.ts';
import { createUsers } from './access/users/index.ts';
import { buildComponents, type Components } from './app-components.ts';
import { buildGround, type Ground, type Surroundings } from './app-ground.ts';
import { buildInventory, type Inventory } from './app-inventory.ts';
import { buildTell, publicOriginOf, type Tell } from './app-tell.ts';
import { createSummary } from './home/summary/index.ts';
import { type AlertsModule, createAlerts } from './judge/alerts/index.ts';
import { createEvaluation, type EvaluationModule, lookBackSeconds } from './judge/evaluation/index.ts';
import { createMaintenance } from './judge/maintenance/index.ts';
import { createRules, type Rules } from './judge/rules/index.ts';
import { createTrials } from './judge/trials/index.ts';
import { createIngest, INTERFACE_PLACE } from './metrics/ingest/index.ts';
import { createInterfaces } from './metrics/interfaces/index.ts';
import { createNormalize } from './metrics/normalize/index.ts';
import { createQuery } from './metrics/query/index.ts';
import { ModuleList } from './module-list.ts';
import { createAudit } from './platform/audit/index.ts';
import { createCredentialKey } from './platform/credential-key/index.ts';
import { createEvents } from './platform/events/index.ts';
import { createHealth, type HealthModule } from './platform/health/index.ts';
import { createMetricsRegistry } from './platform/http/index.ts';
import type { ServerModule } from './platform/module.ts';
import { keyFileOf } from './platform/secrets/index.ts';
import { type AcknowledgeModule, createAcknowledgeLinks } from './tell/acknowledge-links/index.ts';
import { listAlertDeliveries } from './tell/outbox/index.ts';

export interface BuildOptions extends Omit<Surroundings, 'registry'> {
  /** Ends the process at a step that a test names. */
  failpoint?: ((name: string) => void) | undefined;
}

export type Modules = Awaited<ReturnType<typeof buildModules>>;

/** Builds every module with what it needs, bottom up. Nothing is connected yet. */
export async function buildModules({ failpoint, ...options }: BuildOptions) {
  const surroundings = { ...options, registry: createMetricsRegistry() };
  const ground = await buildGround(surroundings);
  const access = buildAccess(ground);
  const inventory = buildInventory(ground, { onScansChanged: () => components.hurryScans() });
  const components: Components = buildComponents(ground, inventory);
  const { alertDefinitionsDir: folder, version } = ground.config;
  const rules = createRules({ ...ground, folder, version });
  const tell = buildTell(ground, {
    acknowledgeUrlOf: (...of) => links.urlOf(...of),
    isWell: () => health.isWell(),
    failpoint,
  });
  const { outbox, ways } = tell;
  const evaluation = buildEvaluation(ground, inventory, { rules: () => rules.current(), outbox, ways });
  const alerts = createAlerts({
    ...ground,
    keepDays: () => ground.settings.current.alert_keep_days,
    observe: outbox.observe,
    listDeliveries: listAlertDeliveries,
    labelLimit: () => ground.writer.labelLimit,
    rules: () => rules.current(),
    lookBackSeconds: lookBackOf(inventory),
  });
  const links = buildAcknowledgeLinks(ground, alerts);
  const health = buildHealth(ground, { evaluation, outbox });
  // The order of the starts. Stops run in the reverse order: what is in memory is written before the connections close.
  const list: ModuleList = new ModuleList([
    ...ground.list,
    health,
    ...access.list,
    createAudit(ground),
    ground.settings,
    createCredentialKey({
      ...ground,
      keyFile: keyFileOf(ground.config),
      rows: () => list.sealed,
      failpoint,
    }),
    ...inventory.list,
    ...components.list,
    ...metricsModules(ground, inventory, evaluation),
    rules,
    createMaintenance(ground),
    evaluation,
    alerts,
    links,
    buildTrials(ground, inventory, () => rules.current()),
    ...tell.list,
    createSummary(ground),
    eventsModule(ground, access),
  ]);
  return { ...ground, ...access, ...inventory, ...components, ...tell, rules, alerts, list };
}

function buildHealth(
  ground: Ground,
  { evaluation, outbox }: { evaluation: EvaluationModule; outbox: Tell['outbox'] },
): HealthModule {
  return createHealth({
    ...ground.config,
    db: ground.db,
    store: ground.storeCheck,
    conditions: [
      {
        holds: () => evaluation.isEvaluating(),
        words: 'Rules and the status of nodes are not being evaluated.',
      },
      {
        holds: () => evaluation.isReadingAll(),
        words: 'The metric store is too slow: some rules are not being evaluated.',
      },
      { holds: () => outbox.isDelivering(), words: 'Notices are waiting that nobody sends.' },
    ],
    rulesFault: () => evaluation.refusalWords(),
  });
}

function buildAccess({ config, clock, logger, db, secrets, hashCost }: Ground) {
  const { dataDir, adminPassword, publicUrl, publicOrigins } = config;
  const users = createUsers({ db, logger, dataDir, adminPassword, hashCost });
  const auth = createAuth({
    db,
    clock,
    logger,
    hasher: users.hasher,
    secrets,
    publicUrl,
    publicOrigins,
    dataDir,
  });
  return { auth, list: [auth, users] };
}

/** Returns how far to look back for the samples of a node, by the slug of its template. */
function lookBackOf({ templates }: Inventory): (slug: string) => number {
  return (slug) => lookBackSeconds(templates.find(slug)?.inputs ?? []);
}

function buildEvaluation(
  ground: Ground,
  inventory: Inventory,
  { rules, outbox, ways }: { rules: () => Rules } & Pick<Tell, 'outbox' | 'ways'>,
): EvaluationModule {
  const { settings, storeCheck } = ground;
  return createEvaluation({
    ...ground,
    rules,
    observe: outbox.observe,
    tellingWays: ways,
    unreachableSeconds: () => settings.current.node_unreachable_seconds,
    settleSeconds: () => settings.current.node_settle_seconds,
    isAgentTemplate: (slug) => inventory.templates.find(slug)?.gathered_by === 'agent',
    reads: (slug, wanted) =>
      inventory.templates.find(slug)?.inputs.some(({ plugin }) => plugin === wanted) === true,
    lookBackSecondsOf: lookBackOf(inventory),
    storeFault: async () => (await storeCheck.faults())[0],
  });
}

function buildTrials(ground: Ground, inventory: Inventory, rules: () => Rules): ServerModule {
  const { settings } = ground;
  return createTrials({
    ...ground,
    rules,
    unreachableSeconds: () => settings.current.node_unreachable_seconds,
    settleSeconds: () => settings.current.node_settle_seconds,
    lookBackSecondsOf: lookBackOf(inventory),
  });
}

function buildAcknowledgeLinks(ground: Ground, alerts: AlertsModule): AcknowledgeModule {
  const { clock, secrets } = ground;
  return createAcknowledgeLinks({
    clock,
    key: () => secrets.linkKey,
    publicOrigin: publicOriginOf(ground),
    alerts,
  });
}

function metricsModules(
  ground: Ground,
  { templates }: Inventory,
  evaluation: EvaluationModule,
): ServerModule[] {
  const normalize = createNormalize({ templates: () => templates.ruleTemplates, logger: ground.logger });
  const interfaces = createInterfaces({ ...ground, firstPlace: INTERFACE_PLACE });
  const ingest = createIngest({
    ...ground,
    interfaces: interfaces.identity,
    normalizer: () => normalize.current(),
    onData: (_, nodes) => evaluation.noteData(nodes),
  });
  return [interfaces, ingest, createQuery({ url: ground.config.metricsReadUrl })];
}

function eventsModule({ listener, config }: Ground, { auth }: { auth: AuthModule }): ServerModule {
  const isStillAllowed = (request: FastifyRequest) => auth.isStillAllowed(request, 'monitoring:read');
  return createEvents({ listener, version: config.version, isStillAllowed });
}
