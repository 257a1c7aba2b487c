import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { type Clock, systemClock, type TimerHandle } from '@stratora/runtime';
import type { SharedServices } from '../shared-services.ts';

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
}

/** A name that the system finds no address for; `code` is the system's, ETIMEOUT when it took too long. */
export class NameError extends Error {
  override readonly name = 'NameError';
  readonly code: string;

  constructor(code: string, host: string, options?: ErrorOptions) {
    const isSilent = code === 'ETIMEOUT' || code === 'EAI_AGAIN';
    const reason = isSilent ? ': no answer from its name server' : ` (${code})`;
    super(`The name ${host} cannot be resolved${reason}.`, options);
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

/** The name of the shared service. */
export const NAMES_SERVICE = 'engine.names';

const DEFAULT_PLACES = 2;
/** Longest wait for an answer. */
const WAIT_MS = 2500;
/** Time after which an answer counts as slow. */
const SLOW_MS = 1000;
/** Time that a slow answer is kept: who asked may have left before it came. */
const KEEP_MS = 60_000;
/** Names that are forgotten first where there are more. */
const MAX_KNOWN = 20_000;

/**
 * Finds the addresses of names by the system's resolver. Each question takes a thread until the resolver gives up, which
 * takes it half a minute when no name server answers: names that did not answer last time share a quarter of the places,
 * so that the others find one.
 */
export class NameLookup {
  readonly #clock: Clock;
  readonly #lookup: Lookup;
  readonly #places: number;
  readonly #open = new Map<string, Question>();
  readonly #queues: { readonly quick: Question[]; readonly slow: Question[] } = { quick: [], slow: [] };
  readonly #running = { quick: 0, slow: 0 };
  readonly #slowNames = new Set<string>();
  readonly #kept = new Map<string, { readonly addresses: readonly string[]; readonly until: number }>();

  constructor({
    clock = systemClock,
    lookup: ask = askSystem,
    places = DEFAULT_PLACES,
  }: NameLookupOptions = {}) {
    this.#clock = clock;
    this.#lookup = ask;
    this.#places = places;
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
    return this.#within(this.#ask(key, host, family), host, key);
  }

  #ask(key: string, host: string, family: Family): Promise<readonly string[]> {
    const open = this.#open.get(key);
    if (open !== undefined) return open.answer.promise;
    const question = { key, host, family, answer: Promise.withResolvers<readonly string[]>() };
    // Who asked may have left before it fails.
    question.answer.promise.catch(() => undefined);
    this.#open.set(key, question);
    this.#queues[this.#slowNames.has(key) ? 'slow' : 'quick'].push(question);
    this.#startNext();
    return question.answer.promise;
  }

  #startNext(): void {
    const { quick, slow } = this.#queues;
    const running = this.#running;
    while (quick.length > 0 && running.quick + running.slow < this.#places) {
      const next = quick.shift();
      if (next === undefined) break;
      // Its turn came too late for who asked.
      if (this.#slowNames.has(next.key)) slow.push(next);
      else void this.#run(next, 'quick');
    }
    const slowPlaces = Math.max(1, Math.floor(this.#places / 4));
    while (slow.length > 0 && running.slow < slowPlaces && running.quick + running.slow < this.#places) {
      const next = slow.shift();
      if (next !== undefined) void this.#run(next, 'slow');
    }
  }

  async #run(question: Question, lane: 'quick' | 'slow'): Promise<void> {
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
      answer.reject(new NameError(code, host, { cause: error }));
    } finally {
      this.#open.delete(key);
      this.#running[lane] -= 1;
      this.#startNext();
    }
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
        reject(new NameError('ETIMEOUT', host));
      }, WAIT_MS);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      this.#clock.clearTimeout(timer);
    }
  }
}

async function askSystem(host: string, family: Family): Promise<readonly string[]> {
  return (await lookup(host, { all: true, family })).map(({ address }) => address);
}

/** Whether a host is an address, whatever the interface of its zone is called: names hold no colon. */
export function isAddress(host: string): boolean {
  return isIP(host) !== 0 || host.includes(':');
}

/** Returns the lookup that all inputs of an engine share. */
export function namesOf(services: SharedServices): NameLookup {
  return services.get(NAMES_SERVICE, () => new NameLookup());
}
