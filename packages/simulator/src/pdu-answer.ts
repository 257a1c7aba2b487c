import {
  BerWriter,
  Cell,
  ErrorStatus,
  PduType,
  type PduView,
  ValueType,
  VarbindReader,
} from '@stratora/snmp';
import type { MibImage } from './mib-image.ts';

/** The answer to a PDU: the error fields and the octets of its list of varbinds. */
export interface PduAnswer {
  readonly status: number;
  readonly index: number;
  readonly list: Buffer;
}

export interface AnswerContext {
  readonly image: MibImage;
  /** Varbinds of this device that replace the image's, by position. */
  readonly overrides: ReadonlyMap<number, Buffer>;
  readonly isVersion1: boolean;
  /** Largest size of the list in octets. */
  readonly maxListBytes: number;
}

const MAX_REPETITIONS = 10_000;
const EMPTY = Buffer.alloc(0);
const varbinds = new VarbindReader();
const cell = new Cell();
const writer = new BerWriter(65_536);

/** Answers a GET, GETNEXT or GETBULK by RFC 1157 and RFC 3416. Throws the reader's error for damaged requests. */
export function answerPdu(pdu: PduView, context: AnswerContext): PduAnswer {
  if (pdu.type === PduType.getBulk) return answerBulk(pdu, context);
  const parts: Buffer[] = [];
  let size = 0;
  varbinds.reset(pdu.buffer, pdu.listStart, pdu.listEnd);
  for (let number = 1; varbinds.next(cell); number++) {
    const part = pdu.type === PduType.get ? exact(context) : next(context);
    if (part === undefined) return { status: ErrorStatus.noSuchName, index: number, list: requestList(pdu) };
    size += part.length;
    if (size > context.maxListBytes) {
      return { status: ErrorStatus.tooBig, index: 0, list: context.isVersion1 ? requestList(pdu) : EMPTY };
    }
    parts.push(part);
  }
  return { status: ErrorStatus.noError, index: 0, list: Buffer.concat(parts) };
}

function requestList(pdu: PduView): Buffer {
  return pdu.buffer.subarray(pdu.listStart, pdu.listEnd);
}

/** Finds the varbind that the request names; undefined for v1's noSuchName. */
function exact(context: AnswerContext): Buffer | undefined {
  const { image, isVersion1 } = context;
  const { buffer, indexStart, indexEnd } = cell;
  const at = image.find(buffer, indexStart, indexEnd);
  if (at >= 0 && !(isVersion1 && image.typeAt(at) === ValueType.counter64)) return varbindAt(context, at);
  if (isVersion1) return undefined;
  const isInstance = image.hasSibling(buffer, indexStart, indexEnd);
  return exception(isInstance ? ValueType.noSuchInstance : ValueType.noSuchObject, askedOid());
}

/** Finds the varbind after the one that the request names; undefined for v1's noSuchName. */
function next(context: AnswerContext): Buffer | undefined {
  const { image, isVersion1 } = context;
  let at = image.after(cell.buffer, cell.indexStart, cell.indexEnd);
  if (isVersion1) while (image.typeAt(at) === ValueType.counter64) at++;
  if (at < image.length) return varbindAt(context, at);
  return isVersion1 ? undefined : exception(ValueType.endOfMibView, askedOid());
}

function askedOid(): Buffer {
  return cell.buffer.subarray(cell.indexStart, cell.indexEnd);
}

function varbindAt(context: AnswerContext, at: number): Buffer {
  return context.overrides.get(at) ?? context.image.varbind(at);
}

function exception(type: number, oid: Buffer): Buffer {
  writer.reset();
  writer.header(type, 0);
  writer.octets(ValueType.oid, oid);
  writer.wrap(0x30, 0);
  return Buffer.from(writer.view());
}

function answerBulk(pdu: PduView, context: AnswerContext): PduAnswer {
  const { image } = context;
  const key = `${pdu.errorStatus} ${pdu.errorIndex} ${context.maxListBytes} ${pdu.buffer.toString('latin1', pdu.listStart, pdu.listEnd)}`;
  const cached = image.cachedList(key);
  if (cached !== undefined) return { status: ErrorStatus.noError, index: 0, list: cached };
  const collected = collectBulk(pdu, context);
  writer.reset();
  for (let i = collected.parts.length - 1; i >= 0; i--) writer.bytes(collected.parts[i] ?? EMPTY);
  const list = Buffer.from(writer.view());
  if (collected.isShared) image.cacheList(key, list);
  return { status: ErrorStatus.noError, index: 0, list };
}

/** Collects the varbinds of a GETBULK in their order (RFC 3416, 4.2.3), cut where the answer is full. */
function collectBulk(pdu: PduView, context: AnswerContext): { parts: Buffer[]; isShared: boolean } {
  const { image, overrides, maxListBytes } = context;
  const positions: number[] = [];
  const last: Buffer[] = [];
  varbinds.reset(pdu.buffer, pdu.listStart, pdu.listEnd);
  while (varbinds.next(cell)) {
    positions.push(image.after(cell.buffer, cell.indexStart, cell.indexEnd));
    last.push(askedOid());
  }
  const singles = Math.min(Math.max(pdu.errorStatus, 0), positions.length);
  const repetitions = Math.min(Math.max(pdu.errorIndex, 0), MAX_REPETITIONS);
  const parts: Buffer[] = [];
  let size = 0;
  let isShared = true;
  for (let row = 0; row < Math.max(repetitions, singles > 0 ? 1 : 0); row++) {
    let isAtEnd = true;
    for (let i = row === 0 ? 0 : singles; i < positions.length; i++) {
      if (i >= singles && row >= repetitions) break;
      const at = (positions[i] ?? 0) + row;
      const isEnd = at >= image.length;
      if (!isEnd) {
        isAtEnd = false;
        last[i] = image.oidAt(at);
        if (overrides.has(at)) isShared = false;
      }
      const part = isEnd ? exception(ValueType.endOfMibView, last[i] ?? EMPTY) : varbindAt(context, at);
      size += part.length;
      if (size > maxListBytes) return { parts, isShared };
      parts.push(part);
    }
    if (isAtEnd) break;
  }
  return { parts, isShared };
}
