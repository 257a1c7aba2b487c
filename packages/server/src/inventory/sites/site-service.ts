import type { createSiteSchema, ListQuery, Site, updateSiteSchema } from '@stratora/contract';
import type { z } from 'zod';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import { brokenConstraint, type Database, type Tx } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import {
  appError,
  changedFields,
  fieldError,
  isEmpty,
  notFound,
  type Precondition,
} from '../../platform/http/index.ts';
import { assignSiteCollectors } from '../nodes/index.ts';
import {
  deleteSite,
  findSite,
  insertSite,
  isCollector,
  listSites,
  lockSite,
  updateSite,
} from './site-queries.ts';

type CreateSite = z.infer<typeof createSiteSchema>;
type UpdateSite = z.infer<typeof updateSiteSchema>;

export interface SiteServiceOptions {
  db: Database;
}

/** The service of sites, at which nodes and components stand, with their default collectors. */
export class SiteService {
  readonly #db: Database;

  constructor({ db }: SiteServiceOptions) {
    this.#db = db;
  }

  list(query: ListQuery) {
    return listSites(this.#db, query);
  }

  get(id: string): Promise<Site> {
    return getSite(this.#db, id);
  }

  create(actor: Actor, input: CreateSite): Promise<Site> {
    return this.#change(actor, async (tx) => {
      await requireCollector(tx, input.default_collector_id);
      const id = await insertSite(tx, input);
      await appendAudit(tx, actor, {
        action: 'site.create',
        objectType: 'site',
        objectId: id,
        detail: { name: input.name },
      });
      return getSite(tx, id);
    });
  }

  update(actor: Actor, id: string, input: UpdateSite, match?: Precondition<Site>): Promise<Site> {
    return this.#change(actor, async (tx) => {
      await lockSite(tx, id);
      const before = await getSite(tx, id);
      match?.(before);
      const change = changedFields(before, input);
      if (isEmpty(change)) return before;
      await requireCollector(tx, change.default_collector_id);
      await updateSite(tx, id, change);
      const moved = await this.#assignSiteCollectors(tx, actor, before, change);
      await appendAudit(tx, actor, {
        action: 'site.update',
        objectType: 'site',
        objectId: id,
        detail: { name: before.name, changed: change, ...(moved > 0 ? { nodes_given: moved } : {}) },
      });
      return getSite(tx, id);
    });
  }

  /** Gives the nodes whose collector nobody chose that of their site. @returns the number of changed nodes */
  async #assignSiteCollectors(tx: Tx, actor: Actor, before: Site, input: UpdateSite): Promise<number> {
    const { default_collector_id: collectorId } = input;
    if (collectorId === undefined || collectorId === before.default_collector_id) return 0;
    const cause = `site ${before.name} has another collector`;
    const moved = await assignSiteCollectors(tx, { siteId: before.id }, { cause, actor: actor.name });
    await publishEvents(
      tx,
      moved.map((id) => ({ name: 'node_changed' as const, data: { id, change: 'updated' } })),
    );
    return moved.length;
  }

  delete(actor: Actor, id: string, match?: Precondition<Site>): Promise<void> {
    return this.#change(actor, async (tx) => {
      await lockSite(tx, id);
      const site = await getSite(tx, id);
      match?.(site);
      if (site.is_default) throw appError('invalid_state', 'The default site stays.');
      await deleteSite(tx, id);
      await appendAudit(tx, actor, {
        action: 'site.delete',
        objectType: 'site',
        objectId: id,
        detail: { name: site.name },
      });
    });
  }

  async #change<T>(actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await once(this.#db, actor, work);
    } catch (error) {
      switch (brokenConstraint(error)) {
        case 'sites_name_key':
          throw appError('name_taken', 'There is a site of that name already.');
        case 'nodes_site_id_fkey':
          throw appError('in_use', 'The site still has nodes; move or delete them first.');
        default:
          throw error;
      }
    }
  }
}

async function requireCollector(tx: Tx, id: string | null | undefined): Promise<void> {
  if (id === null || id === undefined) return;
  if (!(await isCollector(tx, id))) throw fieldError('default_collector_id', 'is not a collector');
}

async function getSite(db: Database | Tx, id: string): Promise<Site> {
  const site = await findSite(db, id);
  if (!site) throw notFound('This site');
  return site;
}
