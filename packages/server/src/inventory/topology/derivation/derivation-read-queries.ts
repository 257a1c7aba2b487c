import type { AddressConflict } from '@stratora/contract';
import type {
  DerivedLink,
  InferredSwitch,
  InputCollector,
  InputNode,
  ManualLink,
  PreviousTopology,
  UnknownNeighbour,
} from '@stratora/topology';
import { sql } from 'kysely';
import type { Database } from '../../../platform/db/index.ts';
import type { DerivationStart, DerivedRows, WrittenNote } from './derivation-order.ts';
import type { StoredPlace } from './place-book.ts';

/**
 * Reads what changes whenever a derivation would give something else, beside the reports: nodes, collectors and links by hand.
 * @returns a text that is the same while these are
 */
export async function readSurroundings(db: Database): Promise<string> {
  const { rows } = await sql<{ text: string }>`
    SELECT concat_ws(' ',
      (SELECT concat(count(*), ' ', max(updated_at)) FROM nodes),
      (SELECT concat(count(*), ' ', max(updated_at)) FROM remote_components),
      (SELECT md5(string_agg(concat(s.component_id, s.address, s.ip_addresses), ' ' ORDER BY s.component_id))
        FROM component_states s JOIN remote_components c ON c.id = s.component_id AND c.component_type = 'collector'),
      (SELECT concat(count(*), ' ', max(created_at)) FROM topology_links)) AS text`.execute(db);
  return rows[0]?.text ?? '';
}

/** Counts the rows that a derivation gave: others than it knows of mean that somebody has deleted some since. */
export async function countRows(db: Database): Promise<DerivedRows> {
  const { rows } = await sql<DerivedRows>`
    SELECT (SELECT count(*)::int FROM derived_links) AS links, (SELECT count(*)::int FROM topology_devices) AS devices,
      (SELECT count(*)::int FROM address_places WHERE left_at IS NULL) AS places`.execute(db);
  return rows[0] ?? { links: 0, devices: 0, places: 0 };
}

/** Lists all nodes as the derivation takes them, without what they say. */
export async function listInputNodes(db: Database): Promise<Omit<InputNode, 'system' | 'tables'>[]> {
  const { rows } = await sql<Omit<InputNode, 'system' | 'tables' | 'macAddresses'>>`
    SELECT n.id AS "nodeId", n.name, n.site_id AS "siteId", n.collector_id AS "collectorId", n.node_type AS "deviceType",
      array_remove(n.ip_address || coalesce(
        (SELECT array_agg(ip) FROM jsonb_array_elements_text(s.ip_addresses) AS ip), '{}'), NULL) AS addresses
    FROM nodes n LEFT JOIN component_states s ON s.component_id = n.agent_id
    ORDER BY n.id`.execute(db);
  return rows.map((row) => ({ ...row, macAddresses: [] }));
}

/** Lists the collectors that may poll, with what tells where they are plugged in. */
export async function listInputCollectors(db: Database): Promise<InputCollector[]> {
  const { rows } = await sql<Omit<InputCollector, 'macAddresses'>>`
    SELECT c.id AS "collectorId", c.site_id AS "siteId",
      (SELECT n.id FROM remote_components a JOIN nodes n ON n.agent_id = a.id
        WHERE a.machine_id = c.machine_id AND a.component_type = 'agent' ORDER BY n.id LIMIT 1) AS "hostNodeId",
      array_remove(s.address || coalesce(
        (SELECT array_agg(ip) FROM jsonb_array_elements_text(s.ip_addresses) AS ip), '{}'), NULL) AS addresses
    FROM remote_components c LEFT JOIN component_states s ON s.component_id = c.id
    WHERE c.component_type = 'collector' AND c.approval = 'approved'
    ORDER BY c.id`.execute(db);
  return rows.map((row) => ({ ...row, addresses: row.addresses ?? [], macAddresses: [] }));
}

export async function listManualLinks(db: Database): Promise<ManualLink[]> {
  const { rows } = await sql<ManualLink>`
    SELECT id AS "linkId", jsonb_build_object('nodeId', a_node_id, 'interface', a_interface) AS a,
      jsonb_build_object('nodeId', b_node_id, 'interface', b_interface) AS b
    FROM topology_links ORDER BY id`.execute(db);
  return rows;
}

async function readPrevious(db: Database): Promise<PreviousTopology> {
  const { rows: links } = await sql<{
    body: DerivedLink;
  }>`SELECT body FROM derived_links ORDER BY id`.execute(db);
  const { rows: devices } = await sql<{ kind: string; body: unknown }>`
    SELECT kind, body FROM topology_devices ORDER BY id`.execute(db);
  const bodies = <T>(kind: string) => devices.flatMap((row) => (row.kind === kind ? [row.body as T] : []));
  return {
    links: links.map(({ body }) => body),
    neighbours: bodies<UnknownNeighbour>('neighbour'),
    inferred: bodies<InferredSwitch>('unmanaged_switch'),
  };
}

/** Reads what the last derivation gave, whoever did it. 100,000 places take about half a second. */
export async function readStart(db: Database): Promise<DerivationStart> {
  const { rows: states } = await sql<{ at: Date | null; conflicts: AddressConflict[] }>`
    SELECT derived_at AS at, conflicts FROM topology_state`.execute(db);
  const { rows: places } = await sql<StoredPlace>`
    SELECT mac_address::text AS mac, node_id AS node, port, vlan,
      concat_ws('|', array_to_string(ip_addresses, ','), is_edge, coalesce(behind, ''), coalesce(owner_node_id::text, ''),
        coalesce(interface, '')) AS extras,
      extract(epoch FROM last_seen_at)::float8 * 1000 AS "unseenSince",
      extract(epoch FROM first_seen_at)::float8 * 1000 AS "firstSeen"
    FROM address_places WHERE left_at IS NULL`.execute(db);
  const { rows: notes } = await sql<WrittenNote>`
    SELECT node_id AS id, reasons, guests FROM topology_nodes`.execute(db);
  const [state] = states;
  return {
    derivedAtMs: state?.at?.getTime() ?? null,
    conflicts: state?.conflicts ?? [],
    previous: await readPrevious(db),
    places,
    notes,
  };
}
