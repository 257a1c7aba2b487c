import { OUTAGE_CHANNEL_TYPES, type OutageNoticeSetting } from '@stratora/contract';
import type { Tx } from '../../platform/db/index.ts';
import { fieldError } from '../../platform/http/index.ts';
import { findChannel } from '../channels/index.ts';
import { findCollectorIds } from './outage-queries.ts';

const TYPES: ReadonlySet<string> = new Set(OUTAGE_CHANNEL_TYPES);

/**
 * Checks that a change of settings names channels and collectors that there are.
 *
 * @throws AppError validation_failed
 */
export async function checkOutageSetting(
  tx: Tx,
  { outage_notice: setting }: { outage_notice?: OutageNoticeSetting | null | undefined },
): Promise<void> {
  if (!setting) return;
  for (const [index, id] of setting.channel_ids.entries()) {
    const channel = await findChannel(tx, id);
    const path = `outage_notice.channel_ids.${index}`;
    if (channel === undefined) throw fieldError(path, 'is no channel');
    if (!TYPES.has(channel.type)) throw fieldError(path, 'is neither a mail channel nor a webhook');
  }
  const ids = setting.collector_ids;
  if (ids === null) return;
  const known = await findCollectorIds(tx, ids);
  const unknown = ids.findIndex((id) => !known.has(id));
  if (unknown >= 0) throw fieldError(`outage_notice.collector_ids.${unknown}`, 'is no collector');
}
