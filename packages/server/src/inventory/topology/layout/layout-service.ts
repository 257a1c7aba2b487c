import type { PutTopologyLayout, TopologyLayout } from '@stratora/contract';
import { type Actor, appendAudit, once } from '../../../platform/audit/index.ts';
import type { Database, Tx } from '../../../platform/db/index.ts';
import { publishEvents } from '../../../platform/events/index.ts';
import { fieldError } from '../../../platform/http/index.ts';
import {
  forgetPositions,
  holdMapThings,
  listPositions,
  placeByHand,
  unmarkLayout,
} from './position-queries.ts';

/** The service of where things stand on the map. */
export class LayoutService {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async show(): Promise<TopologyLayout> {
    return { positions: await listPositions(this.#db) };
  }

  /** Places things by hand. @throws AppError validation_failed for an id that nothing on the map has, or that is named twice */
  place(actor: Actor, { positions }: PutTopologyLayout): Promise<TopologyLayout> {
    return once(this.#db, actor, async (tx) => {
      const ids = positions.map(({ id }) => id);
      const known = await holdMapThings(tx, ids);
      const unknown = ids.findIndex((id) => !known.has(id));
      if (unknown >= 0) throw fieldError(`positions.${unknown}.id`, 'is nothing on the map');
      if (new Set(ids).size < ids.length) throw fieldError('positions', 'name something twice');
      const moved = await placeByHand(tx, positions);
      if (moved > 0) await this.#record(tx, actor, 'map.place', { things: moved });
      return { positions: await listPositions(tx) };
    });
  }

  /** Forgets where things of a site, or all, stand, those placed by hand too: they are laid out anew some seconds later. */
  reset(actor: Actor, siteId: string | undefined): Promise<void> {
    return once(this.#db, actor, async (tx) => {
      if ((await forgetPositions(tx, siteId)) === 0) return;
      await unmarkLayout(tx);
      await this.#record(tx, actor, 'map.reset', { site_id: siteId ?? null });
    });
  }

  async #record(tx: Tx, actor: Actor, action: string, detail: Record<string, unknown>): Promise<void> {
    await publishEvents(tx, [{ name: 'topology_changed', data: { site_id: null, change: 'layout' } }]);
    await appendAudit(tx, actor, { action, objectType: 'map', detail: { name: 'the map', ...detail } });
  }
}
