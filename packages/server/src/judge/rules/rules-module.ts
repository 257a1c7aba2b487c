import { type Clock, type Logger, periodic } from '@stratora/runtime';
import type { QueryClient } from '@stratora/victoriametrics';
import type { Database, DatabaseListener } from '../../platform/db/index.ts';
import type { ServerModule } from '../../platform/module.ts';
import { definitionRoutes } from './definition-routes.ts';
import { DefinitionSamples } from './definition-samples.ts';
import { DefinitionService } from './definition-service.ts';
import { RuleBook, type Rules } from './rule-book.ts';
import { ShippedService } from './shipped-service.ts';

export interface RulesOptions {
  db: Database;
  query: QueryClient;
  listener: Pick<DatabaseListener, 'on' | 'onGap'>;
  clock: Clock;
  logger: Logger;
  /** Folder of the definitions that the product ships. */
  folder: string;
  version: string;
}

export interface RulesModule extends ServerModule {
  /** Returns the rules in force; a change by any server is in them within a second. */
  current(): Rules;
}

/** Milliseconds after which a reading that failed is tried again. */
const RETRY_EVERY_MS = 10_000;

/** Builds the module of alert definitions: what the product ships, what people write, and the rules that follow from both. */
export function createRules({ folder, version, ...options }: RulesOptions): RulesModule {
  const { db, listener, clock, logger } = options;
  const book = new RuleBook({ db, logger });
  const shipped = new ShippedService({ db, logger, folder, version });
  const service = new DefinitionService({ db, samples: new DefinitionSamples(options) });
  const refresh = () => {
    book.refresh().catch((error: unknown) => logger.error({ err: error }, 'alert definitions not read'));
  };
  listener.on('stratora_rules', refresh);
  listener.onGap(refresh);
  const rereading = periodic({
    name: 'rules-reading',
    intervalMs: RETRY_EVERY_MS,
    clock,
    logger,
    run: () => book.readStale(),
  });
  return {
    name: 'alert definitions',
    routes: { user: [definitionRoutes(service)] },
    loops: [rereading],
    metrics: [
      { name: 'rules', help: 'Alert definitions in force.', read: () => book.current.rules.length },
      {
        name: 'rules_not_usable',
        help: 'Alert definitions whose expression cannot be read.',
        read: () => book.current.faults.length,
      },
    ],
    async prepare() {
      await shipped.install();
      await book.refresh();
    },
    current: () => book.current,
  };
}
