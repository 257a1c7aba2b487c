import { ALERT_SEVERITIES, type AlertSeverity, type DeliveryEvent } from '@stratora/contract';
import type { BookedTeam, EscalatedAlert, StepRecipient, TeamBook, TeamStop } from './team-book.ts';

/** Stands for the team of an alert that no team takes. */
export const NO_TEAM = '00000000-0000-0000-0000-000000000000';
/** Milliseconds after which an alert that nobody takes is offered again: a team may be on duty, or be there, by then. */
export const OFFER_EVERY_MS = 60_000;
/** Milliseconds after which one that somebody takes is offered again at the latest: hours of teams may be others by then. */
const OFFER_AGAIN_MS = 3_600_000;

export type StopReason = 'resolved' | 'finished' | 'team_gone' | 'not_taken';

/** The course of an alert through the steps of a team. */
export interface Escalation {
  readonly alertId: string;
  readonly teamId: string;
  readonly begunAt: Date;
  /** Begin that delays count from: moved on by each pause. */
  readonly baseAt: Date;
  /** How many times it has begun anew. */
  readonly generation: number;
  /** What comes next, as `BookedTeam.stopAt` counts. */
  readonly position: number;
  /** The worst severity that was told; of an alert that somebody took on, the one that it has had since. */
  readonly severity: AlertSeverity;
  /** Since when it does not go on; null: it does, or is at its end. */
  readonly pausedAt: Date | null;
  readonly nextAt: Date | null;
  readonly stoppedReason: StopReason | null;
}

/** A notice that is to be written into the outbox, or to be listed as skipped. */
export interface PlannedNotice {
  readonly alertId: string;
  readonly event: DeliveryEvent;
  readonly generation: number;
  readonly step: number;
  readonly repeat: number;
  readonly stepCount: number;
  /** Null where no team takes the alert. */
  readonly team: { readonly id: string; readonly name: string } | null;
  readonly previousSeverity: AlertSeverity | null;
  readonly recipient: StepRecipient;
}

export interface EscalationDecision {
  /** Those that are new or changed. */
  readonly escalations: readonly Escalation[];
  readonly notices: readonly PlannedNotice[];
}

/** What a decision is made of: an alert as it is now, and how far its escalations have come. */
export interface EscalationFacts {
  readonly alert: EscalatedAlert;
  readonly escalations: readonly Escalation[];
  readonly book: TeamBook;
  readonly at: Date;
}

/**
 * Decides who is told of an alert now, and what comes next. It looks at how things are, not at what happened, so that doing
 * it twice, or after a while in which nobody did, comes to the same. No clock and no database.
 */
export function decideEscalation(facts: EscalationFacts): EscalationDecision {
  const { alert, escalations } = facts;
  if (alert.state === 'resolved') return changed(escalations.map(end));
  if (alert.isAcknowledged) return changed(escalations.map((one) => takenOn(paused(one, facts.at), alert)));
  if (alert.isMuted || alert.isHeld) return changed(escalations.map((one) => paused(one, facts.at)));
  return decideActive(facts);
}

function decideActive(facts: EscalationFacts): EscalationDecision {
  const { alert, escalations, book, at } = facts;
  const taken = escalations.filter(({ teamId }) => teamId !== NO_TEAM);
  const begun = new Set(taken.map(({ teamId }) => teamId));
  const isQuiet = alert.isFlapping && taken.length > 0;
  const newcomers = isQuiet ? [] : book.takers(alert, at, begun);
  const worst = Math.max(...taken.map(({ severity }) => rank(severity)));
  const hasRisen = taken.length > 0 && rank(alert.severity) > worst && !alert.isFlapping;
  return join([
    hasRisen ? beginAnew(facts, { taken, hasOthers: newcomers.length > 0 }) : goOn(facts, taken),
    ...newcomers.map((team) => advance(fresh(alert, team, at), team, at)),
    offer(facts, new Set([...begun, ...newcomers.map(({ id }) => id)])),
  ]);
}

/**
 * The severity is worse than what was told: everybody who was told hears of that, from the first step on. A team that does
 * not take the alert as it is now is left out, unless nobody else would hear.
 */
function beginAnew(
  { alert, book, at }: EscalationFacts,
  { taken, hasOthers }: { taken: readonly Escalation[]; hasOthers: boolean },
): EscalationDecision {
  const isTakenNow = hasOthers || taken.some(({ teamId }) => book.find(teamId)?.takes(alert));
  return join(
    taken.map((before) => {
      const team = book.find(before.teamId);
      const next = { ...before, severity: alert.severity };
      if (team === undefined) return changed([stopped(next, 'team_gone')]);
      if (isTakenNow && !team.takes(alert)) return changed([stopped(next, 'not_taken')]);
      const anew: Escalation = {
        ...next,
        baseAt: at,
        generation: before.generation + 1,
        position: 0,
        pausedAt: null,
        stoppedReason: null,
      };
      return advance(anew, team, at, before.severity);
    }),
  );
}

function goOn({ alert, book, at }: EscalationFacts, taken: readonly Escalation[]): EscalationDecision {
  return join(
    taken.map((one) => {
      const isRunning = one.nextAt !== null || one.pausedAt !== null;
      if (!isRunning) return NOTHING;
      const team = book.find(one.teamId);
      if (team === undefined) return changed([stopped(one, 'team_gone')]);
      // What comes and goes has one notice.
      if (alert.isFlapping && one.position > 0) return changed([paused(one, at)]);
      const next = advance(resumed(one, at), team, at);
      return isAsBefore(one, next) ? NOTHING : next;
    }),
  );
}

/** Whether nothing is due and nothing is due at another time: the team has the steps that it had. */
function isAsBefore(
  { pausedAt, nextAt }: Escalation,
  { escalations: [now], notices }: EscalationDecision,
): boolean {
  return pausedAt === null && notices.length === 0 && now?.nextAt?.getTime() === nextAt?.getTime();
}

/** Notes when the alert is to be offered to teams again: to one that is off duty, or to any where none takes it. */
function offer(
  { alert, escalations, book, at }: EscalationFacts,
  begun: ReadonlySet<string>,
): EscalationDecision {
  const before = escalations.find(({ teamId }) => teamId === NO_TEAM);
  const open: Escalation = {
    ...(before ?? fresh(alert, { id: NO_TEAM }, at)),
    pausedAt: null,
    stoppedReason: 'not_taken',
  };
  if (begun.size === 0) {
    const told = notice(open, { step: 0, repeat: 0, afterMs: 0 }, { team: null, recipient: NOBODY });
    return { escalations: [{ ...open, nextAt: new Date(at.getTime() + OFFER_EVERY_MS) }], notices: [told] };
  }
  const wakesAt = book.nextTakersAt(alert, at, begun);
  if (wakesAt === undefined) return before ? changed([stopped(before, 'not_taken')]) : NOTHING;
  const nextAt = new Date(Math.min(wakesAt.getTime(), at.getTime() + OFFER_AGAIN_MS));
  return changed([{ ...open, nextAt }]);
}

const NOBODY: StepRecipient = {
  channelId: null,
  channelName: '',
  recipient: '',
  skipped: 'no_channel',
  message: 'No team takes this alert at this time.',
};
const NOTHING: EscalationDecision = { escalations: [], notices: [] };

function fresh(alert: EscalatedAlert, team: { readonly id: string }, at: Date): Escalation {
  return {
    alertId: alert.id,
    teamId: team.id,
    begunAt: at,
    baseAt: at,
    generation: 0,
    position: 0,
    severity: alert.severity,
    pausedAt: null,
    nextAt: at,
    stoppedReason: null,
  };
}

/** Takes every step that is due. Of repeats that were due while nobody looked the last one stands for all. */
function advance(
  escalation: Escalation,
  team: BookedTeam,
  at: Date,
  previous: AlertSeverity | null = null,
): EscalationDecision {
  const dueAt = (stop: TeamStop) => new Date(escalation.baseAt.getTime() + stop.afterMs);
  let { position } = escalation;
  let due: TeamStop[] = [];
  let next = team.stopAt(position);
  while (next !== undefined && dueAt(next) <= at) {
    if (next.repeat > 0) due = due.filter(({ repeat }) => repeat === 0);
    due.push(next);
    position += 1;
    next = team.stopAt(position);
  }
  const notices = due.flatMap((stop) =>
    recipientsOf(team, stop.step, at).map((recipient) =>
      notice(escalation, stop, { team, recipient, previous }),
    ),
  );
  const nextAt = next === undefined ? null : dueAt(next);
  const stoppedReason = next === undefined ? ('finished' as const) : null;
  return { escalations: [{ ...escalation, position, nextAt, stoppedReason }], notices };
}

/** Whom a step tells, each once. */
function recipientsOf(team: BookedTeam, step: number, at: Date): readonly StepRecipient[] {
  const found = team.recipients(step, at);
  if (found.length === 0) return [{ ...NOBODY, message: 'This step of the team tells nobody.' }];
  const once = new Map(found.map((one) => [`${one.channelId} ${one.recipient} ${one.skipped}`, one]));
  return [...once.values()];
}

function notice(
  { alertId, generation }: Escalation,
  { step, repeat }: TeamStop,
  {
    team,
    recipient,
    previous = null,
  }: { team: BookedTeam | null; recipient: StepRecipient; previous?: AlertSeverity | null },
): PlannedNotice {
  const event = eventOf({ step, repeat }, generation);
  return {
    alertId,
    event,
    generation,
    step,
    repeat,
    stepCount: team?.stepCount ?? 1,
    team: team && { id: team.id, name: team.name },
    previousSeverity: event === 'changed' ? previous : null,
    recipient,
  };
}

function eventOf({ step, repeat }: Pick<TeamStop, 'step' | 'repeat'>, generation: number): DeliveryEvent {
  if (repeat > 0) return 'repeated';
  if (step > 0) return 'escalated';
  return generation > 0 ? 'changed' : 'triggered';
}

function paused(escalation: Escalation, at: Date): Escalation {
  if (escalation.nextAt === null) return escalation;
  return { ...escalation, nextAt: null, pausedAt: at };
}

/**
 * Notes how bad an alert is that somebody took on: they are promised to hear when it gets worse, also where others had been told of
 * as much before.
 */
function takenOn(escalation: Escalation, { severity }: EscalatedAlert): Escalation {
  return escalation.severity === severity ? escalation : { ...escalation, severity };
}

/** Goes on where it stood: the time of the pause does not count. */
function resumed(escalation: Escalation, at: Date): Escalation {
  if (escalation.pausedAt === null) return escalation;
  const pausedMs = Math.max(0, at.getTime() - escalation.pausedAt.getTime());
  return { ...escalation, baseAt: new Date(escalation.baseAt.getTime() + pausedMs), pausedAt: null };
}

function stopped(escalation: Escalation, stoppedReason: StopReason): Escalation {
  return { ...escalation, nextAt: null, pausedAt: null, stoppedReason };
}

function end(escalation: Escalation): Escalation {
  return escalation.stoppedReason === 'resolved' ? escalation : stopped(escalation, 'resolved');
}

function changed(escalations: readonly Escalation[]): EscalationDecision {
  return { escalations, notices: [] };
}

function join(decisions: readonly EscalationDecision[]): EscalationDecision {
  return {
    escalations: decisions.flatMap(({ escalations }) => escalations),
    notices: decisions.flatMap(({ notices }) => notices),
  };
}

function rank(severity: AlertSeverity): number {
  return ALERT_SEVERITIES.indexOf(severity);
}
