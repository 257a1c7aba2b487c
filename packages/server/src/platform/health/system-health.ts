import { type Health, healthSchema } from '@stratora/contract';
import { createHttpClient, type HttpClient } from '@stratora/runtime';
import type { Database } from '../db/index.ts';
import { openAccess, type Routes } from '../http/index.ts';
import type { StoreCheck } from './store-check.ts';
import { pingDatabase } from './system-health-queries.ts';

/** A further condition of health, such as that a loop is not stalled; one that fails degrades the whole. */
export interface HealthCondition {
  holds: () => boolean;
  /** What is wrong when it does not hold, for people. */
  words: string;
}

/** Says of what the database knows what is wrong, for people; undefined where nothing is. */
export type RulesFault = () => Promise<string | undefined>;

export interface SystemHealthOptions {
  db: Database;
  store: Pick<StoreCheck, 'faults'>;
  metricsReadUrl: string;
  metricsWriteUrl: string;
  version: string;
  conditions?: readonly HealthCondition[];
  /** Says which alert rules judge nothing. */
  rulesFault?: RulesFault;
}

const CHECK_TIMEOUT_MS = 2000;
/** Milliseconds for which an answer is shared by callers. */
const ANSWER_VALID_MS = 500;

/** The check whether this server can do its work: the database answers, and the store takes and gives. */
export class SystemHealth {
  readonly #options: SystemHealthOptions;
  readonly #stores: HttpClient[];
  #answer: Promise<Health> | undefined;
  #answerAt = Number.NEGATIVE_INFINITY;

  constructor(options: SystemHealthOptions) {
    this.#options = options;
    const origins = new Set(
      [options.metricsReadUrl, options.metricsWriteUrl].map((url) => new URL(url).origin),
    );
    this.#stores = [...origins].map((baseUrl) => createHttpClient({ baseUrl, timeoutMs: CHECK_TIMEOUT_MS }));
  }

  check(): Promise<Health> {
    if (!this.#answer || performance.now() - this.#answerAt > ANSWER_VALID_MS) {
      this.#answer = this.#checkNow();
      this.#answerAt = performance.now();
    }
    return this.#answer;
  }

  async #checkNow(): Promise<Health> {
    const [database, isStoreThere, storeFaults, rulesFault] = await Promise.all([
      this.#database(),
      this.#isStoreThere(),
      this.#options.store.faults(),
      this.#rulesFault(),
    ]);
    const metrics =
      isStoreThere || storeFaults.length > 0 ? storeFaults : ['The metric store does not answer.'];
    const failed = (this.#options.conditions ?? []).filter(({ holds }) => !holds());
    const faults = [
      ...(database ? [] : ['The database does not answer.']),
      ...metrics,
      ...failed.map(({ words }) => words),
    ];
    return {
      // A rule that somebody wrote wrong must not make a load balancer take away the server on which it is mended.
      status: faults.length === 0 ? 'ok' : 'degraded',
      version: this.#options.version,
      checks: {
        database: database ? 'ok' : 'failing',
        metrics: metrics.length === 0 ? 'ok' : 'failing',
        rules: rulesFault === undefined ? 'ok' : 'failing',
      },
      messages: rulesFault === undefined ? faults : [...faults, rulesFault],
    };
  }

  #database(): Promise<boolean> {
    const query = pingDatabase(this.#options.db).then(
      () => true,
      () => false,
    );
    return inTime(query, false);
  }

  /** Asks which rules judge nothing; while the database does not answer, that is what is wrong. */
  async #rulesFault(): Promise<string | undefined> {
    return inTime(
      this.#options.rulesFault?.().catch(() => undefined),
      undefined,
    );
  }

  /**
   * Asks whether anything answers where the store is, also while nobody writes or reads. What it answers to our calls
   * is for the check by a write and a read: behind a proxy `/health` need not be at the root.
   */
  async #isStoreThere(): Promise<boolean> {
    const answers = await Promise.allSettled(
      this.#stores.map((store) => store.request({ method: 'GET', path: '/health' })),
    );
    return answers.every((answer) => answer.status === 'fulfilled' && answer.value.status < 500);
  }

  close(): void {
    for (const store of this.#stores) store.close();
  }
}

/** Waits for an answer no longer than a check may take. */
async function inTime<T>(answer: Promise<T> | undefined, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), CHECK_TIMEOUT_MS);
  });
  const first = await Promise.race([answer ?? otherwise, late]);
  clearTimeout(timer);
  return first;
}

/** Adds `GET /health`, without login: for load balancers, for the launcher, for people. */
export function healthRoutes(health: SystemHealth) {
  return (routes: Routes): void => {
    routes.get(
      '/api/v1/health',
      {
        ...openAccess(),
        schema: {
          summary: 'Health of this server',
          tags: ['health'],
          response: { 200: healthSchema, 503: healthSchema },
        },
      },
      async (_, reply) => {
        const answer = await health.check();
        return reply.status(answer.status === 'ok' ? 200 : 503).send(answer);
      },
    );
  };
}
