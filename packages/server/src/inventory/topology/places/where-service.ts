import type {
  AddressConflict,
  AddressConflicts,
  WhereAnswer,
  WhereItem,
  WhereMove,
  WhereQuery,
} from '@stratora/contract';
import type { Database } from '../../../platform/db/index.ts';
import {
  findNodePlaces,
  type LeftPlaceRow,
  listLeftPlaces,
  listPlaces,
  plainAddress,
  readConflicts,
} from './where-queries.ts';

/** The service of where addresses are plugged in. */
export class WhereService {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Finds the ports at which an address is, and those that it has left. */
  async find({ mac, ip: typed }: WhereQuery): Promise<WhereAnswer> {
    const ip = typed === undefined ? undefined : await plainAddress(this.#db, typed);
    const items = await listPlaces(this.#db, { mac, ip });
    const macs = [
      ...new Set([...(mac === undefined ? [] : [mac]), ...items.map((item) => item.mac_address)]),
    ];
    const moves = movesOf(await listLeftPlaces(this.#db, macs), items);
    const conflicts = await readConflicts(this.#db);
    return { items, moves, notices: noticesOf({ mac, ip }, { items, moves, conflicts }) };
  }

  /** Lists addresses that are not where, or whose, they should be. */
  async listConflicts(siteId: string | undefined): Promise<AddressConflicts> {
    const all = (await readConflicts(this.#db)).filter(
      ({ site_id: id }) => siteId === undefined || id === siteId,
    );
    const known = await findNodePlaces(this.#db, [
      ...new Set(
        all.flatMap(({ node_ids: ids, places }) => [...ids, ...places.map((place) => place.node_id)]),
      ),
    ]);
    const items = all.map((conflict) => ({
      ...conflict,
      node_ids: conflict.node_ids.filter((id) => known.has(id)),
      places: conflict.places.flatMap((place) => {
        const node = known.get(place.node_id);
        return node === undefined ? [] : [{ ...place, node_name: node.name, site_id: node.site_id }];
      }),
    }));
    return { items, total: items.length };
  }
}

/** Tells moves from the places that were left: each leads to the place that came after it. */
function movesOf(left: readonly LeftPlaceRow[], items: readonly WhereItem[]): WhereMove[] {
  return left.map((row, index) => {
    const { mac_address: mac, node_id, node_name, site_id, vlan, interface: port } = row;
    const later = left.slice(0, index).filter((other) => other.mac_address === mac);
    const next =
      later.findLast((other) => other.first_seen_at >= row.first_seen_at && other.left_at > row.left_at) ??
      items.find((item) => item.mac_address === mac && item.is_edge);
    return {
      mac_address: mac,
      from: { node_id, node_name, site_id, interface: port, vlan },
      to: next
        ? {
            node_id: next.node_id,
            node_name: next.node_name,
            site_id: next.site_id,
            interface: next.interface,
            vlan: next.vlan,
          }
        : null,
      first_seen_at: row.first_seen_at.toISOString(),
      last_seen_at: row.last_seen_at.toISOString(),
      moved_at: row.left_at.toISOString(),
    };
  });
}

function noticesOf(
  { mac, ip }: { mac: string | undefined; ip: string | undefined },
  found: { items: readonly WhereItem[]; moves: readonly WhereMove[]; conflicts: readonly AddressConflict[] },
): string[] {
  const { items, moves, conflicts } = found;
  if (items.length === 0) {
    const what = mac ?? ip ?? '';
    return [
      moves.length > 0
        ? `${what} has not been seen at any port since it was last there.`
        : `No switch has seen ${what}.`,
    ];
  }
  const macs = new Set(items.map((item) => item.mac_address));
  const ips = new Set(items.flatMap((item) => item.ip_addresses));
  const odd = conflicts.filter(
    ({ ip_address: other, mac_addresses: others }) =>
      (other !== null && (ip === undefined ? ips.has(other) : other === ip)) ||
      (other === null && others.some((one) => macs.has(one))),
  );
  const isBehindUplink = items.every((item) => !item.is_edge);
  return [
    ...(isBehindUplink ? ['No switch tells of its port: it is somewhere behind these.'] : []),
    ...odd.map(({ detail }) => detail),
  ];
}
