import { COMMA, EQUALS, SPACE } from './byte-class.ts';
import { unescapeName } from './line-escape.ts';
import type { LineScanner } from './line-scanner.ts';
import { findPlain, valueEnd } from './text-scan.ts';
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

function decodeValue(raw: string): number | bigint | boolean | string {
  if (raw.startsWith('"')) return raw.slice(1, -1).replace(/\\(["\\])/g, '$1');
  const word = booleanOf(raw);
  if (word !== undefined) return word;
  return raw.endsWith('i') || raw.endsWith('u') ? BigInt(raw.slice(0, -1)) : Number(raw);
}
