import { COMMA, EQUALS, isEscapable, QUOTE, SPACE } from './byte-class.ts';
import { unescapeName } from './line-escape.ts';
import type { LineScanner } from './line-scanner.ts';
import { booleanOf } from './value-scan.ts';

/** A good line as plain values: for tools and tests, not for the way of the data. */
export interface DecodedLine {
  measurement: string;
  tags: Map<string, string>;
  /** Fields by key; a bigint is an integer field, a number a float. */
  fields: Map<string, number | bigint | boolean | string>;
  /** Whole milliseconds since 1970; absent where the line has no time of its own. */
  timeMs: number | undefined;
}

/** Decodes the line that the scanner stands on. Call it for a good line only. */
export function decodeLine(bytes: Uint8Array, scanner: LineScanner): DecodedLine {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tags = new Map<string, string>();
  const fields: DecodedLine['fields'] = new Map();
  let at = scanner.measurementEnd;
  while (at < scanner.seriesEnd) {
    const equals = findPlain(buffer, at + 1, [EQUALS]);
    const stop = Math.min(findPlain(buffer, equals + 1, [COMMA, SPACE]), scanner.seriesEnd);
    tags.set(
      unescapeName(buffer.toString('utf8', at + 1, equals)),
      unescapeName(buffer.toString('utf8', equals + 1, stop)),
    );
    at = stop;
  }
  at = scanner.seriesEnd;
  while (at < scanner.fieldsEnd) {
    const equals = findPlain(buffer, at + 1, [EQUALS]);
    const stop = valueEnd(buffer, equals + 1, scanner.fieldsEnd);
    fields.set(
      unescapeName(buffer.toString('utf8', at + 1, equals)),
      decodeValue(buffer.toString('utf8', equals + 1, stop)),
    );
    at = stop;
  }
  return {
    measurement: unescapeName(buffer.toString('utf8', scanner.lineStart, scanner.measurementEnd)),
    tags,
    fields,
    timeMs: scanner.hasTime ? scanner.timeMs : undefined,
  };
}

/** Finds where the field value that starts at `from` ends: at a comma outside of quotes, or at `end`. */
export function valueEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  if (bytes[at] === QUOTE) {
    at += 1;
    while (at < end && bytes[at] !== QUOTE) at += bytes[at] === 0x5c ? escapeLength(bytes, at) : 1;
  }
  while (at < end && bytes[at] !== COMMA) at += 1;
  return at;
}

/** Finds the first of the stop bytes that no backslash takes the meaning from. */
export function findPlain(bytes: Uint8Array, from: number, stops: readonly number[]): number {
  let at = from;
  while (at < bytes.length && !stops.includes(bytes[at] as number)) {
    at += bytes[at] === 0x5c && isEscapable(bytes[at + 1]) ? 2 : 1;
  }
  return at;
}

function escapeLength(bytes: Uint8Array, at: number): number {
  return bytes[at + 1] === QUOTE || bytes[at + 1] === 0x5c ? 2 : 1;
}

function decodeValue(raw: string): number | bigint | boolean | string {
  if (raw.startsWith('"')) return raw.slice(1, -1).replace(/\\(["\\])/g, '$1');
  const word = booleanOf(raw);
  if (word !== undefined) return word;
  return raw.endsWith('i') || raw.endsWith('u') ? BigInt(raw.slice(0, -1)) : Number(raw);
}
