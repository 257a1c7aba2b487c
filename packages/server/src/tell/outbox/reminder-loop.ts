import type { Clock, Logger } from '@stratora/runtime';
import { type EndingPeriod, listEndingSoon, noteReminded } from '../../judge/maintenance/index.ts';
import { type Database, LedLoop, type Tx } from '../../platform/db/index.ts';
import type { LooseNotice } from './outbox-writing-queries.ts';
import { findNodePlace } from './reminder-queries.ts';
import type { EscalatedAlert, TeamBook } from './team-book.ts';

/** A maintenance window that is about to end, and a recipient who is to be reminded of that. */
export interface Reminder extends Omit<LooseNotice, 'event' | 'detail'> {
  readonly detail: { readonly name: string; readonly scopeName: string; readonly endsAt: string };
}

export interface ReminderLoopOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
  readTeams: (tx: Tx) => Promise<TeamBook>;
  /** Puts reminders into the queue. */
  enqueue: (tx: Tx, reminders: readonly Reminder[]) => Promise<void>;
  /** Returns the time by which all servers go. */
  time: (tx: Tx) => Promise<Date>;
}

const EVERY_MS = 10_000;
/** Milliseconds before the end of a maintenance window at which people are reminded of it. */
const BEFORE_MS = 600_000;

/**
 * Builds the loop that reminds people that a maintenance window ends soon, since they are told of alerts again from then on.
 * Those hear of it whom the first step of a team tells of a critical alert where the window is.
 */
export function reminderLoop({ db, clock, logger, ...options }: ReminderLoopOptions): LedLoop {
  return new LedLoop({
    name: 'maintenance-reminders',
    intervalMs: EVERY_MS,
    db,
    clock,
    logger,
    run: async ({ fenced }) => {
      await fenced((tx) => remind(tx, options));
    },
  });
}

async function remind(
  tx: Tx,
  { readTeams, enqueue, time }: Pick<ReminderLoopOptions, 'readTeams' | 'enqueue' | 'time'>,
): Promise<void> {
  const at = await time(tx);
  const ending = await listEndingSoon(tx, { now: at.getTime(), withinMs: BEFORE_MS });
  if (ending.length === 0) return;
  const own = new Set(
    await noteReminded(
      tx,
      ending.map(({ id }) => id),
    ),
  );
  const book = await readTeams(tx);
  const reminders: Reminder[] = [];
  for (const period of ending)
    if (own.has(period.id))
      reminders.push(...remindersOf(period, book, { at, place: await placeOf(tx, period) }));
  if (reminders.length > 0) await enqueue(tx, reminders);
}

type Place = Pick<EscalatedAlert, 'siteId' | 'groupIds'>;

async function placeOf(tx: Tx, { scope_type: type, scope_id: id }: EndingPeriod): Promise<Place> {
  if (type === 'node' && id !== null) return findNodePlace(tx, id);
  return { siteId: type === 'site' ? id : null, groupIds: type === 'group' && id !== null ? [id] : [] };
}

/** Lists whom the first step of each team tells that would take a critical alert there, each once. */
function remindersOf(
  period: EndingPeriod,
  book: TeamBook,
  { at, place }: { at: Date; place: Place },
): Reminder[] {
  const told = new Map<string, Reminder>();
  for (const team of book.takers({ ...ANY_ALERT, ...place }, at, new Set())) {
    for (const { channelId, channelName, recipient, skipped } of team.recipients(0, at)) {
      const key = `${channelId} ${recipient}`;
      if (skipped !== null || told.has(key)) continue;
      told.set(key, {
        subject: `maintenance ${period.id}`,
        detail: {
          name: period.window_name,
          scopeName: period.scope_name ?? 'everything',
          endsAt: period.ends_at.toISOString(),
        },
        teamId: team.id,
        teamName: team.name,
        channelId,
        channelName,
        recipient,
      });
    }
  }
  return [...told.values()];
}

/** What teams would be asked about: no alert of its own, as bad as can be. */
const ANY_ALERT: EscalatedAlert = {
  id: '',
  state: 'active',
  severity: 'critical',
  siteId: null,
  groupIds: [],
  definitionId: '',
  rootId: '',
  isAcknowledged: false,
  isMuted: false,
  isHeld: false,
  isFlapping: false,
};
