import {
  BerWriter,
  ErrorStatus,
  encodeIndexArcs,
  encodeOid,
  PduType,
  type PduView,
  ValueType,
} from '@stratora/snmp';
import { encodeVarbind } from './mib-image.ts';
import type { PduAnswer } from './pdu-answer.ts';
import { readVarbinds } from './varbind-list.ts';

const writer = new BerWriter();

/** OIDs that a request asks for. */
export type AskedOids = readonly Buffer[];

/** genErr for a request that touches a column, with its place or without. */
export function badColumn(
  asked: AskedOids,
  column: { oid: string; isNamed: boolean },
): PduAnswer | undefined {
  const root = encodeOid(column.oid);
  const at = asked.findIndex((oid) => oid.subarray(0, root.length).equals(root));
  if (at < 0) return undefined;
  return { status: 5, index: column.isNamed ? at + 1 : 0, list: Buffer.alloc(0) };
}

/** An error for a request whose right answer would hold an object. */
export function badRow(
  pdu: PduView,
  width: number,
  { right, oid, status }: { readonly right: PduAnswer; readonly oid: string; readonly status: number },
): PduAnswer | undefined {
  if (right.status !== ErrorStatus.noError) return undefined;
  const bad = encodeOid(oid);
  const at = readVarbinds(right.list).findIndex((varbind) => varbind.oid.equals(bad));
  if (at < 0) return undefined;
  const list = pdu.buffer.subarray(pdu.listStart, pdu.listEnd);
  return { status, index: (at % Math.max(1, width)) + 1, list };
}

/** Every varbind from the row on that a device answers to itself is that row. */
export function stuckRow(asked: AskedOids, right: PduAnswer, row: Buffer): PduAnswer {
  const width = Math.max(1, asked.length);
  const last: (Buffer | undefined)[] = asked.map(() => undefined);
  const varbinds = readVarbinds(right.list);
  const stuck = encodeVarbind(writer, row, ValueType.integer, 1);
  const list = varbinds.map(({ octets, oid }, at) => {
    const place = at % width;
    const before = last[place] ?? asked[place];
    last[place] = before?.equals(row) === true ? row : oid;
    return last[place] === row ? stuck : octets;
  });
  return { ...right, list: Buffer.concat(list) };
}

/** The varbinds of an answer in another order than that of RFC 3416. */
export function shuffled(pdu: PduView, right: PduAnswer, width: number): PduAnswer {
  const varbinds = readVarbinds(right.list).map(({ octets }) => octets);
  if (pdu.type === PduType.get) return { ...right, list: Buffer.concat(varbinds.toReversed()) };
  const columns = Array.from({ length: width }, (_, place) =>
    varbinds.filter((_, at) => at % width === place),
  );
  return { ...right, list: Buffer.concat(columns.flat()) };
}

/** What follows each asked OID when rows come in this order; a column has its own number as every value. */
export function unorderedRows(
  pdu: PduView,
  asked: AskedOids,
  order: { readonly indexes: readonly number[]; readonly next?: number },
  writer: BerWriter,
): PduAnswer | undefined {
  if (pdu.type === PduType.get) return undefined;
  const repetitions = pdu.type === PduType.getBulk ? pdu.errorIndex : 1;
  const now = [...asked];
  const parts: Buffer[] = [];
  for (let row = 0; row < repetitions; row++) {
    for (const [at, oid] of now.entries()) {
      const next = successor(oid, order);
      parts.push(
        next === undefined
          ? encodeVarbind(writer, encodeOid('1.3.6.1.9.1'), ValueType.integer, 0)
          : encodeVarbind(writer, next, ValueType.integer, next.at(-1) ?? 0),
      );
      if (next !== undefined) now[at] = next;
    }
  }
  return { status: ErrorStatus.noError, index: 0, list: Buffer.concat(parts) };
}

/** Columns of tables in mib-2 have ten arcs, here of one octet each, the first octet holding two. */
const COLUMN_OCTETS = 9;

function successor(
  oid: Buffer,
  { indexes, next }: { readonly indexes: readonly number[]; readonly next?: number },
): Buffer | undefined {
  const column = oid.subarray(0, COLUMN_OCTETS);
  const index = oid.at(COLUMN_OCTETS);
  const at = index === undefined ? 0 : indexes.indexOf(index) + 1;
  const following = indexes[at] ?? next;
  return following === undefined ? undefined : Buffer.concat([column, encodeIndexArcs([following])]);
}

/** The bits of a request id that a device keeps. */
export function cutId(
  id: number,
  { bits, isSigned }: { readonly bits: number; readonly isSigned?: boolean },
): number {
  const kept = id % 2 ** bits;
  return isSigned === true && kept >= 2 ** (bits - 1) ? kept - 2 ** bits : kept;
}
