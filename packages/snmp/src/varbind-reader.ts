import { damaged, isOidWellFormed } from './ber-reader.ts';
import { type Cell, isExceptionTag, ValueType } from './cell.ts';
import { ValueFault } from './value-fault.ts';

const SEQUENCE = 0x30;
/** How far from where a length points the next varbind is looked for, where the lengths contradict each other. */
const SEARCH_OCTETS = 4;
/** The same where they agree, so that one miscount has gone into both. */
const MISCOUNT_OCTETS = 1;

/** A tag and the range of its content; the end is -1 where the length is of no use. */
interface Header {
  tag: number;
  start: number;
  end: number;
}

/**
 * Reads the varbinds of a PDU one by one into a cell whose index range is the whole OID. A value that cannot be read
 * gets a fault and costs only itself: where its lengths contradict each other, the next varbind shows where it ends.
 */
export class VarbindReader {
  private buffer: Buffer = EMPTY;
  private at = 0;
  private limit = 0;
  /** End of what there is; the list may end one octet before or after it where the device counted wrongly. */
  private hardLimit = 0;
  private readonly whole: Header = { tag: 0, start: 0, end: 0 };
  private readonly name: Header = { tag: 0, start: 0, end: 0 };
  private readonly value: Header = { tag: 0, start: 0, end: 0 };

  reset(buffer: Buffer, start: number, end: number, hardEnd = end): void {
    this.buffer = buffer;
    this.at = start;
    this.limit = Math.min(end, hardEnd);
    this.hardLimit = hardEnd;
  }

  /**
   * Reads the next varbind; false at the end of the list. Checks the value against its type and sets `cell.fault`, but
   * not yet the arcs of its own OID. Throws `bad_answer` where even the next varbind cannot be found.
   */
  next(cell: Cell): boolean {
    const { buffer, at, limit } = this;
    if (at >= limit) return false;
    const length = buffer[at + 1] ?? 0;
    const end = at + 2 + length;
    const nameLength = buffer[at + 3] ?? 0;
    const valueAt = at + 4 + nameLength;
    const valueLength = buffer[valueAt + 1] ?? 0;
    const isPlain =
      buffer[at] === SEQUENCE &&
      length < 0x80 &&
      buffer[at + 2] === ValueType.oid &&
      nameLength < 0x80 &&
      valueLength < 0x80 &&
      valueAt + 2 + valueLength === end &&
      (end === limit || (end < limit && buffer[end] === SEQUENCE));
    if (!isPlain) {
      this.readOdd(cell);
      return true;
    }
    cell.buffer = buffer;
    cell.indexStart = at + 4;
    cell.indexEnd = valueAt;
    cell.type = buffer[valueAt] ?? 0;
    cell.valueStart = valueAt + 2;
    cell.valueEnd = end;
    cell.fault = faultOf(cell);
    this.at = end;
    return true;
  }

  /** Reads a varbind with long lengths, or with lengths that do not fit each other. */
  private readOdd(cell: Cell): void {
    const { buffer, at, hardLimit, whole, name, value } = this;
    readHeader(buffer, { at, limit: hardLimit }, whole);
    if (whole.tag !== SEQUENCE) throw damaged(`0x${whole.tag.toString(16)} where a value begins`);
    readHeader(buffer, { at: whole.start, limit: hardLimit }, name);
    if (name.tag !== ValueType.oid) throw damaged('a value without an object identifier');
    if (name.end < 0 || name.end + 2 > hardLimit) throw damaged('it ends too early');
    readHeader(buffer, { at: name.end, limit: hardLimit }, value);
    const end = this.findEnd();
    cell.buffer = buffer;
    cell.indexStart = name.start;
    cell.indexEnd = name.end;
    cell.type = value.tag;
    cell.valueStart = Math.min(value.start, end);
    cell.valueEnd = end;
    cell.fault = value.end === end ? faultOf(cell) : faultOfLength(cell);
    this.at = end;
  }

  /** Finds where the varbind ends: where one of its lengths says so and the next one begins, else nearby. */
  private findEnd(): number {
    const wholeEnd = this.whole.end;
    const valueEnd = this.value.end;
    if (this.isBoundary(wholeEnd)) return wholeEnd;
    if (this.isBoundary(valueEnd)) return valueEnd;
    const far = wholeEnd === valueEnd ? MISCOUNT_OCTETS : SEARCH_OCTETS;
    for (let distance = 1; distance <= far; distance++) {
      for (const from of [wholeEnd, valueEnd]) {
        if (from < 0) continue;
        if (this.isBoundary(from - distance)) return from - distance;
        if (this.isBoundary(from + distance)) return from + distance;
      }
    }
    // What follows is no varbind, which is not this value's fault.
    if (wholeEnd === valueEnd && wholeEnd >= 0 && wholeEnd <= this.hardLimit) return wholeEnd;
    throw damaged('the lengths of a value do not fit each other');
  }

  private isBoundary(at: number): boolean {
    const { limit, hardLimit, name, buffer } = this;
    if (at < name.end + 2 || at > hardLimit) return false;
    if (at === limit || at === hardLimit) return true;
    if (buffer[at] !== SEQUENCE) return false;
    const octets = buffer[at + 1] ?? 0;
    const start = at + 2 + (octets > 0x80 && octets <= 0x84 ? octets & 0x7f : 0);
    const nameLength = buffer[start + 1] ?? 0;
    return buffer[start] === ValueType.oid && nameLength > 0 && start + 2 < hardLimit;
  }
}

const EMPTY: Buffer = Buffer.alloc(0);

function readHeader(
  buffer: Buffer,
  from: { readonly at: number; readonly limit: number },
  into: Header,
): void {
  const { at, limit } = from;
  const first = buffer[at + 1] ?? 0;
  into.tag = buffer[at] ?? 0;
  into.start = at + 2;
  if (at + 2 > limit) {
    into.end = -1;
    return;
  }
  if (first < 0x80) {
    into.end = at + 2 + first;
    return;
  }
  const octets = first & 0x7f;
  into.end = -1;
  // 0x80 is the indefinite length, which SNMP does not have.
  if (octets === 0 || at + 2 + octets > limit) return;
  let length = 0;
  for (let i = 0; i < octets; i++) length = length * 256 + (buffer[at + 2 + i] ?? 0);
  into.start = at + 2 + octets;
  into.end = Math.min(into.start + length, Number.MAX_SAFE_INTEGER);
}

function faultOfLength(cell: Cell): number {
  if (cell.type === ValueType.octetString) return ValueFault.textLength;
  if (isExceptionTag(cell.type)) return ValueFault.none;
  return faultOf(cell) === ValueFault.unknownType ? ValueFault.unknownType : ValueFault.wrongLength;
}

/** True for a number of at most four octets that has only zeros in front of them. */
function isFilledUp({ buffer, valueStart, valueEnd }: Cell): boolean {
  for (let at = valueStart; at < valueEnd - 4; at++) if (buffer[at] !== 0) return false;
  return true;
}

function faultOf(cell: Cell): number {
  const length = cell.valueEnd - cell.valueStart;
  switch (cell.type) {
    case ValueType.octetString:
    case ValueType.opaque:
    case ValueType.noSuchObject:
    case ValueType.noSuchInstance:
    case ValueType.endOfMibView:
      return ValueFault.none;
    case ValueType.integer:
      if (length < 1) return ValueFault.empty;
      return length > 8 ? ValueFault.tooLong : ValueFault.none;
    case ValueType.counter32:
    case ValueType.gauge32:
    case ValueType.timeTicks:
      if (length < 1) return ValueFault.empty;
      if (length > 9) return ValueFault.tooLong;
      return length > 4 && !isFilledUp(cell) ? ValueFault.beyond32 : ValueFault.none;
    case ValueType.counter64:
      if (length < 1) return ValueFault.empty;
      return length > 9 || (length === 9 && cell.buffer[cell.valueStart] !== 0)
        ? ValueFault.tooLong
        : ValueFault.none;
    case ValueType.oid:
      return length > 0 && !isOidWellFormed(cell.buffer, cell.valueStart, cell.valueEnd)
        ? ValueFault.badOid
        : ValueFault.none;
    case ValueType.ipAddress:
      return length === 4 ? ValueFault.none : ValueFault.addressLength;
    case ValueType.null:
      return length === 0 ? ValueFault.none : ValueFault.notEmpty;
    default:
      return ValueFault.unknownType;
  }
}
