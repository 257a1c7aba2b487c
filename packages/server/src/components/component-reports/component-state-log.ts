import type { Clock, Logger, Periodic } from '@stratora/runtime';
import { keepHostFacts } from '../../inventory/nodes/index.ts';
import { type Database, PendingLog } from '../../platform/db/index.ts';
import { keepVersions } from '../component-registry/index.ts';
import type { ComponentPatch } from './component-patch.ts';
import { keepStates } from './state-queries.ts';

interface Pending {
  /** Time of the last call, in epoch milliseconds. */
  seenAt: number;
  patch: ComponentPatch;
}

function addressed(address: string | undefined): ComponentPatch {
  return address === undefined ? {} : { address };
}

/** Merges two patches, newer over older; a status without a message ends the message before. */
function merge(older: ComponentPatch, newer: ComponentPatch): ComponentPatch {
  const { config_message: _, ...rest } = older;
  return { ...(newer.config_status === undefined ? older : rest), ...newer };
}

const WRITE_EVERY_MS = 2000;
/** Most components per statement. */
const BATCH = 1000;

/**
 * The log of component states: it collects what components report of themselves and writes it every two seconds in one
 * statement, however many they are. While the database is away it waits in memory, newest over older.
 */
export class ComponentStateLog {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #pending: PendingLog<Pending>;

  constructor({ db, clock, logger }: { db: Database; clock: Clock; logger: Logger }) {
    this.#db = db;
    this.#clock = clock;
    this.#pending = new PendingLog({
      name: 'component-states',
      intervalMs: WRITE_EVERY_MS,
      batchSize: BATCH,
      clock,
      logger,
      write: (batch) => this.#write(batch),
      merge: (older, newer) => ({ seenAt: newer.seenAt, patch: merge(older.patch, newer.patch) }),
    });
  }

  get loop(): Periodic {
    return this.#pending.loop;
  }

  get waiting(): number {
    return this.#pending.waiting;
  }

  flush(): Promise<void> {
    return this.#pending.flush();
  }

  stop(): Promise<void> {
    return this.#pending.stop();
  }

  /**
   * Notes a sign of life, with a patch that came along. The next one comes in ten seconds and must cost next to
   * nothing.
   */
  noteSignOfLife(componentId: string, address?: string, patch?: ComponentPatch): void {
    const now = this.#clock.now();
    const before = this.#pending.find(componentId);
    if (!before) {
      this.#pending.put(componentId, { seenAt: now, patch: { ...patch, ...addressed(address) } });
      return;
    }
    before.seenAt = now;
    if (patch || address !== undefined)
      before.patch = merge(before.patch, { ...patch, ...addressed(address) });
  }

  async #write(batch: readonly (readonly [string, Pending])[]): Promise<void> {
    const rows = batch.map(([id, { seenAt, patch }]) => ({
      component_id: id,
      ...patch,
      last_seen_at: new Date(seenAt).toISOString(),
    }));
    await this.#db.transaction().execute(async (tx) => {
      await keepStates(tx, rows);
      await keepVersions(tx, rows);
      await keepHostFacts(tx, rows);
    });
  }
}
