import { randomBytes } from 'node:crypto';
import {
  BerWriter,
  ErrorStatus,
  encodeArcs,
  encodeIndexArcs,
  encodeOid,
  PduType,
  type PduView,
  ValueType,
} from '@stratora/snmp';
import type { Behaviour } from './device-spec.ts';
import { encodeVarbind } from './mib-image.ts';
import { badColumn, badRow, shuffled, stuckRow, unorderedRows } from './odd-walks.ts';
import type { PduAnswer } from './pdu-answer.ts';
import { readVarbinds } from './varbind-list.ts';

const OVERSIZE_BYTES = 40_000;
const MAX_LIST_BYTES = 60_000;
const writer = new BerWriter(65_536);

/** Builds the wrong answer of a device with this behaviour; undefined when its answers are right. */
export function hostileAnswer(behaviour: Behaviour, pdu: PduView, right: PduAnswer): PduAnswer | undefined {
  switch (behaviour.kind) {
    case 'noBulk':
      if (pdu.type !== PduType.getBulk) return undefined;
      return behaviour.by === 'error' ? { status: 5, index: 0, list: Buffer.alloc(0) } : ok(Buffer.alloc(0));
    case 'badColumn':
      return badColumn(askedOids(pdu), behaviour);
    case 'badRow':
      return badRow(pdu, askedOids(pdu).length, { right, ...behaviour });
    case 'unordered':
      return unorderedRows(pdu, askedOids(pdu), behaviour, writer);
    case 'stuck':
      return stuckRow(askedOids(pdu), right, encodeOid(behaviour.oid));
    case 'shuffled':
      return shuffled(pdu, right, askedOids(pdu).length);
    case 'endless':
      return movedRows(pdu, (index) => index + 1);
    case 'repeating':
      return movedRows(pdu, () => 1);
    case 'backwards':
      return movedRows(pdu, (index) => (index === 0 ? 1_000_000 : index - 1));
    case 'cut':
      return ok(firstVarbinds(right.list, behaviour.varbinds));
    case 'tooBig':
      return countVarbinds(right.list) <= behaviour.varbinds
        ? undefined
        : { status: ErrorStatus.tooBig, index: 0, list: Buffer.alloc(0) };
    case 'empty':
      return ok(Buffer.alloc(0));
    case 'generalError':
      return { status: 5, index: 1, list: pdu.buffer.subarray(pdu.listStart, pdu.listEnd) };
    case 'oversize':
    case 'longInteger':
    case 'longOid':
      return ok(replaceFirst(behaviour.kind, right.list));
    default:
      return undefined;
  }
}

/** Applies a behaviour that concerns whole messages; undefined when no message is sent. */
export function hostileMessage(behaviour: Behaviour, message: Buffer, pduType: number): Buffer | undefined {
  switch (behaviour.kind) {
    case 'noBulk':
      if (pduType !== PduType.getBulk || behaviour.by === 'error' || behaviour.by === 'empty') return message;
      return behaviour.by === 'silent' ? undefined : randomBytes(64);
    case 'dead':
      return undefined;
    case 'garbage':
      return randomBytes(64);
    case 'deep':
      return nested(1_000);
    case 'trailing':
      return Buffer.concat([message, Buffer.from([0x05, 0x00])]);
    case 'longLength': {
      const longer = Buffer.from(message);
      longer[1] = 0x84;
      return Buffer.concat([
        longer.subarray(0, 2),
        Buffer.from([0x7f, 0xff, 0xff, 0xff]),
        longer.subarray(2),
      ]);
    }
    default:
      return message;
  }
}

function askedOids(pdu: PduView): Buffer[] {
  return readVarbinds(pdu.buffer.subarray(pdu.listStart, pdu.listEnd)).map(({ oid }) => oid);
}

function ok(list: Buffer): PduAnswer {
  return { status: ErrorStatus.noError, index: 0, list };
}

/** Builds rows whose last arc is computed from the requested one, in all repetitions of a GETBULK. */
function movedRows(pdu: PduView, move: (index: number) => number): PduAnswer | undefined {
  if (pdu.type === PduType.get) return undefined;
  const columns = readVarbinds(pdu.buffer.subarray(pdu.listStart, pdu.listEnd)).map((varbind) => {
    const arcs = readArcs(varbind.oid);
    // Columns of tables in mib-2 have ten arcs; beyond them comes the index.
    return { oid: varbind.oid.subarray(0, arcs.octetsOfTen), index: arcs.last };
  });
  const repetitions = pdu.type === PduType.getBulk ? pdu.errorIndex : 1;
  const parts: Buffer[] = [];
  let size = 0;
  for (let row = 0; row < repetitions; row++) {
    for (const column of columns) {
      column.index = move(column.index);
      const oid = Buffer.concat([column.oid, encodeIndexArcs([column.index])]);
      const part = encodeVarbind(writer, oid, ValueType.integer, column.index);
      size += part.length;
      if (size > MAX_LIST_BYTES) return ok(Buffer.concat(parts));
      parts.push(part);
    }
  }
  return ok(Buffer.concat(parts));
}

/** Reads the octets of the first ten arcs, and the arc after them (0 when there is none). */
function readArcs(oid: Buffer): { octetsOfTen: number; last: number } {
  let arcs = 1;
  let octetsOfTen = oid.length;
  let arc = 0;
  let last = 0;
  for (const [at, byte] of oid.entries()) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs++;
    if (arcs === 10) octetsOfTen = at + 1;
    if (arcs === 11) last = arc;
    arc = 0;
  }
  return { octetsOfTen, last };
}

/** Replaces the value of the first varbind of a list. */
function replaceFirst(kind: 'oversize' | 'longInteger' | 'longOid', list: Buffer): Buffer {
  const [first] = readVarbinds(list);
  if (first === undefined) return list;
  writer.reset();
  if (kind === 'oversize') {
    const text = Buffer.from('\u001b[31m\u202eevil\u0000\r\n'.repeat(OVERSIZE_BYTES / 10));
    writer.octets(ValueType.octetString, text.subarray(0, OVERSIZE_BYTES));
  } else if (kind === 'longInteger') {
    writer.octets(ValueType.integer, Buffer.alloc(9, 0x11));
  } else {
    writer.octets(ValueType.oid, encodeArcs([1, 3, ...Array.from({ length: 127 }, () => 1)]));
  }
  writer.octets(ValueType.oid, first.oid);
  writer.wrap(0x30, 0);
  return Buffer.concat([writer.view(), list.subarray(first.end)]);
}

function firstVarbinds(list: Buffer, count: number): Buffer {
  return list.subarray(0, readVarbinds(list)[count - 1]?.end ?? list.length);
}

function countVarbinds(list: Buffer): number {
  return readVarbinds(list).length;
}

function nested(depth: number): Buffer {
  writer.reset();
  for (let i = 0; i < depth; i++) writer.wrap(0x30, 0);
  return Buffer.from(writer.view());
}
