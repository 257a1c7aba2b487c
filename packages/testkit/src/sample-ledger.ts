import { createHttpClient, type HttpClient } from '@stratora/runtime';
import type { ApiClient } from './api-client.ts';

export interface LedgerOptions {
  /** The component's intake socket. */
  socketPath: string;
  /** A node of that component. */
  nodeId: string;
  series: number;
  /** Number of batches a second; each holds one sample of every series. */
  batchesPerSecond: number;
}

export interface LedgerVerdict {
  /** Number of samples that the component took. */
  taken: number;
  missing: number;
  /** Number of samples that are stored more than once. */
  duplicates: number;
  /** Number of samples that are stored with another value or time than sent. */
  foreign: number;
}

/**
 * Proves that no sample is lost: numbers every sample of every series, hands it to a component as an engine would
 * (again and again until it is taken), and compares what the store gives back with what was taken.
 */
export class SampleLedger {
  readonly #options: LedgerOptions;
  readonly #client: HttpClient;
  readonly #measurement = `ledger_${Date.now().toString(36)}`;
  /** Times of taken samples in ms by number; the same for all series. */
  readonly #taken = new Map<number, number>();
  #stopped = false;
  #loop: Promise<void> | undefined;
  #next = 1;
  /** Number of batches that were refused or not answered, and sent again. */
  retries = 0;
  /** Time at which the component took a batch last, epoch ms. */
  takenAt = 0;

  constructor(options: LedgerOptions) {
    this.#options = options;
    this.#client = createHttpClient({ socketPath: options.socketPath, timeoutMs: 5000 });
  }

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loop;
    this.#client.close();
  }

  async #run(): Promise<void> {
    const everyMs = 1000 / this.#options.batchesPerSecond;
    let lastTime = 0;
    while (!this.#stopped) {
      const startedAt = Date.now();
      const number = this.#next;
      const time = Math.max(lastTime + 1, startedAt);
      lastTime = time;
      this.#next += 1;
      if (await this.#deliver(number, time)) {
        this.#taken.set(number, time);
        this.takenAt = Date.now();
      }
      await pause(Math.max(0, everyMs - (Date.now() - startedAt)));
    }
  }

  async #deliver(number: number, time: number): Promise<boolean> {
    let body = '';
    for (let series = 0; series < this.#options.series; series += 1) {
      body += `${this.#measurement},node_id=${this.#options.nodeId},node_name=ledger,series=${series} n=${number}i ${time}000000\n`;
    }
    while (!this.#stopped) {
      try {
        const answer = await this.#client.request({
          method: 'POST',
          path: '/write?db=stratora&precision=ns',
          body,
        });
        if (answer.status === 204) return true;
      } catch {
        // The component is away; an engine waits and tries again.
      }
      this.retries += 1;
      await pause(200);
    }
    return false;
  }

  /** Compares with the store. Samples that are still on their way count as missing: ask again until they are there. */
  async verdict(api: ApiClient): Promise<LedgerVerdict> {
    const first = Math.min(...this.#taken.values());
    const seconds = Math.ceil((Date.now() - first) / 1000) + 60;
    const query = `${this.#measurement}_n{node_id="${this.#options.nodeId}"}[${seconds}s]`;
    const answer = await api.get<{
      data: { result: { metric: Record<string, string>; values: [number, string][] }[] };
    }>(`/api/v1/metrics/query?query=${encodeURIComponent(query)}`);
    const verdict = { taken: this.#taken.size * this.#options.series, missing: 0, duplicates: 0, foreign: 0 };
    const stored = new Map(answer.data.result.map(({ metric, values }) => [metric['series'], values]));
    for (let series = 0; series < this.#options.series; series += 1) {
      this.#judge(stored.get(String(series)) ?? [], verdict);
    }
    return verdict;
  }

  #judge(values: readonly [number, string][], verdict: LedgerVerdict): void {
    const seen = new Set<number>();
    for (const [time, text] of values) {
      const number = Number(text);
      const sentAt = this.#taken.get(number);
      if (seen.has(number)) verdict.duplicates += 1;
      else if (sentAt !== undefined && Math.round(time * 1000) !== sentAt) verdict.foreign += 1;
      seen.add(number);
    }
    for (const number of this.#taken.keys()) if (!seen.has(number)) verdict.missing += 1;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
