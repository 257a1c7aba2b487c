/** A notice that is part of a message which has not come to an end. */
export interface FormedNotice {
  readonly key: string;
  readonly alertId: string | null;
  readonly recipient: string;
  readonly state: 'queued' | 'sending';
  readonly dueAt: Date;
  /** Null where it is not being sent. */
  readonly leasedUntil: Date | null;
  /** Whether it is a test that was never tried. */
  readonly isFreshTest: boolean;
}

export interface MessageChoice {
  /** Keys of the messages to send now. */
  readonly keys: readonly string[];
  /** When the next one is due; undefined where none is by time alone. */
  readonly nextAt: Date | undefined;
}

/**
 * Lists the tests that nobody has tried yet. They go at once, also while nothing gets through: somebody waits to see whether what
 * they have just changed helps.
 */
export function freshTests(notices: readonly FormedNotice[]): string[] {
  return notices.filter(({ isFreshTest }) => isFreshTest).map(({ key }) => key);
}

/**
 * Chooses which messages go out now: those that are due, and those whose sender was lost in the middle. What a recipient is
 * told of an alert keeps its order: nothing goes while something before it is on its way or waits.
 * @param notices of one lane, oldest first
 */
export function chooseMessages(notices: readonly FormedNotice[], most: number, at: Date): MessageChoice {
  const before = new Set<string>();
  const due: { key: string; dueAt: Date }[] = [];
  let nextAt: Date | undefined;
  for (const [key, of] of Map.groupBy(notices, (notice) => notice.key)) {
    const pairs = of.flatMap(({ alertId, recipient }) =>
      alertId === null ? [] : [`${alertId} ${recipient}`],
    );
    const isBehind = pairs.some((pair) => before.has(pair));
    for (const pair of pairs) before.add(pair);
    if (isBehind) continue;
    const dueAt = dueTime(of);
    if (dueAt <= at) due.push({ key, dueAt });
    else if (nextAt === undefined || dueAt < nextAt) nextAt = dueAt;
  }
  // Of those that failed the one that was tried longest ago comes first, so that none keeps the others from being tried.
  due.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  return { keys: due.slice(0, most).map(({ key }) => key), nextAt };
}

/** When a message may be sent: while it is being sent, when that server's lease ends. */
function dueTime(notices: readonly FormedNotice[]): Date {
  const times = notices.map(({ dueAt, leasedUntil }) => (leasedUntil ?? dueAt).getTime());
  return new Date(Math.max(...times));
}
