import type { Clock, Logger } from '@stratora/runtime';
import { type Database, LedLoop, type LedRound, type Tx } from '../../platform/db/index.ts';
import { listDueAlerts } from './escalation-queries.ts';
import type { OutboxPlanner } from './outbox-planner.ts';
import { deleteOldTests } from './outbox-writing-queries.ts';

export interface EscalationLoopOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
  planner: Pick<OutboxPlanner, 'plan'>;
  /** Returns the time by which all servers go. */
  time: (tx: Tx) => Promise<Date>;
}

const EVERY_MS = 5000;
/** Most alerts that are planned in one transaction. */
const PLANNED_AT_ONCE = 1000;
/** Days for which tests and reminders are kept, which no alert keeps. */
const TESTS_KEPT_DAYS = 30;

/** Builds the loop that takes the steps of escalations when they are due. */
export function escalationLoop({ db, clock, logger, ...options }: EscalationLoopOptions): LedLoop {
  return new LedLoop({
    name: 'escalation',
    intervalMs: EVERY_MS,
    db,
    clock,
    logger,
    run: (round) => escalate(round, options),
  });
}

/** Takes every step that is due, and makes up for what was not planned. */
export async function escalate(
  { fenced, signal }: Pick<LedRound, 'fenced' | 'signal'>,
  { planner, time }: Pick<EscalationLoopOptions, 'planner' | 'time'>,
): Promise<void> {
  for (;;) {
    const planned = await fenced(async (tx) => {
      const at = await time(tx);
      const ids = await listDueAlerts(tx, at, PLANNED_AT_ONCE);
      if (ids.length > 0) await planner.plan(tx, ids, at);
      return ids.length;
    });
    if (planned === undefined || planned < PLANNED_AT_ONCE || signal.aborted) break;
  }
  await fenced(async (tx) => deleteOldTests(tx, { at: await time(tx), days: TESTS_KEPT_DAYS }));
}
