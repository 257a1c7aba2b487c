import { randomBytes } from 'node:crypto';
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
/** For a note to come back; it takes a millisecond where nothing is wrong. */
const PROOF_TIMEOUT_MS = 1500;
const RECONNECT_MS = 500;

/**
 * One connection that hears what other servers change. Each second it sends a note to itself: notes are passed on in the
 * order of their commits, so one that comes back proves that everything committed before it has been heard. That a query
 * is answered would prove nothing: behind a pooler it is, while notes go astray.
 */
export class DatabaseListener {
  readonly #options: ListenerOptions;
  readonly #handlers = new Map<Channel, ((payload: string) => void)[]>();
  readonly #gapHandlers: ((wasLost: boolean) => void)[] = [];
  #wasLost = false;
  /** Ours alone, of random name. */
  readonly #proofChannel = `stratora_proof_${randomBytes(8).toString('hex')}`;
  #proofs = 0;
  #onProof: (proof: string) => void = () => {};
  #stopper = new AbortController();
  #loop: Promise<void> | undefined;
  #provenAt = Number.NEGATIVE_INFINITY;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  on(channel: Channel, handler: (payload: string) => void): void {
    this.#handlers.set(channel, [...(this.#handlers.get(channel) ?? []), handler]);
  }

  /**
   * Called after each new connection: what happened before it may have been missed. `wasLost` when the one before broke or
   * hung, as others may have that began in its time.
   */
  onGap(handler: (wasLost: boolean) => void): void {
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
      const client = newClient(this.#options.url, { statement_timeout: 2000, query_timeout: 2000 });
      // The failing query tells; the event alone must not end the process.
      client.on('error', () => {});
      try {
        await this.#listen(client);
        wasWarned = false;
        await this.#proveForever(client, signal);
      } catch (error) {
        this.#wasLost = !(error instanceof NotesAstrayError);
        if (!wasWarned && !signal.aborted)
          this.#options.logger.warn({ err: error }, 'database listener lost');
        wasWarned = true;
      } finally {
        // One that hangs never says goodbye.
        await Promise.race([client.end().catch(() => {}), sleep(RECONNECT_MS, this.#options.clock)]);
      }
      await sleep(RECONNECT_MS, this.#options.clock, signal);
    }
  }

  async #listen(client: Client): Promise<void> {
    await client.connect();
    client.on('notification', ({ channel, payload }) => {
      if (channel === this.#proofChannel) this.#onProof(payload ?? '');
      for (const handler of this.#handlers.get(channel as Channel) ?? []) handler(payload ?? '');
    });
    const channels = [...CHANNELS, this.#proofChannel];
    await client.query(channels.map((channel) => `LISTEN ${channel}`).join('; '));
    // A note is written like a change; nothing is lost with it.
    await client.query('SET synchronous_commit = off');
    for (const handler of this.#gapHandlers) handler(this.#wasLost);
  }

  async #proveForever(client: Client, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const askedAt = this.#options.clock.monotonic();
      await this.#prove(client);
      this.#provenAt = askedAt;
      await sleep(this.#options.proveEveryMs ?? 1000, this.#options.clock, signal);
    }
  }

  async #prove(client: Client): Promise<void> {
    const { clock } = this.#options;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const proof = String((this.#proofs += 1));
    this.#onProof = (heard) => {
      if (heard === proof) resolve();
    };
    const timer = clock.setTimeout(() => {
      reject(new NotesAstrayError());
    }, PROOF_TIMEOUT_MS);
    // Only what is missing after the answer has gone astray; without an answer the connection hangs.
    promise.catch(() => {});
    try {
      await client.query('SELECT pg_notify($1, $2)', [this.#proofChannel, proof]);
      await promise;
    } finally {
      clock.clearTimeout(timer);
    }
  }
}

class NotesAstrayError extends Error {
  constructor() {
    super('notifications do not arrive: is there a pooler between server and database?');
    this.name = 'NotesAstrayError';
  }
}
