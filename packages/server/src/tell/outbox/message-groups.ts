/** Most alerts that one message tells of. */
export const ALERTS_IN_MESSAGE = 100;
/** Milliseconds for which the first notice waits for others of its cycle. */
export const GATHER_MS = 2000;
/** Milliseconds from one message to the next one to the same recipient. */
export const APART_MS = 60_000;

/** A notice that waits and is part of no message yet. */
export interface WaitingNotice {
  readonly id: string;
  readonly recipient: string;
  /** Null for a test, and for a reminder. */
  readonly alertId: string | null;
  readonly isTest: boolean;
  readonly createdAt: Date;
}

/** Notices that go out together. */
export interface FormedMessage {
  /** The first of them gives it its key. */
  readonly ids: readonly string[];
}

export interface FormedMessages {
  readonly messages: readonly FormedMessage[];
  /** When the next ones can be formed; undefined where none wait. */
  readonly nextAt: Date | undefined;
}

/**
 * Makes messages of what waits in a lane. To each recipient all that waits goes together: two seconds after the first of it,
 * and a minute after the last message. A test goes at once, by itself.
 * @param waiting oldest first
 * @param lastAt when the last message to a recipient was formed
 */
export function formMessages(
  waiting: readonly WaitingNotice[],
  lastAt: ReadonlyMap<string, Date>,
  at: Date,
): FormedMessages {
  const messages: FormedMessage[] = [];
  let nextAt: Date | undefined;
  for (const { id, isTest } of waiting) if (isTest) messages.push({ ids: [id] });
  const byRecipient = Map.groupBy(
    waiting.filter(({ isTest }) => !isTest),
    ({ recipient }) => recipient,
  );
  for (const [recipient, notices] of byRecipient) {
    const readyAt = readyTime(notices, lastAt.get(recipient), at);
    if (readyAt <= at) messages.push(...chunks(notices));
    else if (nextAt === undefined || readyAt < nextAt) nextAt = readyAt;
  }
  return { messages, nextAt };
}

/** Says when what waits for a recipient is ready. What was to come by a clock that was set back since keeps nobody waiting. */
function readyTime([first]: readonly WaitingNotice[], last: Date | undefined, at: Date): Date {
  const times = [
    { from: first?.createdAt, waitMs: GATHER_MS },
    { from: last, waitMs: APART_MS },
  ];
  const ready = times.map(({ from, waitMs }) =>
    from === undefined || from > at ? 0 : from.getTime() + waitMs,
  );
  return new Date(Math.max(...ready));
}

/** Cuts what goes to a recipient into messages that are not too long; all of an alert stands in one. */
function chunks(notices: readonly WaitingNotice[]): FormedMessage[] {
  const byAlert = [...Map.groupBy(notices, ({ id, alertId }) => alertId ?? id).values()];
  const formed: FormedMessage[] = [];
  for (let from = 0; from < byAlert.length; from += ALERTS_IN_MESSAGE) {
    const of = byAlert.slice(from, from + ALERTS_IN_MESSAGE).flat();
    formed.push({ ids: of.map(({ id }) => id) });
  }
  return formed;
}
