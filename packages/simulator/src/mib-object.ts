import { type BerWriter, encodeOid, ValueType } from '@stratora/snmp';

/** A value: numbers and bigints for integers, text or octets for strings, dotted text for OIDs. */
export type MibValue = number | bigint | string | Buffer;

/** One instance of a simulated MIB. */
export interface MibObject {
  /** The whole OID with its index, dotted. */
  readonly oid: string;
  /** Type of the value, one of `ValueType`. */
  readonly type: number;
  /** The value: a constant, or a pure function of Unix time in seconds. */
  readonly value: MibValue | ((unixSeconds: number) => MibValue);
  /** Octets of tag, length and content as they are sent in place of the right ones: for what devices code wrongly. */
  readonly sent?: Buffer | undefined;
}

/** Writes tag, length and content of a value; throws RangeError when value and type do not fit. */
export function writeValue(writer: BerWriter, type: number, value: MibValue): void {
  switch (type) {
    case ValueType.integer:
      writer.integer(asNumber(value));
      return;
    case ValueType.counter32:
    case ValueType.gauge32:
    case ValueType.timeTicks:
      writer.integer(asNumber(value) % 2 ** 32, type);
      return;
    case ValueType.counter64:
      if (typeof value === 'bigint') writer.unsigned(value, type);
      else writer.integer(asNumber(value), type);
      return;
    case ValueType.oid:
      writer.octets(type, encodeOid(asText(value)));
      return;
    case ValueType.ipAddress:
      writer.octets(type, Buffer.from(asText(value).split('.').map(Number)));
      return;
    case ValueType.octetString:
    case ValueType.opaque:
      writer.octets(type, typeof value === 'string' ? Buffer.from(value) : asBytes(value));
      return;
    case ValueType.null:
      writer.header(type, 0);
      return;
    default:
      throw new RangeError(`no such type of value: ${type}`);
  }
}

function asNumber(value: MibValue): number {
  if (typeof value !== 'number') throw new RangeError('a number is needed');
  return value;
}

function asText(value: MibValue): string {
  if (typeof value !== 'string') throw new RangeError('text is needed');
  return value;
}

function asBytes(value: MibValue): Buffer {
  if (!Buffer.isBuffer(value)) throw new RangeError('octets are needed');
  return value;
}
