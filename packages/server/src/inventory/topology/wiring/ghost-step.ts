import { appendAudit, SERVER_ACTOR } from '../../../platform/audit/index.ts';
import type { Tx } from '../../../platform/db/index.ts';
import { type EventDraft, fewEvents } from '../derivation/topology-events.ts';
import { listApprovedLinks, listLinksAt, lockApprovals, writeGhost } from './approval-queries.ts';
import { decideGhosts } from './ghost-decision.ts';

export interface GoneReason {
  readonly id: string;
  readonly words: string | null;
}

/**
 * Writes which approved links are not as approved any more, and which are again; for the transaction that has just written the links.
 * @returns the events that tell of it, and the ids of all that are approved
 */
export async function settleGhosts(
  tx: Tx,
  { gone, at }: { gone: readonly GoneReason[]; at: string },
): Promise<{ events: EventDraft[]; approvedIds: ReadonlySet<string> }> {
  await lockApprovals(tx);
  const approved = await listApprovedLinks(tx);
  const missing = approved.filter((link) => !link.is_there);
  const devices = missing.flatMap(({ a, b }) => [a.device, b.device]);
  const nearby = devices.length === 0 ? [] : await listLinksAt(tx, devices);
  const reasons = new Map(gone.flatMap(({ id, words }) => (words === null ? [] : [[id, words] as const])));
  const changes = decideGhosts({ approved, nearby, reasons, at });
  for (const { id, ghost } of changes) await writeGhost(tx, id, ghost);
  return {
    events: fewEvents(changes.flatMap(({ event }) => event ?? [])),
    approvedIds: new Set(approved.map(({ id }) => id)),
  };
}

/** Writes into the audit log that wiring is not as approved, or is again: the last statements of a transaction. */
export async function auditWiring(tx: Tx, events: readonly EventDraft[]): Promise<void> {
  for (const { kind, link_id: linkId, node_ids: nodes, detail } of events) {
    const [nodeId] = nodes;
    await appendAudit(tx, SERVER_ACTOR, {
      action: `wiring.${kind.replace('approved_', '')}`,
      objectType: 'link',
      ...(linkId !== null && { objectId: linkId }),
      ...(nodeId !== undefined && { nodeId }),
      detail: { name: detail },
    });
  }
}
