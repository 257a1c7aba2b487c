import { randomBytes } from 'node:crypto';
import { type Clock, type Logger, sleep } from '@stratora/runtime';
import type { Client } from 'pg';
import { newClient } from './database.ts';

/** Channels of NOTIFY. Payloads are ids, or JSON for events. */
export const CHANNELS = [
  'stratora_component',
  'stratora_config',
  'stratora_event',
  'stratora_jobs',
  'stratora_outbox',
  'stratora_rules',
  'stratora_templates',
] as const;
export type Channel = (typeof CHANNELS)[number];

export interface ListenerOptions {
  url: string;
  clock: Clock;
  logger: Logger;
  /** Milliseconds between two proofs that nothing was missed; 1 s by default. */
  proveEveryMs?: number;
}

/** Milliseconds for which a proof counts. */
const PROOF_VALID_MS = 3000;
/** Milliseconds that a note may take to come back; it takes one where nothing is wrong. */
const PROOF_TIMEOUT_MS = 1500;
const RECONNECT_MS = 500;

/**
 * The connection on which a server hears what others change. Each second it notifies itself: notifications arrive in
 * the order of their commits, so one that comes back proves that everything committed before it has been heard. An
 * answered query would prove nothing: behind a pooler queries are answered while notifications go astray.
 */
export class DatabaseListener {
  readonly #options: ListenerOptions;
  readonly #handlers = new Map<Channel, ((payload: string) => void)[]>();
  readonly #gapHandlers: ((wasLost: boolean) => void)[] = [];
  #wasLost = false;
  /** Channel of this connection alone, with a random name. */
  readonly #proofChannel = `stratora_proof_${randomBytes(8).toString('hex')}`;
  #proofs = 0;
  #onProof: (proof: string) => void = () => {};
  #stopper = new AbortController();
  #loop: Promise<void> | undefined;
  #provenAt = Number.NEGATIVE_INFINITY;
  /** Number of notes to itself that came back. */
  proven = 0;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  on(channel: Channel, handler: (payload: string) => void): void {
    this.#handlers.set(channel, [...(this.#handlers.get(channel) ?? []), handler]);
  }

  /**
   * Adds a handler that is called after each new connection: notifications before it may have been missed. `wasLost`
   * says that the last connection broke or hung, as others of its time may have.
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
      // The failing query reports it; the event alone must not end the process.
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
        // A connection that hangs never ends by itself.
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
      this.proven += 1;
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
    // A note that is missing after the query's answer has gone astray; without an answer the connection hangs.
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
