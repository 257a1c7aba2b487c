import type { ApproveWiring, TopologyGhost, Wiring } from '@stratora/contract';
import type { Clock } from '@stratora/runtime';
import { type Actor, appendAudit, once } from '../../../platform/audit/index.ts';
import type { Database, Tx } from '../../../platform/db/index.ts';
import { publishEvents } from '../../../platform/events/index.ts';
import { fieldError } from '../../../platform/http/index.ts';
import {
  type ApprovableRow,
  type ApprovedLinkRow,
  deleteApprovals,
  deleteGhosts,
  insertApprovedLinks,
  listApprovable,
  listApprovals,
  listApprovedLinks,
  listNewLinkIds,
  listWiredSites,
  lockApprovals,
  replaceApprovals,
} from './approval-queries.ts';
import { approvedEnd, shownEnd } from './approved-end.ts';

export interface ApprovalServiceOptions {
  db: Database;
  clock: Clock;
}

/** The service of approved wiring: what people say is right, and what is not so any more. */
export class ApprovalService {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor({ db, clock }: ApprovalServiceOptions) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Shows the approvals of all sites, or of one, with what is not as approved. */
  show(siteId?: string): Promise<Wiring> {
    return readWiring(this.#db, siteId);
  }

  /**
   * Approves the wiring as it is now, of all sites that have links, of one, or of some links of sites that were approved before.
   * A link that nobody sees now is not approved. @throws AppError validation_failed for what does not exist
   */
  approve(actor: Actor, { site_id: siteId, ids }: ApproveWiring): Promise<Wiring> {
    return once(this.#db, actor, async (tx) => {
      await lockApprovals(tx);
      const links = ids ? await this.#approveSome(tx, ids) : await this.#approveAll(tx, actor, siteId);
      await publishEvents(tx, [
        { name: 'topology_changed', data: { site_id: siteId ?? null, change: 'approval' } },
      ]);
      const wiring = await readWiring(tx, siteId);
      await appendAudit(tx, actor, {
        action: 'wiring.approve',
        objectType: 'site',
        ...(siteId !== undefined && { objectId: siteId }),
        detail: { name: wiringName(wiring, siteId), links },
      });
      return wiring;
    });
  }

  async #approveAll(tx: Tx, { name: by }: Actor, siteId: string | undefined): Promise<number> {
    const sites = await listWiredSites(tx, siteId);
    if (siteId !== undefined && sites.length === 0) throw fieldError('site_id', 'does not exist');
    await replaceApprovals(tx, sites, { by, at: new Date(this.#clock.now()) });
    const links = (await listApprovable(tx, { siteId })).filter(({ state }) => state !== 'stale');
    await insertApprovedLinks(tx, links.map(approvedLink));
    return links.length;
  }

  async #approveSome(tx: Tx, ids: readonly string[]): Promise<number> {
    const forgotten = new Set(await deleteGhosts(tx, ids));
    const approved = new Set((await listApprovals(tx)).map(({ site_id: id }) => id));
    const links = (await listApprovable(tx, { ids })).filter(({ site_id: id }) => approved.has(id));
    const known = new Set([...forgotten, ...links.map(({ id }) => id)]);
    const unknown = ids.findIndex((id) => !known.has(id));
    if (unknown >= 0) {
      throw fieldError(`ids.${unknown}`, 'is no link of a site with approved wiring, and no ghost');
    }
    await insertApprovedLinks(tx, links.map(approvedLink));
    return known.size;
  }

  /** Forgets the approval of all sites, or of one. */
  withdraw(actor: Actor, siteId: string | undefined): Promise<void> {
    return once(this.#db, actor, async (tx) => {
      await lockApprovals(tx);
      const before = await readWiring(tx, siteId);
      if ((await deleteApprovals(tx, siteId)) === 0) return;
      await publishEvents(tx, [
        { name: 'topology_changed', data: { site_id: siteId ?? null, change: 'approval' } },
      ]);
      await appendAudit(tx, actor, {
        action: 'wiring.withdraw',
        objectType: 'site',
        ...(siteId !== undefined && { objectId: siteId }),
        detail: { name: wiringName(before, siteId) },
      });
    });
  }
}

function wiringName({ approvals }: Wiring, siteId: string | undefined): string {
  if (siteId === undefined) return 'the wiring of all sites';
  return `the wiring of ${approvals.find(({ site_id: id }) => id === siteId)?.site_name ?? 'a site'}`;
}

function approvedLink({ id, site_id, body, ...row }: ApprovableRow) {
  const nodeOf = ({ device }: ApprovableRow['body']['a']) => (device.kind === 'node' ? device.id : null);
  return {
    id,
    site_id,
    a_node_id: nodeOf(body.a),
    b_node_id: nodeOf(body.b),
    a: approvedEnd(body.a, row.a_name, row.a_address),
    b: approvedEnd(body.b, row.b_name, row.b_address),
  };
}

async function readWiring(db: Database | Tx, siteId: string | undefined): Promise<Wiring> {
  const isOf = ({ site_id: id }: { site_id: string }) => siteId === undefined || id === siteId;
  const approvals = (await listApprovals(db)).filter(isOf);
  return {
    approvals: approvals.map((row) => ({ ...row, approved_at: row.approved_at.toISOString() })),
    ghosts: (await listApprovedLinks(db)).filter(isOf).flatMap((link) => shownGhost(link)),
    new_link_ids: await listNewLinkIds(db, siteId),
  };
}

/** The ghost of an approved link as the map shows it; none where the link is there. */
export function shownGhost({ id, a, b, ghost }: ApprovedLinkRow): TopologyGhost[] {
  return ghost === null ? [] : [{ id, a: shownEnd(a), b: shownEnd(b), ...ghost }];
}
