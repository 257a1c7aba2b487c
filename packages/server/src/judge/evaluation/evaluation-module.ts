import type { Clock, Logger } from '@stratora/runtime';
import type { QueryClient } from '@stratora/victoriametrics';
import { type Database, LedLoop } from '../../platform/db/index.ts';
import { hasRecentSuccess } from '../../platform/health/index.ts';
import type { ModuleMetric, ServerModule } from '../../platform/module.ts';
import { EVALUATE_EVERY_MS, EvaluationService, type EvaluationServiceOptions } from './evaluation-service.ts';
import { FirstData } from './first-data.ts';
import { listRefusedNames } from './refusal-queries.ts';
import { refusedWords } from './refused-rules.ts';
import { StoreVectorSource } from './store-vector-source.ts';

export interface EvaluationOptions extends Omit<EvaluationServiceOptions, 'source'> {
  db: Database;
  query: QueryClient;
  clock: Clock;
  logger: Logger;
}

export interface EvaluationModule extends ServerModule {
  /** Notes nodes whose data the store has just taken; the first data of a node hurries the next cycle. */
  noteData(nodes: ReadonlySet<string>): void;
  /** Whether cycles end in time; late ones degrade the health of the server. */
  isEvaluating(): boolean;
  /** Whether the store answers all expressions in time; without some of them rules are not judged. */
  isReadingAll(): boolean;
  /** Says which rules judge nothing since the store refuses them; undefined where none does. */
  refusalWords(): Promise<string | undefined>;
}

/**
 * Time after whole intervals of the wall clock at which a cycle begins. Collectors begin to gather at whole intervals, within
 * 3 s; a ping of three packets that nobody answers takes 2 s, its way through the collector 1 s, and the store shows what it
 * took within 2 s. So what is gathered in an interval is judged in the same one, and not 10 s later.
 */
const CYCLE_PHASE_MS = 8_200;
/** Milliseconds without a cycle, or without a whole one, after which the server counts as degraded. */
const STALLED_MS = 60_000;

/** Builds the module that judges every rule for every node every ten seconds, on one server. */
export function createEvaluation(options: EvaluationOptions): EvaluationModule {
  const { db, clock, logger } = options;
  const service = new EvaluationService({ ...options, source: new StoreVectorSource(options) });
  const loop = new LedLoop({
    name: 'evaluation',
    intervalMs: EVALUATE_EVERY_MS,
    wallPhaseMs: CYCLE_PHASE_MS,
    db,
    clock,
    logger,
    run: (round) => service.evaluate(round),
  });
  const firstData = new FirstData(clock, () => loop.trigger());
  const startedAt = clock.now();
  return {
    name: 'evaluation',
    loops: [loop],
    metrics: metricsOf(service, loop),
    noteData: (nodes) => firstData.note(nodes),
    isEvaluating: () => hasRecentSuccess(loop, clock, { startedAt, limitMs: STALLED_MS }),
    isReadingAll: () => service.isReadingAll(STALLED_MS),
    refusalWords: async () => refusedWords(await listRefusedNames(db)),
    stop: async () => firstData.stop(),
  };
}

function metricsOf({ figures }: EvaluationService, loop: LedLoop): ModuleMetric[] {
  return [
    {
      name: 'evaluation_cycle_seconds',
      help: 'Of the last cycle that was written.',
      read: () => figures.cycleSeconds,
    },
    {
      name: 'evaluation_overruns_total',
      help: 'Cycles that were left out since one took too long.',
      read: () => loop.stats.missed,
    },
    {
      name: 'evaluation_expressions',
      help: 'Expressions that the last cycle asked.',
      read: () => figures.expressions,
    },
    {
      name: 'evaluation_unread_expressions',
      help: 'Expressions of the last cycle that the metric store did not answer in time.',
      read: () => figures.unread,
    },
    {
      name: 'evaluation_cut_short_total',
      help: 'Cycles in which the metric store did not answer every expression in time.',
      read: () => figures.cutShort,
    },
    {
      name: 'evaluation_refused_rules',
      help: 'Alert rules whose expression the metric store refused in the last cycle; they judge nothing.',
      read: () => figures.refused,
    },
    {
      name: 'evaluation_left_out_instances',
      help: 'Instances that the last cycle left out, since their rule has too many of one node.',
      read: () => figures.leftOut,
    },
    { name: 'evaluation_series', help: 'Series that the last cycle read.', read: () => figures.series },
    {
      name: 'evaluation_blind_series',
      help: 'Remembered conditions of which nobody could know in the last cycle.',
      read: () => figures.blind,
    },
    {
      name: 'evaluation_store_failures_total',
      help: 'Looks at the metric store that found nothing out.',
      read: () => figures.storeFailures,
    },
  ];
}
