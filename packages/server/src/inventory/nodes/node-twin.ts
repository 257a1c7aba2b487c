import type { UpdateNode } from '@stratora/contract';
import type { Tx } from '../../platform/db/index.ts';
import { appError } from '../../platform/http/index.ts';
import { findTwin, holdSites } from './node-twin-queries.ts';

/** Whether a change of a node can bring it to the address of another. */
export function movesAddress({ ip_address, snmp_port, site_id, url }: UpdateNode): boolean {
  return [ip_address, snmp_port, site_id, url].some((value) => value !== undefined);
}

/**
 * Refuses nodes, as they have just been written, at an address, port and site where another is polled: it would be
 * polled twice, and every trouble of it told twice. Of two who write at once the second waits, and is refused.
 *
 * @throws AppError node_exists, which names the other one
 */
export async function requireNoTwin(tx: Tx, ids: readonly string[]): Promise<void> {
  await holdSites(tx, ids);
  const twin = await findTwin(tx, ids);
  if (twin === undefined) return;
  const { id, name } = twin;
  throw appError('node_exists', `${name} is polled at this address, port and site already.`, {
    details: { errors: [{ path: 'ip_address', message: `is that of the node ${name}` }], node: { id, name } },
  });
}
