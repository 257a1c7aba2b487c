import { type Clock, type Logger, periodic } from '@stratora/runtime';
import type { ServerModule } from '../module.ts';
import { deleteOldAnswers } from './answered-call-queries.ts';
import { RepeatedCalls, type RepeatedCallsOptions } from './repeated-calls.ts';
import { SEALED_ANSWERS } from './sealed-answer-queries.ts';

export interface RepeatsOptions extends RepeatedCallsOptions {
  clock: Clock;
  logger: Logger;
}

export interface RepeatsModule extends ServerModule {
  readonly calls: RepeatedCalls;
}

const CLEAN_UP_MS = 600_000;

/** Builds the module by which a call that is repeated with its `Idempotency-Key` does nothing twice. */
export function createRepeats(options: RepeatsOptions): RepeatsModule {
  const cleanUp = periodic({
    name: 'answered-call-clean-up',
    intervalMs: CLEAN_UP_MS,
    clock: options.clock,
    logger: options.logger,
    run: () => deleteOldAnswers(options.db),
  });
  return { name: 'repeats', loops: [cleanUp], sealed: [SEALED_ANSWERS], calls: new RepeatedCalls(options) };
}
