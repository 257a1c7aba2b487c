import type { Clock, Logger } from '@stratora/runtime';
import { type EndingPeriod, listEndingSoon, noteReminded } from '../../judge/maintenance/index.ts';
import { type Database, LedLoop, type Tx } from '../../platform/db/index.ts';
import type { LooseNotice } from './outbox-writing-queries.ts';
import { listScopePlaces, type ScopePlace } from './reminder-queries.ts';
import type { BookedTeam, EscalatedAlert, TeamBook } from './team-book.ts';

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
      reminders.push(...remindersOf(period, book, { at, places: await placesOf(tx, period) }));
  if (reminders.length > 0) await enqueue(tx, reminders);
}

/** Lists where an alert of the period's scope could be, at the scope itself first. */
async function placesOf(
  tx: Tx,
  { scope_type: type, scope_id: id }: EndingPeriod,
): Promise<readonly ScopePlace[]> {
  const itself = {
    siteId: type === 'site' ? id : null,
    groupIds: type === 'group' && id !== null ? [id] : [],
  };
  const places = await listScopePlaces(tx, { type, id });
  return type === 'node' && places.length > 0 ? places : [itself, ...places];
}

/** Lists the teams that would take a critical alert at one of these places. */
function takersOf(book: TeamBook, at: Date, places: readonly ScopePlace[]): BookedTeam[] {
  const taken = new Map<string, BookedTeam>();
  for (const place of places)
    for (const team of book.takers({ ...ANY_ALERT, ...place }, at, new Set())) taken.set(team.id, team);
  return [...taken.values()];
}

/** Lists whom the first step of each of those teams tells, each once. */
function remindersOf(
  period: EndingPeriod,
  book: TeamBook,
  { at, places }: { at: Date; places: readonly ScopePlace[] },
): Reminder[] {
  const told = new Map<string, Reminder>();
  for (const team of takersOf(book, at, places)) {
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
