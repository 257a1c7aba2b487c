import { type Clock, type Logger, type Periodic, periodic, sleep } from '@stratora/runtime';
import {
  adviseOnStoreUrl,
  findWorkingPath,
  type QueryClient,
  type StoreRefusal,
  type StoreUse,
  type WriteClient,
} from '@stratora/victoriametrics';
import type { StoreState } from './store-state.ts';

export interface StoreCheckOptions {
  state: StoreState;
  writer: Pick<WriteClient, 'write'>;
  query: Pick<QueryClient, 'query'>;
  metricsWriteUrl: string;
  metricsReadUrl: string;
  clock: Clock;
  logger: Logger;
}

const CHECK_EVERY_MS = 5000;
/** Milliseconds that a caller waits for a look: a frozen store does not answer at all. */
const LOOK_WAIT_MS = 2000;
/** Milliseconds in which a sample must be found; a store may hide new ones for half a minute. */
const SIGHT_WAIT_MS = 150_000;
const SIGHT = 'last_over_time(stratora_store_check[10m])';
const USES = ['write', 'read'] as const;

/** Words for people where the store is not there, whatever its URL. */
const AWAY: Readonly<Record<StoreUse, string>> = {
  write: 'The metric store cannot be written to at the moment.',
  read: 'The metric store cannot be asked at the moment.',
};

/**
 * The check of the metric store by a real write and a real read: at the start, and whenever a call of somebody else
 * failed. It says in words what is wrong and what the right URL is.
 */
export class StoreCheck {
  readonly loop: Periodic;
  readonly #options: StoreCheckOptions;
  readonly #logged = new Map<StoreUse, string>();
  readonly #advice = new Map<StoreUse, { cause: string; words: string }>();
  #looking: Promise<void> | undefined;
  /** Time of the sample that is looked for in seconds, and when it was written; undefined once it was found. */
  #sought: { seconds: number; since: number } | undefined;
  #isLost = false;

  constructor(options: StoreCheckOptions) {
    const { clock, logger } = options;
    this.#options = options;
    this.loop = periodic({
      name: 'store-check',
      intervalMs: CHECK_EVERY_MS,
      clock,
      logger,
      runAtStart: true,
      run: async (signal) => {
        if (!options.state.isGood) await this.#lookFor(LOOK_WAIT_MS, signal);
        await this.#seek(signal);
        this.#log();
      },
    });
  }

  /** Tells what is wrong, in words that name no host and no password; none when all is well. Looks first where in doubt. */
  async faults(): Promise<string[]> {
    const { state } = this.#options;
    if (!state.isGood) await this.#lookFor(LOOK_WAIT_MS);
    const words = USES.map((use) => this.#wordsOf(use)).filter((text) => text !== undefined);
    if (words.length > 0 || state.isGood) return this.#isLost ? [...words, LOST] : words;
    return ['The metric store does not answer.'];
  }

  /** Waits for a look, but no longer than so: what it finds later is known to the next caller. */
  async #lookFor(waitMs: number, signal?: AbortSignal): Promise<void> {
    const done = new AbortController();
    const ends = signal ? AbortSignal.any([signal, done.signal]) : done.signal;
    await Promise.race([this.#look(), sleep(waitMs, undefined, ends)]);
    done.abort();
  }

  /** Writes a sample and asks for it; calls that come meanwhile share one look. */
  #look(): Promise<void> {
    this.#looking ??= this.#lookNow().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookNow(): Promise<void> {
    const { clock, metricsReadUrl, metricsWriteUrl, query, writer } = this.#options;
    const now = clock.now();
    const seconds = Math.floor(now / 1000);
    const [written] = await Promise.all([
      writer.write(Buffer.from(`stratora_store check=${seconds} ${now}\n`), 'ms'),
      query.query(SIGHT),
    ]);
    await Promise.all(USES.map((use) => this.#advise(use)));
    if (!written.ok || metricsReadUrl === metricsWriteUrl) return;
    this.#sought ??= { seconds, since: clock.monotonic() };
  }

  /** Finds out what is wrong with a URL that leads to the wrong place; once for each cause. */
  async #advise(use: StoreUse): Promise<void> {
    const refusal = this.#options.state.faultOf(use);
    if (refusal?.reason !== 'misconfigured' || this.#advice.get(use)?.cause === refusal.cause) return;
    const url = use === 'write' ? this.#options.metricsWriteUrl : this.#options.metricsReadUrl;
    const working = isAboutPath(refusal) ? await findWorkingPath(use, url) : undefined;
    this.#advice.set(use, { cause: refusal.cause, words: adviseOnStoreUrl(use, refusal, working) });
  }

  /** Looks for the sample where samples are read: two URLs may lead to two stores, or to two accounts of one. */
  async #seek(signal: AbortSignal): Promise<void> {
    if (this.#sought === undefined) return;
    const { clock, query } = this.#options;
    const { seconds, since } = this.#sought;
    const answer = await query.query(SIGHT, undefined, { signal, timeoutMs: CHECK_EVERY_MS });
    if (!answer.ok) return;
    const isFound = answer.value.some(({ value }) => value >= seconds);
    this.#isLost = !isFound && clock.monotonic() - since > SIGHT_WAIT_MS;
    if (isFound) this.#sought = undefined;
  }

  #wordsOf(use: StoreUse): string | undefined {
    const refusal = this.#options.state.faultOf(use);
    if (refusal === undefined) return undefined;
    if (refusal.reason !== 'misconfigured') return AWAY[use];
    return this.#advice.get(use)?.words ?? adviseOnStoreUrl(use, refusal);
  }

  #log(): void {
    const { logger, state } = this.#options;
    for (const use of USES) {
      const advice = this.#wordsOf(use) ?? (use === 'read' && this.#isLost ? LOST : '');
      if (advice === (this.#logged.get(use) ?? '')) continue;
      this.#logged.set(use, advice);
      if (advice === '') logger.info({ use }, 'metric store is well again');
      else logger.error({ use, advice, cause: state.faultOf(use)?.cause }, 'metric store fails');
    }
  }
}

const LOST =
  'What is written to the metric store is not found where it is read: STRATORA_METRICS_WRITE_URL and STRATORA_METRICS_READ_URL must lead to one store and one account.';

/** Whether another path at the same host may do: not where the login, the size or the address is refused. */
function isAboutPath({ status = 0 }: StoreRefusal): boolean {
  return status < 300 || [400, 404, 405, 422].includes(status);
}
