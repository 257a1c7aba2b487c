import { isDnsName } from '@stratora/contract';
import { sql } from 'kysely';
import { markDirty } from '../config-delivery/index.ts';
import type { Database } from '../db/index.ts';
import { publishEvents } from '../events/index.ts';

/** Names kept in memory: far more agents than a server has. */
const MAX_KNOWN = 100_000;

/**
 * Follows hosts that are renamed while their agents run: the name is the host tag of what they gather, and by it they are
 * known again when they register. A name that another component of the kind has is not taken.
 */
export class HostnameWatch {
  readonly #db: Database;
  /** What each component said last, so that a heartbeat costs no query. */
  readonly #known = new Map<string, string>();

  constructor(db: Database) {
    this.#db = db;
  }

  /** @returns true when the component has another name now */
  async note(componentId: string, hostname: string): Promise<boolean> {
    if (this.#known.get(componentId) === hostname || !isDnsName(hostname)) return false;
    const renamed = await this.#rename(componentId, hostname);
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#known.set(componentId, hostname);
    return renamed;
  }

  #rename(componentId: string, hostname: string): Promise<boolean> {
    return this.#db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ id: string }>`
        UPDATE remote_components c SET hostname = ${hostname}, updated_at = now(),
          name = CASE WHEN c.name = c.hostname THEN ${hostname} ELSE c.name END
        WHERE c.id = ${componentId} AND lower(c.hostname) <> lower(${hostname}) AND NOT EXISTS (
          SELECT FROM remote_components o
          WHERE o.id <> c.id AND o.component_type = c.component_type AND lower(o.hostname) = lower(${hostname}))
        RETURNING c.id`.execute(tx);
      if (rows.length === 0) return false;
      await markDirty(tx, [componentId], { cause: `its host is named ${hostname} now`, actor: null });
      await publishEvents(tx, [{ name: 'component_changed', data: { id: componentId, change: 'updated' } }]);
      return true;
    });
  }
}
