import { type SessionOptions, SmtpSession } from './smtp-session.ts';

/** Most connections to the mail server at once. */
const MOST_SESSIONS = 5;
/** Milliseconds for which a connection is kept that carries nothing. */
const REST_MS = 10_000;

/** The connections to one mail server: kept for a moment, so that a storm of mails needs no login for each. */
export class SmtpPool {
  readonly #options: SessionOptions;
  readonly #resting = new Map<SmtpSession, NodeJS.Timeout>();
  readonly #waiting: (() => void)[] = [];
  #used = 0;
  #isClosed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /**
   * Lends a connection for one mail: one that rests, or a new one.
   *
   * @throws as `SmtpSession`, and the signal's reason where it came first
   */
  async use<T>(work: (session: SmtpSession) => Promise<T>, signal: AbortSignal): Promise<T> {
    await this.#enter(signal);
    try {
      const rested = this.#takeRested();
      const session = rested ?? (await SmtpSession.open(this.#options, signal));
      try {
        return await work(session);
      } finally {
        this.#giveBack(session);
      }
    } finally {
      this.#leave();
    }
  }

  /** Ends all that rest; what is under way ends by its own signal. */
  close(): void {
    this.#isClosed = true;
    for (const session of this.#resting.keys()) session.quit();
    for (const timer of this.#resting.values()) clearTimeout(timer);
    this.#resting.clear();
  }

  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#used < MOST_SESSIONS) {
      this.#used += 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(signal.reason as Error);
      };
      this.#waiting.push(enter);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  #leave(): void {
    // The place goes to the next in line.
    const next = this.#waiting.shift();
    if (next === undefined) this.#used -= 1;
    else next();
  }

  #takeRested(): SmtpSession | undefined {
    for (const [session, timer] of this.#resting) {
      clearTimeout(timer);
      this.#resting.delete(session);
      if (session.isUsable) return session;
    }
    return undefined;
  }

  #giveBack(session: SmtpSession): void {
    if (!session.isUsable) return;
    if (this.#isClosed) {
      session.quit();
      return;
    }
    const timer = setTimeout(() => {
      this.#resting.delete(session);
      session.quit();
    }, REST_MS);
    timer.unref();
    this.#resting.set(session, timer);
  }
}
