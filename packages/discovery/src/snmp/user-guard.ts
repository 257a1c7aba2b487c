/** What became of a login. `silent`: nobody knows. */
export type LoginVerdict = 'accepted' | 'refused' | 'silent';

interface GuardedUser {
  isAccepted: boolean;
  isStopped: boolean;
  /** Hosts that refused it. */
  readonly refusedBy: string[];
  inFlight: number;
  readonly parked: Resume[];
}

/** Tells one who waits what became of it: it is let in, or the user is stopped. False: it does not want to any more. */
export type Resume = (verdict: 'go' | 'stopped') => boolean;

/** Hosts that may refuse a user that no host accepted yet, and one that some did. */
const REFUSALS_OF_UNKNOWN = 3;
const REFUSALS_OF_ACCEPTED = 10;

/**
 * The guard of SNMPv3 users: wrong passwords in a row lock accounts and ring alarms, so a user that hosts refuse is not
 * tried any further. No more logins are under way at a time than may still be refused, so that a wrong password
 * reaches a few hosts however fast the scan is.
 */
export class UserGuard {
  readonly #users = new Map<string, GuardedUser>();
  readonly #onStop: (sentence: string) => void;

  /** @param stopped users that an earlier part of the run stopped */
  constructor(stopped: readonly string[], onStop: (sentence: string) => void) {
    this.#onStop = onStop;
    for (const name of stopped) this.#userOf(name).isStopped = true;
  }

  /** Users that are not tried any further. */
  get stopped(): string[] {
    return [...this.#users].filter(([, { isStopped }]) => isStopped).map(([name]) => name);
  }

  /** Asks whether a login may begin. Where others have to end first, `resume` is called with the answer. */
  enter(name: string, resume: Resume): 'go' | 'wait' | 'stopped' {
    const user = this.#userOf(name);
    if (user.isStopped) return 'stopped';
    if (user.inFlight >= this.#room(user)) {
      user.parked.push(resume);
      return 'wait';
    }
    user.inFlight += 1;
    return 'go';
  }

  /** Notes the end of a login that was let in. */
  leave(name: string, verdict: LoginVerdict, address: string): void {
    const user = this.#userOf(name);
    user.inFlight -= 1;
    if (verdict === 'accepted') user.isAccepted = true;
    if (verdict === 'refused') user.refusedBy.push(address);
    if (!user.isStopped && this.#room(user) <= 0) {
      user.isStopped = true;
      this.#onStop(
        `The user "${name}" is not tried any further: ${listOf(user.refusedBy)} refused its password or protocol.`,
      );
    }
    this.#resume(user);
  }

  #resume(user: GuardedUser): void {
    while (user.isStopped || user.inFlight < this.#room(user)) {
      const resume = user.parked.shift();
      if (resume === undefined) return;
      if (user.isStopped) resume('stopped');
      else if (resume('go')) user.inFlight += 1;
    }
  }

  #room({ isAccepted, refusedBy }: GuardedUser): number {
    return (isAccepted ? REFUSALS_OF_ACCEPTED : REFUSALS_OF_UNKNOWN) - refusedBy.length;
  }

  #userOf(name: string): GuardedUser {
    const known = this.#users.get(name);
    if (known !== undefined) return known;
    const made = { isAccepted: false, isStopped: false, refusedBy: [], inFlight: 0, parked: [] };
    this.#users.set(name, made);
    return made;
  }
}

function listOf(addresses: readonly string[]): string {
  const last = addresses.at(-1) ?? '';
  return addresses.length < 2 ? last : `${addresses.slice(0, -1).join(', ')} and ${last}`;
}
