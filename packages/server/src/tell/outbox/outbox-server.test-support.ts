import { silentLogger } from '@stratora/runtime';
import type { ManualClock } from '@stratora/testkit';
import { sql } from 'kysely';
import { type AlertChange, AlertWriter } from '../../judge/alerts/index.ts';
import type { Database } from '../../platform/db/index.ts';
import type { ChannelSender } from '../channels/index.ts';
import { escalate } from './escalation-loop.ts';
import { listBusyLanes } from './lane-queries.ts';
import { LaneWorker } from './lane-worker.ts';
import { MessageDelivery } from './message-delivery.ts';
import { MessageTaker } from './message-taker.ts';
import { OutboxPlanner } from './outbox-planner.ts';
import type { TeamBook } from './team-book.ts';

/** What one start of a server knows of the outbox. */
export class OutboxServer {
  readonly planner: OutboxPlanner;
  readonly #db: Database;
  readonly #writer: AlertWriter;
  readonly #time: () => Promise<Date>;
  readonly #worker: Pick<ConstructorParameters<typeof LaneWorker>[1], 'taker' | 'delivery' | 'clock'>;

  constructor(
    db: Database,
    { clock, book, sender }: { clock: ManualClock; book: TeamBook; sender: ChannelSender },
  ) {
    this.#db = db;
    this.planner = new OutboxPlanner({ logger: { error: fail }, readTeams: async () => book });
    this.#writer = new AlertWriter((tx, ids, at) => this.planner.note(tx, ids, at));
    this.#time = async () => new Date(clock.now());
    const time = this.#time;
    this.#worker = {
      clock,
      taker: new MessageTaker({ db, clock, logger: silentLogger(), time }),
      delivery: new MessageDelivery({
        db,
        sender,
        time,
        urls: () => ({ alert: (id) => id, acknowledge: () => null, all: '' }),
        failpoint: () => {},
      }),
    };
  }

  apply(changes: readonly AlertChange[], at: Date): Promise<ReadonlyMap<string, string>> {
    return this.#db.transaction().execute((tx) => this.#writer.apply(tx, changes, at));
  }

  /** Looks as a server does; not at all where nothing is due, which is most of the time. */
  async tick(): Promise<void> {
    const at = await this.#time();
    const { rows } = await sql<{ is_due: boolean }>`
      SELECT EXISTS (SELECT 1 FROM escalations WHERE next_at <= ${at})
        OR EXISTS (SELECT 1 FROM notification_outbox WHERE state IN ('queued', 'sending')) AS is_due`.execute(
      this.#db,
    );
    if (rows[0]?.is_due) await this.#look();
  }

  async #look(): Promise<void> {
    const { signal } = new AbortController();
    await escalate(
      { signal, fenced: (work) => this.#db.transaction().execute(work) },
      { planner: this.planner, time: this.#time },
    );
    for (const laneId of await listBusyLanes(this.#db)) {
      const worker = new LaneWorker(laneId, { ...this.#worker, logger: silentLogger() });
      // What gets through makes room for more.
      for (let look = 0; look < 3; look += 1) {
        await worker.look(signal);
        await worker.arrived();
      }
      await worker.settled();
    }
  }
}

function fail(...words: unknown[]): never {
  throw new Error(JSON.stringify(words), { cause: (words[0] as { err?: unknown }).err });
}
