import type { EventName } from '@stratora/contract';
import type { Database, DatabaseListener, Tx } from '../db/index.ts';
import { EVENT_CHANNEL, notifyEvents } from './event-queries.ts';

export interface ServerEvent {
  name: EventName;
  /** The payload of the event, as its schema in the contract says. */
  data: Record<string, unknown>;
}

/** Most bytes of a payload; PostgreSQL refuses 8000 and more. */
const PAYLOAD_MAX_BYTES = 7900;

/**
 * Publishes events to every server when the transaction commits, and not at all when it does not. Events that fit share
 * a notification.
 */
export async function publishEvents(db: Database | Tx, events: readonly ServerEvent[]): Promise<void> {
  let batch: string[] = [];
  let bytes = 2;
  const flush = async () => {
    if (batch.length > 0) await notifyEvents(db, `[${batch.join(',')}]`);
    batch = [];
    bytes = 2;
  };
  for (const event of events) {
    const text = JSON.stringify(event);
    const size = Buffer.byteLength(text) + 1;
    if (size > PAYLOAD_MAX_BYTES) continue;
    if (bytes + size > PAYLOAD_MAX_BYTES) await flush();
    batch.push(text);
    bytes += size;
  }
  await flush();
}

export type EventSubscriber = (event: ServerEvent, text: string) => void;

/** The bus that gives the published events to subscribers on this server. */
export class EventBus {
  readonly #subscribers = new Set<EventSubscriber>();
  readonly #gapSubscribers = new Set<() => void>();

  constructor(listener: DatabaseListener) {
    listener.on(EVENT_CHANNEL, (payload) => this.#receive(payload));
    listener.onGap(() => {
      for (const notify of this.#gapSubscribers) notify();
    });
  }

  get subscribers(): number {
    return this.#subscribers.size;
  }

  /** Adds a subscriber. @returns the function that removes it */
  subscribe(subscriber: EventSubscriber, onGap: () => void): () => void {
    this.#subscribers.add(subscriber);
    this.#gapSubscribers.add(onGap);
    return () => {
      this.#subscribers.delete(subscriber);
      this.#gapSubscribers.delete(onGap);
    };
  }

  #receive(payload: string): void {
    const events = JSON.parse(payload) as ServerEvent[];
    for (const event of events) {
      // Made once, however many browsers are open.
      const text = `event: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`;
      for (const subscriber of this.#subscribers) subscriber(event, text);
    }
  }
}
