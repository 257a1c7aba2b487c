import { COMPONENT_LOST_SECONDS } from '@stratora/contract';
import type { Clock, Logger } from '@stratora/runtime';
import { type Database, LedLoop, type LedRound } from '../../platform/db/index.ts';
import type { JobBoard, JobKind } from '../component-jobs/index.ts';
import { NODES_PER_JOB, type ReadSubject } from './neighbour-read-job.ts';
import { listDueCollectors } from './neighbour-read-queries.ts';

export interface NeighbourScheduleOptions {
  db: Database;
  board: JobBoard;
  kind: JobKind;
  /** Seconds between two readings of a node; 0: none are put up. */
  intervalSeconds: () => number;
  clock: Clock;
  logger: Logger;
}

const TICK_MS = 5000;
/** Fewest collectors that a round may give a reading. */
const LEAST_PER_ROUND = 5;
export const DUE_SUBJECT: ReadSubject = { scope: 'due' };

/** Tells how many of so many collectors a round gives a reading: as many as it takes to get round within the interval. */
export function mostPerRound(collectors: number, intervalSeconds: number): number {
  return Math.max(LEAST_PER_ROUND, Math.ceil((collectors * TICK_MS) / 1000 / Math.max(1, intervalSeconds)));
}

/** Makes the loop that gives each collector its readings, a few collectors at a time; one server of several runs it. */
export function neighbourSchedule(options: NeighbourScheduleOptions): LedLoop {
  const { db, intervalSeconds, clock, logger } = options;
  return new LedLoop({
    name: 'neighbour-reads',
    intervalMs: TICK_MS,
    db,
    clock,
    logger,
    isWanted: async () => intervalSeconds() > 0,
    run: (round) => putReadings(round, options),
  });
}

async function putReadings(
  { fenced }: Pick<LedRound, 'fenced'>,
  options: NeighbourScheduleOptions,
): Promise<void> {
  const { board, kind, intervalSeconds } = options;
  await fenced(async (tx) => {
    const { due, all } = await listDueCollectors(tx, {
      kind: kind.name,
      intervalSeconds: intervalSeconds(),
      nodesPerJob: NODES_PER_JOB,
      lostSeconds: COMPONENT_LOST_SECONDS,
      subject: JSON.stringify(DUE_SUBJECT),
    });
    for (const { id } of due.slice(0, mostPerRound(all, intervalSeconds()))) {
      await board.put(tx, kind, { componentId: id, subject: { ...DUE_SUBJECT }, requestedBy: 'schedule' });
    }
  });
}
