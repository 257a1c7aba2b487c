import type { NeighbourRows } from '@stratora/contract';
import { macOf, numberOf } from './cell-value.ts';
import type { Reading } from './reading.ts';
import type { TableNote } from './table-note.ts';

type Aggregate = NeighbourRows['aggregates'][number];
type Interface = NeighbourRows['interfaces'][number];

/** dot3adAggPortTable of IEEE8023-LAG-MIB, by the ifIndex of the port. */
export const LAG_PORT_ENTRY = '1.2.840.10006.300.43.1.2.1.1';
/** ActorSystemID, PartnerOperSystemID, SelectedAggID, AttachedAggID, PartnerOperPort. */
const LAG_COLUMNS = [3, 9, 12, 13, 17] as const;
const ATTACHED_AT = 3;
/** ifStackTable (RFC 2863): ifStackStatus, by the higher interface and the lower one. */
export const IF_STACK_ENTRY = '1.3.6.1.2.1.31.1.2.1';
const STACK_STATUS = 3;
const ACTIVE = 1;
/** IANAifType of an aggregate, and of a virtual interface, which some vendors give theirs. */
const AGGREGATE_TYPE = 161;
const VIRTUAL_TYPE = 53;
/** Names of aggregates that are not typed as such: Cisco, Arista, Juniper, Extreme, HP, Huawei, H3C, Linux. */
const AGGREGATE_NAME =
  /^(?:po|port-?channel|ae|lag|trk|trunk|bond|team|eth-trunk|bridge-aggregation|bagg|bundle-ether|be|static-?lag|ch)[ .:/_-]?\d/i;
const NOBODY = '00:00:00:00:00:00';

/** Reads which ports are in which aggregate. */
export async function readAggregates(
  reading: Reading,
  note: TableNote,
  interfaces: readonly Interface[],
): Promise<Aggregate[]> {
  const found = new Map<number, Aggregate>();
  const ports = await reading.rows(note, {
    entry: LAG_PORT_ENTRY,
    columns: [...LAG_COLUMNS],
    needed: [ATTACHED_AT],
  });
  for (const { index, values } of ports) {
    const [actor, partner, selected, attached, partnerPort] = values;
    const [member] = index;
    const aggregate = numberOf(attached) || numberOf(selected) || 0;
    // A port that stands alone is its own aggregate, or is in none.
    if (member === undefined || aggregate <= 0 || aggregate === member) continue;
    const system = named(macOf(partner));
    found.set(member, {
      member_if_index: member,
      aggregate_if_index: aggregate,
      actor_system: named(macOf(actor)),
      partner_system: system,
      partner_port: system === null ? null : numberOf(partnerPort),
    });
  }
  await addStacked(reading, note, { interfaces, found });
  return [...found.values()];
}

function named(mac: string | undefined): string | null {
  return mac === undefined || mac === NOBODY ? null : mac;
}

/** Adds the ports of aggregates on which no protocol runs: they lie below their aggregate in ifStackTable, as other things do. */
async function addStacked(
  reading: Reading,
  note: TableNote,
  { interfaces, found }: { interfaces: readonly Interface[]; found: Map<number, Aggregate> },
): Promise<void> {
  const aggregates = new Set(interfaces.filter(isAggregate).map(({ if_index }) => if_index));
  const rows = await reading.rows(note, { entry: IF_STACK_ENTRY, columns: [STACK_STATUS] });
  for (const { index, values } of rows) {
    const [higher = 0, lower = 0] = index;
    const isMember = index.length === 2 && lower > 0 && aggregates.has(higher) && !aggregates.has(lower);
    if (!isMember || numberOf(values[0]) !== ACTIVE || found.has(lower)) continue;
    found.set(lower, {
      member_if_index: lower,
      aggregate_if_index: higher,
      actor_system: null,
      partner_system: null,
      partner_port: null,
    });
  }
}

function isAggregate({ type, name, description }: Interface): boolean {
  if (type === AGGREGATE_TYPE) return true;
  return type === VIRTUAL_TYPE && AGGREGATE_NAME.test(name ?? description ?? '');
}
