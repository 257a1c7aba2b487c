import type { Clock, Logger } from '@stratora/runtime';
import { type Database, LedLoop, type LedRound, type Tx } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { findTime } from './alert-action-queries.ts';
import { alertsChanged } from './alert-notice.ts';
import type { AlertObserver } from './alert-observer.ts';
import type { AlertEventRow } from './alert-row.ts';
import { deleteOldAlerts, endMutes, followSubjects } from './alert-upkeep-queries.ts';
import { insertAlertEvents } from './alert-writing-queries.ts';

export interface AlertUpkeepOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
  /** Returns the setting `alert_keep_days`. */
  keepDays: () => number;
  /** Hears of alerts whose mute ends, or whose node is at another site. */
  observe: AlertObserver;
}

const EVERY_MS = 10_000;
/** Most old alerts that go in one transaction: four million a day, and no statement that others wait for. */
const DELETED_AT_ONCE = 500;

/** Builds the loop that ends mutes, follows renamed nodes, and lets go of what was resolved long ago. */
export function alertUpkeep({ db, clock, logger, ...options }: AlertUpkeepOptions): LedLoop {
  return new LedLoop({
    name: 'alert-upkeep',
    intervalMs: EVERY_MS,
    db,
    clock,
    logger,
    run: (round) => keepUp(round, options),
  });
}

async function keepUp(
  { fenced }: LedRound,
  { keepDays, observe }: Pick<AlertUpkeepOptions, 'keepDays' | 'observe'>,
): Promise<void> {
  await fenced((tx) => follow(tx, observe));
  await fenced((tx) => unmute(tx, observe));
  await fenced((tx) => deleteOldAlerts(tx, { keepDays: keepDays(), most: DELETED_AT_ONCE }));
}

async function follow(tx: Tx, observe: AlertObserver): Promise<void> {
  const ids = await followSubjects(tx);
  if (ids.length > 0) await observe(tx, ids, await findTime(tx));
}

async function unmute(tx: Tx, observe: AlertObserver): Promise<void> {
  const rows = await endMutes(tx);
  if (rows.length === 0) return;
  const events = rows.map(
    ({ id }): AlertEventRow => ({ alert_id: id, event: 'unmuted', detail: { reason: 'ended' } }),
  );
  await insertAlertEvents(tx, events, { at: null });
  await observe(
    tx,
    rows.map(({ id }) => id),
    await findTime(tx),
  );
  const notice = alertsChanged(rows.map((row) => ({ row, isNew: false, isNoteworthy: true })));
  if (notice) await publishEvents(tx, [notice]);
}
