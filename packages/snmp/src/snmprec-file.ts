import { ValueType } from './cell.ts';
import { parseOid } from './oid-codec.ts';

/** A recorded value: numbers and bigints for integers, text or octets for strings, dotted text for OIDs. */
export type CaptureValue = number | bigint | string | Buffer;

/** One recorded object. */
export interface CaptureObject {
  /** The whole OID with its index, dotted. */
  readonly oid: string;
  /** Type of the value, one of `ValueType`. */
  readonly type: number;
  readonly value: CaptureValue;
}

/** The content of a capture: its objects, and the lines that could not be used. */
export interface SnmprecCapture {
  readonly objects: CaptureObject[];
  /** Numbers of the skipped lines, from 1. */
  readonly skipped: number[];
}

/**
 * Reads the text of a .snmprec capture: `OID|tag|value` a line, the tag being the BER tag in decimal with `x` for a
 * value in hex. Lines that are not understood, and second ones for the same OID, are skipped and reported.
 */
export function readSnmprec(text: string): SnmprecCapture {
  const objects: CaptureObject[] = [];
  const skipped: number[] = [];
  const seen = new Set<string>();
  for (const [at, line] of text.split('\n').entries()) {
    const bare = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (bare === '') continue;
    const object = readLine(bare);
    if (object === undefined || seen.has(object.oid)) {
      skipped.push(at + 1);
      continue;
    }
    seen.add(object.oid);
    objects.push(object);
  }
  return { objects, skipped };
}

function readLine(line: string): CaptureObject | undefined {
  const [rawOid = '', rawTag = '', ...rest] = line.split('|');
  const oid = rawOid.replace(/^\./, '');
  const isHex = rawTag.endsWith('x');
  const type = Number(isHex ? rawTag.slice(0, -1) : rawTag);
  try {
    parseOid(oid);
    const value = readText(type, rest.join('|'), isHex);
    return value === undefined ? undefined : { oid, type, value };
  } catch {
    return undefined;
  }
}

function readText(type: number, text: string, isHex: boolean): CaptureValue | undefined {
  switch (type) {
    case ValueType.octetString:
    case ValueType.opaque:
      if (!isHex) return text;
      return /^([0-9a-f]{2})*$/i.test(text) ? Buffer.from(text, 'hex') : undefined;
    case ValueType.integer:
      return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined;
    case ValueType.counter32:
    case ValueType.gauge32:
    case ValueType.timeTicks:
      return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
    case ValueType.counter64:
      return /^\d{1,20}$/.test(text) ? BigInt(text) : undefined;
    case ValueType.oid: {
      const oid = text.replace(/^\./, '');
      parseOid(oid);
      return oid;
    }
    case ValueType.ipAddress:
      return readAddress(text, isHex);
    case ValueType.null:
      return '';
    default:
      return undefined;
  }
}

function readAddress(text: string, isHex: boolean): string | undefined {
  if (isHex) return /^[0-9a-f]{8}$/i.test(text) ? Buffer.from(text, 'hex').join('.') : undefined;
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(text) ? text : undefined;
}
