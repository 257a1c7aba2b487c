import type { CollectorPlace } from '@stratora/topology';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../platform/db/index.ts';
import type { DerivationChange } from './derivation-order.ts';
import { interfaceName } from './device-words.ts';

/** Writes devices; parts are JSON arrays of `WrittenDevice`. A device whose site is gone meanwhile is passed over. */
export async function writeDevices(tx: Tx, parts: readonly string[]): Promise<void> {
  for (const part of parts) {
    await sql`
      INSERT INTO topology_devices (id, kind, site_id, name, body)
      SELECT d.id, d.kind, d.site_id, d.name, d.body
      FROM json_to_recordset(${part}::json) AS d (id uuid, kind text, site_id uuid, name text, body json)
      WHERE EXISTS (SELECT FROM sites s WHERE s.id = d.site_id)
      ON CONFLICT (id) DO UPDATE SET
        kind = excluded.kind, site_id = excluded.site_id, name = excluded.name, body = excluded.body`.execute(
      tx,
    );
  }
}

const END_COLUMNS = sql`a_node_id uuid, a_device_id uuid, b_node_id uuid, b_device_id uuid`;

/** Whether the end of a link that is written is still there. */
function isThere(end: 'a' | 'b'): RawBuilder<boolean> {
  const [node, device] = [sql.ref(`l.${end}_node_id`), sql.ref(`l.${end}_device_id`)];
  return sql<boolean>`(${node} IS NULL OR EXISTS (SELECT FROM nodes n WHERE n.id = ${node}))
    AND (${device} IS NULL OR EXISTS (SELECT FROM topology_devices d WHERE d.id = ${device}))`;
}

/** Writes links; parts are JSON arrays of `WrittenLink`. A link of which an end is gone meanwhile is passed over. */
export async function writeLinks(tx: Tx, parts: readonly string[]): Promise<void> {
  for (const part of parts) {
    await sql`
      INSERT INTO derived_links (id, a_node_id, a_device_id, b_node_id, b_device_id, manual_link_id, state, body)
      SELECT l.id, l.a_node_id, l.a_device_id, l.b_node_id, l.b_device_id, m.id, l.state, l.body
      FROM json_to_recordset(${part}::json)
        AS l (id uuid, ${END_COLUMNS}, manual_link_id uuid, state text, body json)
      LEFT JOIN topology_links m ON m.id = l.manual_link_id
      WHERE ${isThere('a')} AND ${isThere('b')}
      ON CONFLICT (id) DO UPDATE SET
        a_node_id = excluded.a_node_id, a_device_id = excluded.a_device_id,
        b_node_id = excluded.b_node_id, b_device_id = excluded.b_device_id,
        manual_link_id = excluded.manual_link_id, state = excluded.state, body = excluded.body`.execute(tx);
  }
}

export async function deleteLinks(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await sql`DELETE FROM derived_links WHERE id = ANY(${[...ids]}::uuid[])`.execute(tx);
}

export async function deleteDevices(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await sql`DELETE FROM topology_devices WHERE id = ANY(${[...ids]}::uuid[])`.execute(tx);
}

/** Writes what is noted of nodes; parts are JSON arrays of `WrittenNote`. */
export async function writeNotes(tx: Tx, parts: readonly string[], gone: readonly string[]): Promise<void> {
  for (const part of parts) {
    await sql`
      INSERT INTO topology_nodes (node_id, reasons, guests)
      SELECT w.id, w.reasons, w.guests
      FROM json_to_recordset(${part}::json) AS w (id uuid, reasons json, guests integer) JOIN nodes n ON n.id = w.id
      ON CONFLICT (node_id) DO UPDATE SET reasons = excluded.reasons, guests = excluded.guests`.execute(tx);
  }
  if (gone.length > 0) {
    await sql`DELETE FROM topology_nodes WHERE node_id = ANY(${[...gone]}::uuid[])`.execute(tx);
  }
}

/** Writes where collectors are plugged in: these places, and no others. */
export async function replaceCollectorPlaces(tx: Tx, places: readonly CollectorPlace[]): Promise<void> {
  const rows = places.map(({ collectorId, device, interface: port, words }) => ({
    collector_id: collectorId,
    node_id: device.kind === 'node' ? device.id : null,
    device_id: device.kind === 'node' ? null : device.id,
    interface: port === null ? null : (interfaceName(port) ?? 'a port'),
    words,
  }));
  await sql`DELETE FROM collector_places WHERE NOT collector_id = ANY(${rows.map((row) => row.collector_id)}::uuid[])`.execute(
    tx,
  );
  await sql`
    INSERT INTO collector_places (collector_id, node_id, device_id, interface, words)
    SELECT l.collector_id, l.node_id, l.device_id, l.interface, l.words
    FROM json_to_recordset(${JSON.stringify(rows)}::json)
      AS l (collector_id uuid, node_id uuid, device_id uuid, interface text, words text)
    JOIN remote_components c ON c.id = l.collector_id
    WHERE (l.node_id IS NULL OR EXISTS (SELECT FROM nodes n WHERE n.id = l.node_id))
      AND (l.device_id IS NULL OR EXISTS (SELECT FROM topology_devices d WHERE d.id = l.device_id))
    ON CONFLICT (collector_id) DO UPDATE SET
      node_id = excluded.node_id, device_id = excluded.device_id, interface = excluded.interface,
      words = excluded.words`.execute(tx);
}

const PLACE_COLUMNS = sql`mac macaddr, node uuid, port text, vlan integer, seen timestamptz`;
const SAME_PLACE = sql`k.left_at IS NULL AND k.mac_address = p.mac AND k.node_id = p.node AND k.port = p.port AND k.vlan = p.vlan`;

/** Writes what is other than before of the places of addresses. */
export async function writePlaces(
  tx: Tx,
  { written, unseen, left }: DerivationChange['places'],
  at: Date,
): Promise<void> {
  for (const part of left) {
    await sql`
      UPDATE address_places AS k SET last_seen_at = p.seen, left_at = ${at}
      FROM json_to_recordset(${part}::json) AS p (${PLACE_COLUMNS}) WHERE ${SAME_PLACE}`.execute(tx);
  }
  for (const part of unseen) {
    await sql`
      UPDATE address_places AS k SET last_seen_at = p.seen
      FROM json_to_recordset(${part}::json) AS p (${PLACE_COLUMNS}) WHERE ${SAME_PLACE}`.execute(tx);
  }
  for (const part of written) {
    await sql`
      INSERT INTO address_places
        (mac_address, node_id, port, interface, vlan, ip_addresses, is_edge, behind, owner_node_id, first_seen_at)
      SELECT p.mac, p.node, p.port, p.interface, p.vlan, ARRAY(SELECT json_array_elements_text(p.ips)), p.edge, p.behind,
        p.owner, p.seen
      FROM json_to_recordset(${part}::json)
        AS p (${PLACE_COLUMNS}, interface text, ips json, edge boolean, behind text, owner uuid)
      JOIN nodes n ON n.id = p.node
      ON CONFLICT (mac_address, node_id, port, vlan) WHERE left_at IS NULL DO UPDATE SET
        interface = excluded.interface, ip_addresses = excluded.ip_addresses, is_edge = excluded.is_edge,
        behind = excluded.behind, owner_node_id = excluded.owner_node_id, last_seen_at = NULL`.execute(tx);
  }
}

/** Writes what is known of all, beside its links. */
export async function writeState(
  tx: Tx,
  { conflicts }: Pick<DerivationChange, 'conflicts'>,
  at: Date,
): Promise<void> {
  await sql`UPDATE topology_state SET derived_at = ${at}, conflicts = ${JSON.stringify(conflicts)}::jsonb`.execute(
    tx,
  );
}

/** Days for which left places are kept, and events. */
const KEEP_DAYS = 90;

/** Deletes places that were left, and events that happened, a quarter of a year ago. */
export async function deleteOldHistory(tx: Tx, at: Date): Promise<void> {
  const before = new Date(at.getTime() - KEEP_DAYS * 24 * 3600 * 1000);
  await sql`DELETE FROM address_places WHERE left_at < ${before}`.execute(tx);
  await sql`DELETE FROM topology_events WHERE at < ${before}`.execute(tx);
}
