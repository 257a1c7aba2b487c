import { createHash } from 'node:crypto';
import { type Clock, createHttpClient, type HttpClient } from '@stratora/runtime';
import type { StoreEndpoint } from './store-endpoint.ts';
import { StoreAnswerError } from './store-result.ts';

/** The store tells its own flags among its metrics. */
const LABEL_LIMIT = /^flag\{name="maxLabelsPerTimeseries", value="(\d+)"/m;
const METRICS_MAX_BYTES = 16 * 1024 * 1024;

/**
 * Finds which run of the store is answering.
 *
 * VictoriaMetrics may lose its last seconds when it is killed, so senders repeat what was acknowledged shortly before
 * the epoch changed. For that to be safe, an acknowledgement must never carry an epoch newer than the process that
 * gave it. Therefore the caller reads the epoch *before* it sends a write, and an epoch is only taken from memory
 * while the connection over which it was read is still open: as long as that connection stands, the same process is
 * behind it. Once it closes, the next call reads the epoch again. An epoch too old is harmless (the next answer
 * carries the new one).
 *
 * The epoch is the start time of the process, from its own `/metrics`, so that all servers in front of one store agree.
 * Behind a proxy the connection proves nothing, so the epoch is also read again in the background every
 * `maxAgeMs`.
 */
export class StoreEpoch {
  readonly #client: HttpClient;
  readonly #clock: Clock;
  readonly #maxAgeMs: number;
  /** Paths of the store's own metrics, the one that was found last first. */
  #paths: readonly string[];
  #epoch: string | undefined;
  #readAt = 0;
  #generation = 0;
  #startedAt = '';
  #reads = 0;
  #digest = '';
  #reading: Promise<string> | undefined;
  #labelLimit: number | undefined;

  constructor(endpoint: StoreEndpoint, options: { clock: Clock; timeoutMs: number; maxAgeMs?: number }) {
    this.#clock = options.clock;
    this.#maxAgeMs = options.maxAgeMs ?? 10_000;
    // At the root also below vminsert's prefix, but not behind a proxy or -http.pathPrefix.
    this.#paths = [...new Set(['/metrics', `${endpoint.baseUrl.slice(endpoint.origin.length)}/metrics`])];
    this.#client = createHttpClient({
      baseUrl: endpoint.origin,
      headers: endpoint.headers,
      timeoutMs: options.timeoutMs,
      maxResponseBytes: METRICS_MAX_BYTES,
      maxSockets: 1,
      onDisconnect: () => {
        this.#epoch = undefined;
      },
    });
  }

  /**
   * Returns the epoch of the process that will answer a write sent from now on, or of an earlier one.
   * @throws OutboundError when the store is away
   * @throws StoreAnswerError when it does not tell its metrics
   */
  current(): string | Promise<string> {
    if (this.#epoch === undefined) return this.#read();
    if (this.#clock.monotonic() - this.#readAt > this.#maxAgeMs) this.#read().catch(() => undefined);
    return this.#epoch;
  }

  /** The number of labels that the store keeps beside the name; undefined while it did not tell. */
  get labelLimit(): number | undefined {
    return this.#labelLimit;
  }

  close(): void {
    this.#client.close();
  }

  #read(): Promise<string> {
    this.#reading ??= this.#fetch().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #fetch(): Promise<string> {
    const text = await this.#readMetrics();
    this.#labelLimit = Number(LABEL_LIMIT.exec(text)?.[1] ?? Number.NaN) || undefined;
    const startedAt =
      valueOf(text, 'vm_app_start_timestamp') ?? valueOf(text, 'process_start_time_seconds') ?? '';
    const reads = Number(valueOf(text, 'vm_http_requests_total{path="/metrics"}') ?? Infinity);
    // The start time has whole seconds. Two runs within one second are told apart by the store's count of reads such
    // as this one, which grows with each of them and begins anew with the process. It is counted anew once a second:
    // whoever reads sooner is given the bytes of the read before, by the process that made them.
    const digest = createHash('sha256').update(text).digest('base64');
    if (startedAt !== this.#startedAt) this.#generation = 0;
    else if (digest !== this.#digest && reads <= this.#reads) this.#generation += 1;
    this.#startedAt = startedAt;
    this.#digest = digest;
    this.#reads = Number.isFinite(reads) ? reads : 0;
    this.#readAt = this.#clock.monotonic();
    this.#epoch = this.#generation === 0 ? startedAt || 'unknown' : `${startedAt}.${this.#generation}`;
    return this.#epoch;
  }

  async #readMetrics(): Promise<string> {
    let fault: StoreAnswerError | undefined;
    for (const path of this.#paths) {
      const answer = await this.#client.request({ method: 'GET', path });
      if (answer.status === 200) {
        this.#paths = [path, ...this.#paths.filter((other) => other !== path)];
        return answer.text();
      }
      fault ??= new StoreAnswerError(answer.status, `${path}: ${answer.text()}`);
    }
    throw fault ?? new Error('no path of metrics');
  }
}

function valueOf(text: string, metric: string): string | undefined {
  const start = text.startsWith(`${metric} `) ? 0 : text.indexOf(`\n${metric} `) + 1;
  if (start === 0 && !text.startsWith(`${metric} `)) return undefined;
  return text.slice(start + metric.length + 1, text.indexOf('\n', start)).trim();
}
