import type { Clock, Logger } from '@stratora/runtime';
import { appendAudit, SERVER_ACTOR } from '../../platform/audit/index.ts';
import type { Database } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import {
  findShared,
  forgetOldInstances,
  type HeardInstance,
  keepInstances,
  listFlagged,
  setFlag,
} from './instance-queries.ts';

export interface InstanceWatchOptions {
  db: Database;
  clock: Clock;
  logger: Logger;
}

interface Heard {
  instance: string;
  /** Monotonic milliseconds of the first call. */
  firstAt: number;
  lastAt: number;
  writtenAt: number | undefined;
  address: string | null;
}

const SHAPE = /^[\w-]{22}$/;
/** Most instances of one component: a thief who makes up a new name for each call must not fill the memory. */
const MAX_INSTANCES = 8;
/** Milliseconds between two writes of an instance that goes on; one that may be a second one is written every round. */
const WRITE_EVERY_MS = 60_000;
const FORGET_MS = 15 * 60_000;
const CLEAN_EVERY_MS = 3_600_000;
/** Most rows per statement. */
const BATCH = 1000;

/**
 * The watch for two processes with one identity: a cloned machine, or a stolen key. Every process of a component makes
 * up a name at its start, and a restart gives the name up for good, so names whose times overlap are two live
 * processes. The database joins what each server hears.
 */
export class InstanceWatch {
  readonly #options: InstanceWatchOptions;
  readonly #heard = new Map<string, Heard[]>();
  #cleanedAt: number;

  constructor(options: InstanceWatchOptions) {
    this.#options = options;
    this.#cleanedAt = options.clock.monotonic();
  }

  /**
   * Notes a call of a component at the cost of a map lookup. @param from finds the address, called for a new instance
   * alone
   */
  note(componentId: string, instance: string, from?: () => string): void {
    const now = this.#options.clock.monotonic();
    const newest = this.#heard.get(componentId)?.[0];
    if (newest?.instance === instance) {
      newest.lastAt = now;
      newest.address ??= from?.() ?? null;
    } else if (SHAPE.test(instance)) this.#noteAnother(componentId, instance, from);
  }

  #noteAnother(componentId: string, instance: string, from?: () => string): void {
    const now = this.#options.clock.monotonic();
    const before = this.#heard.get(componentId) ?? [];
    const found = before.find((entry) => entry.instance === instance);
    const entry = found ?? { instance, firstAt: now, lastAt: now, writtenAt: undefined, address: null };
    entry.lastAt = now;
    entry.address = from?.() ?? entry.address;
    this.#heard.set(
      componentId,
      [entry, ...before.filter((other) => other !== entry)].slice(0, MAX_INSTANCES),
    );
  }

  /**
   * Writes the calls since the last round and judges all components. @throws when the database is away; nothing is lost
   * then
   */
  async round(): Promise<void> {
    const { db, clock } = this.#options;
    const now = clock.monotonic();
    const due = this.#takeDue(now);
    for (let at = 0; at < due.length; at += BATCH) {
      const batch = due.slice(at, at + BATCH);
      await keepInstances(
        db,
        batch.map(({ row }) => row),
      );
      for (const { heard } of batch) heard.writtenAt = now;
    }
    await this.#judge();
    if (now - this.#cleanedAt < CLEAN_EVERY_MS) return;
    await forgetOldInstances(db);
    this.#cleanedAt = now;
  }

  #takeDue(now: number): { heard: Heard; row: HeardInstance }[] {
    const due: { heard: Heard; row: HeardInstance }[] = [];
    for (const [componentId, known] of this.#heard) {
      const living = known.filter(({ lastAt }) => now - lastAt < FORGET_MS);
      if (living.length === 0) this.#heard.delete(componentId);
      else if (living.length < known.length) this.#heard.set(componentId, living);
      for (const heard of living) {
        const { writtenAt = Number.NEGATIVE_INFINITY } = heard;
        if (heard.lastAt <= writtenAt) continue;
        if (living.length === 1 && now - writtenAt < WRITE_EVERY_MS) continue;
        due.push({ heard, row: rowOf(componentId, heard, now) });
      }
    }
    return due;
  }

  async #judge(): Promise<void> {
    const { db } = this.#options;
    const [shared, flagged] = await Promise.all([findShared(db), listFlagged(db)]);
    const known = new Set(flagged);
    for (const { component_id: id, name, addresses } of shared) {
      if (!known.delete(id)) await this.#flag(id, { isShared: true, name, addresses });
    }
    for (const id of known) await this.#flag(id, { isShared: false });
  }

  async #flag(
    componentId: string,
    found: { isShared: boolean; name?: string; addresses?: string[] },
  ): Promise<void> {
    const { db, logger } = this.#options;
    const { isShared, ...detail } = found;
    const isNew = await db.transaction().execute(async (tx) => {
      if (!(await setFlag(tx, componentId, isShared))) return false;
      await publishEvents(tx, [{ name: 'component_changed', data: { id: componentId, change: 'updated' } }]);
      await appendAudit(tx, SERVER_ACTOR, {
        action: isShared ? 'component.identity_shared' : 'component.identity_single',
        objectType: 'component',
        objectId: componentId,
        detail,
      });
      return true;
    });
    if (!isNew) return;
    if (isShared) logger.warn({ componentId, ...detail }, 'two processes use the identity of one component');
    else logger.info({ componentId }, 'one process alone uses the identity of a component again');
  }
}

function rowOf(componentId: string, heard: Heard, now: number): HeardInstance {
  return {
    component_id: componentId,
    instance: heard.instance,
    first_age_ms: now - heard.firstAt,
    last_age_ms: now - heard.lastAt,
    address: heard.address,
  };
}
