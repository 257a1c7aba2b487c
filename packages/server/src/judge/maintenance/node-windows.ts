import { type BulkNodes, MAINTENANCE_SECONDS_MAX } from '@stratora/contract';
import { type Actor, appendAudit } from '../../platform/audit/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { fieldError } from '../../platform/http/index.ts';
import { insertNodeWindows } from './window-writing-queries.ts';

const NAME_MAX = 200;
const NAME_BEGIN = 'Maintenance of ';

/** For how long, and why; and the time at which it begins, epoch milliseconds. */
export interface MaintenanceOfNodes
  extends Pick<BulkNodes & { action: 'maintenance' }, 'ends_at' | 'for_seconds' | 'reason'> {
  now: number;
}

/**
 * Puts nodes into maintenance from now on: one window for each, so that each can be ended by itself.
 * @throws AppError validation_failed where the end is missing, is given twice, is past or too far away
 */
export async function beginNodeMaintenance(
  tx: Tx,
  actor: Actor,
  nodes: readonly { id: string; name: string }[],
  { now, ...input }: MaintenanceOfNodes,
): Promise<void> {
  const from = new Date(now);
  const to = new Date(endOf(input, now));
  const reason = input.reason ?? null;
  const windows = nodes.map(({ id, name }) => ({
    nodeId: id,
    name: `${NAME_BEGIN}${name}`.slice(0, NAME_MAX),
  }));
  const [first] = await insertNodeWindows(tx, windows, { from, to, reason, createdBy: actor.name });
  // One tells browsers to read the windows again.
  if (first !== undefined) {
    await publishEvents(tx, [{ name: 'maintenance_changed', data: { id: first, change: 'created' } }]);
  }
  await appendAudit(tx, actor, {
    action: 'node.begin_maintenance',
    objectType: 'node',
    detail: {
      ends_at: to.toISOString(),
      ...(reason === null ? {} : { reason }),
      count: nodes.length,
      names: nodes.map(({ name }) => name),
      ids: nodes.map(({ id }) => id),
    },
  });
}

function endOf(
  {
    ends_at: endsAt,
    for_seconds: seconds,
  }: { ends_at?: string | undefined; for_seconds?: number | undefined },
  now: number,
): number {
  if (endsAt === undefined && seconds === undefined)
    throw fieldError('ends_at', 'is required, or for_seconds is');
  if (endsAt !== undefined && seconds !== undefined) {
    throw fieldError('for_seconds', 'cannot stand together with ends_at');
  }
  const end = endsAt === undefined ? now + (seconds ?? 0) * 1000 : Date.parse(endsAt);
  if (end <= now) throw fieldError('ends_at', 'must be in the future');
  if (end - now > MAINTENANCE_SECONDS_MAX * 1000) throw fieldError('ends_at', 'must be within 30 days');
  return end;
}
