import { type Clock, type Logger, sleep } from '@stratora/runtime';
import type { Client } from 'pg';
import { newClient } from './database.ts';

/** Channels of NOTIFY. Payloads are ids, or JSON for events. */
export const CHANNELS = [
  'stratora_component',
  'stratora_config',
  'stratora_event',
  'stratora_templates',
] as const;
export type Channel = (typeof CHANNELS)[number];

export interface ListenerOptions {
  url: string;
  clock: Clock;
  logger: Logger;
  /** How often the connection proves that nothing was missed; 1 s unless told. */
  proveEveryMs?: number;
}

/** A proof older than this is no proof. */
const PROOF_VALID_MS = 3000;
const RECONNECT_MS = 500;

/**
 * One connection that hears what other servers change. Notifications come before the answer of any later query on
 * the same connection, so a short query each second proves that everything committed before it has been heard.
 */
export class DatabaseListener {
  readonly #options: ListenerOptions;
  readonly #handlers = new Map<Channel, ((payload: string) => void)[]>();
  readonly #gapHandlers: (() => void)[] = [];
  #stopper = new AbortController();
  #loop: Promise<void> | undefined;
  #provenAt = Number.NEGATIVE_INFINITY;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  on(channel: Channel, handler: (payload: string) => void): void {
    this.#handlers.set(channel, [...(this.#handlers.get(channel) ?? []), handler]);
  }

  /** Called after each new connection: what happened before it may have been missed. */
  onGap(handler: () => void): void {
    this.#gapHandlers.push(handler);
  }

  /** Whether everything that was committed up to about a second ago is known to have been heard. */
  get isCurrent(): boolean {
    return this.#options.clock.monotonic() - this.#provenAt < PROOF_VALID_MS;
  }

  start(): void {
    this.#loop ??= this.#run(this.#stopper.signal);
  }

  async stop(): Promise<void> {
    this.#stopper.abort();
    await this.#loop;
  }

  async #run(signal: AbortSignal): Promise<void> {
    let wasWarned = false;
    while (!signal.aborted) {
      const client = newClient(this.#options.url, { statement_timeout: 2000, query_timeout: 2500 });
      // The failing query tells; the event alone must not end the process.
      client.on('error', () => {});
      try {
        await this.#listen(client);
        wasWarned = false;
        await this.#proveForever(client, signal);
      } catch (error) {
        if (!wasWarned && !signal.aborted)
          this.#options.logger.warn({ err: error }, 'database listener lost');
        wasWarned = true;
      } finally {
        await client.end().catch(() => {});
      }
      await sleep(RECONNECT_MS, this.#options.clock, signal);
    }
  }

  async #listen(client: Client): Promise<void> {
    await client.connect();
    client.on('notification', ({ channel, payload }) => {
      for (const handler of this.#handlers.get(channel as Channel) ?? []) handler(payload ?? '');
    });
    await client.query(CHANNELS.map((channel) => `LISTEN ${channel}`).join('; '));
    for (const handler of this.#gapHandlers) handler();
  }

  async #proveForever(client: Client, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const askedAt = this.#options.clock.monotonic();
      await client.query('SELECT 1');
      this.#provenAt = askedAt;
      await sleep(this.#options.proveEveryMs ?? 1000, this.#options.clock, signal);
    }
  }
}
