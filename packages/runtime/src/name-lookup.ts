import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { type Clock, systemClock, type TimerHandle } from './clock.ts';

export type Family = 0 | 4 | 6;
export type Lookup = (host: string, family: Family) => Promise<readonly string[]>;

export interface NameLookupOptions {
  readonly clock?: Clock;
  /** Asks the system. */
  readonly lookup?: Lookup;
  /**
   * Questions to the system at once: libuv lets names have half of its threads, which are four unless the process was
   * told otherwise.
   */
  readonly places?: number;
  /** File of names that the system knows without asking (hosts(5)). */
  readonly hostsFile?: string;
  readonly words?: NameWords;
}

/** Sentences about a name that is not found, for whoever reads them in the end. */
export interface NameWords {
  /** Says that DNS knows no address for a name. */
  without(host: string): string;
  /** Says that nobody answers for a name. */
  silent(host: string): string;
}

const PLAIN_WORDS: NameWords = {
  without: (host) => `The name ${host} has no address.`,
  silent: (host) => `The name ${host} cannot be resolved: no answer from its name server.`,
};

/** Ways to an answer: names of the hosts file, names that nothing is known of, names that did not answer last time. */
type Lane = 'own' | 'quick' | 'slow';

/** A name that the system finds no address for; `code` is the system's, ETIMEOUT when it took too long. */
export class NameError extends Error {
  override readonly name = 'NameError';
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A question to the system that waits or is under way. */
interface Question {
  readonly key: string;
  readonly host: string;
  readonly family: Family;
  readonly answer: PromiseWithResolvers<readonly string[]>;
}

const DEFAULT_PLACES = 2;
/** Longest wait for an answer. */
const WAIT_MS = 2500;
/** Time after which an answer counts as slow. */
const SLOW_MS = 1000;
/** Time that a slow answer is kept: who asked may have left before it came. */
const KEEP_MS = 60_000;
/** Time after which the hosts file is read again. */
const HOSTS_MS = 60_000;
/** Names that are forgotten first where there are more. */
const MAX_KNOWN = 20_000;

/**
 * Finds the addresses of names by the system's resolver. Each question takes a thread until the resolver gives up, which
 * takes it half a minute when no name server answers: names that did not answer last time share a quarter of the places,
 * and an eighth is kept for those of the hosts file, so that the others find one.
 */
export class NameLookup {
  readonly #clock: Clock;
  readonly #lookup: Lookup;
  readonly #places: number;
  readonly #open = new Map<string, Question>();
  readonly #queues: Readonly<Record<Lane, Question[]>> = { own: [], quick: [], slow: [] };
  readonly #running: Record<Lane, number> = { own: 0, quick: 0, slow: 0 };
  readonly #hostsFile: string;
  readonly #words: NameWords;
  #ownNames: ReadonlySet<string> = new Set();
  #hostsReadAt = Number.NEGATIVE_INFINITY;
  #hostsRead: Promise<void> = Promise.resolve();
  readonly #slowNames = new Set<string>();
  readonly #kept = new Map<string, { readonly addresses: readonly string[]; readonly until: number }>();

  constructor(options: NameLookupOptions = {}) {
    const { clock = systemClock, lookup: ask = askSystem, places = DEFAULT_PLACES } = options;
    const { hostsFile = '/etc/hosts', words = PLAIN_WORDS } = options;
    this.#clock = clock;
    this.#hostsFile = hostsFile;
    this.#lookup = ask;
    this.#places = places;
    this.#words = words;
  }

  /** Number of questions to the system that have no answer yet. */
  get open(): number {
    return this.#open.size;
  }

  /**
   * Finds the addresses of a host, which is its own when it is one.
   *
   * @throws NameError, after 2.5 s at the latest
   */
  async find(host: string, family: Family = 0): Promise<readonly string[]> {
    if (isAddress(host)) return [host];
    const key = `${family} ${host}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.until > this.#clock.monotonic()) return kept.addresses;
    this.#kept.delete(key);
    await this.#readHosts();
    return this.#within(this.#ask(key, host, family), host, key);
  }

  #ask(key: string, host: string, family: Family): Promise<readonly string[]> {
    const open = this.#open.get(key);
    if (open !== undefined) return open.answer.promise;
    const question = { key, host, family, answer: Promise.withResolvers<readonly string[]>() };
    // Who asked may have left before it fails.
    question.answer.promise.catch(() => undefined);
    this.#open.set(key, question);
    const isOwn = this.#ownNames.has(host.toLowerCase());
    this.#queues[isOwn ? 'own' : this.#slowNames.has(key) ? 'slow' : 'quick'].push(question);
    this.#startNext();
    return question.answer.promise;
  }

  #startNext(): void {
    const rest = this.#places - Math.floor(this.#places / 8);
    this.#startSome('own', this.#places, this.#places);
    this.#startSome('quick', rest, rest);
    this.#startSome('slow', Math.max(1, Math.floor(this.#places / 4)), rest);
  }

  /** Starts questions of a lane while it has places, and all lanes together do not have too many. */
  #startSome(lane: Lane, most: number, mostOfAll: number): void {
    const running = this.#running;
    const queue = this.#queues[lane];
    while (running[lane] < most && running.own + running.quick + running.slow < mostOfAll) {
      const next = queue.shift();
      if (next === undefined) return;
      // Its turn came too late for who asked.
      if (lane === 'quick' && this.#slowNames.has(next.key)) this.#queues.slow.push(next);
      else void this.#run(next, lane);
    }
  }

  /** Knows the names of the hosts file, as they were a minute ago at most. */
  #readHosts(): Promise<void> {
    const now = this.#clock.monotonic();
    if (now - this.#hostsReadAt >= HOSTS_MS) {
      this.#hostsReadAt = now;
      this.#hostsRead = readFile(this.#hostsFile, 'utf8')
        .catch(() => '')
        .then((text) => {
          this.#ownNames = namesIn(text);
        });
    }
    return this.#hostsRead;
  }

  async #run(question: Question, lane: Lane): Promise<void> {
    const { key, host, family, answer } = question;
    const startedAt = this.#clock.monotonic();
    const tookLong = (): boolean => this.#clock.monotonic() - startedAt >= SLOW_MS;
    this.#running[lane] += 1;
    try {
      const addresses = await this.#lookup(host, family);
      if (tookLong()) this.#kept.set(key, { addresses, until: this.#clock.monotonic() + KEEP_MS });
      this.#slowNames.delete(key);
      answer.resolve(addresses);
    } catch (error) {
      const { code = 'EAI_FAIL' } = error as NodeJS.ErrnoException;
      this.#mark(key, tookLong());
      answer.reject(this.#errorOf(code, host, { cause: error }));
    } finally {
      this.#open.delete(key);
      this.#running[lane] -= 1;
      this.#startNext();
    }
  }

  #errorOf(code: string, host: string, options?: ErrorOptions): NameError {
    const isSilent = code === 'ETIMEOUT' || code === 'EAI_AGAIN';
    return new NameError(code, isSilent ? this.#words.silent(host) : this.#words.without(host), options);
  }

  #mark(key: string, isSlow: boolean): void {
    this.#slowNames.delete(key);
    if (!isSlow) return;
    if (this.#slowNames.size >= MAX_KNOWN) this.#slowNames.clear();
    this.#slowNames.add(key);
  }

  async #within(answer: Promise<readonly string[]>, host: string, key: string): Promise<readonly string[]> {
    let timer: TimerHandle | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = this.#clock.setTimeout(() => {
        this.#mark(key, true);
        reject(this.#errorOf('ETIMEOUT', host));
      }, WAIT_MS);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      this.#clock.clearTimeout(timer);
    }
  }
}

/** Reads the names of a hosts file: an address and its names on each line, up to a `#`. */
function namesIn(hosts: string): ReadonlySet<string> {
  const lines = hosts.split('\n').map((line) => line.replace(/#.*/, '').trim().split(/\s+/).slice(1));
  return new Set(lines.flat().map((name) => name.toLowerCase()));
}

async function askSystem(host: string, family: Family): Promise<readonly string[]> {
  return (await lookup(host, { all: true, family })).map(({ address }) => address);
}

/** Whether a host is an address, whatever the interface of its zone is called: names hold no colon. */
export function isAddress(host: string): boolean {
  return isIP(host) !== 0 || host.includes(':');
}
