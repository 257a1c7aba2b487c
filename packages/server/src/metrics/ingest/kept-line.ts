import { findPlain, type LineScanner, valueEnd } from '@stratora/lineprotocol';
import type { LineOutput } from './line-output.ts';
import type { Replacement } from './own-tags.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const EQUALS_ONLY = [0x3d];

/** How a line is kept, other than as it is. */
export interface KeptLine {
  /** The node of a line that names none. */
  node: string | undefined;
  /** What of its tags is replaced or left out, in order. */
  replacements: readonly Replacement[];
  /** A tag that is added, as line protocol writes it, with its comma. */
  tag?: Buffer | undefined;
}

/**
 * Keeps the line under the scanner without its text fields.
 *
 * @returns the bytes of the output up to the end of its tags
 */
export function keepLine(out: LineOutput, source: Buffer, scanner: LineScanner, line: KeptLine): number {
  keepTags(out, scanner, line);
  const tagsEnd = out.position();
  if (scanner.textFieldCount === 0) {
    out.keep(scanner.seriesEnd, scanner.nextStart);
    return tagsEnd;
  }
  let separator = ' ';
  let at = scanner.seriesEnd + 1;
  while (at < scanner.fieldsEnd) {
    const valueStart = findPlain(source, at, EQUALS_ONLY) + 1;
    const end = valueEnd(source, valueStart, scanner.fieldsEnd);
    if (source[valueStart] !== QUOTE) {
      out.text(separator, at);
      out.keep(at, end);
      separator = ',';
    }
    at = source[end] === COMMA ? end + 1 : scanner.fieldsEnd;
  }
  out.keep(scanner.fieldsEnd, scanner.lineEnd);
  out.text('\n', scanner.nextStart);
  return tagsEnd;
}

function keepTags(out: LineOutput, scanner: LineScanner, { node, replacements, tag }: KeptLine): void {
  const { lineStart, measurementEnd, seriesEnd } = scanner;
  out.keep(lineStart, measurementEnd);
  if (node !== undefined) out.text(`,node_id=${node}`, measurementEnd);
  let at = measurementEnd;
  for (const { start, end, value } of replacements) {
    out.keep(at, start);
    if (value) out.put(value, end);
    at = end;
  }
  out.keep(at, seriesEnd);
  if (tag) out.put(tag, seriesEnd);
}

/** Returns measurement and tags of the line under the scanner, as they would be kept; a copy. */
export function seriesOf(
  source: Buffer,
  scanner: LineScanner,
  { node, replacements, tag }: KeptLine,
): Buffer {
  const { lineStart, measurementEnd, seriesEnd } = scanner;
  const pieces = [source.subarray(lineStart, measurementEnd)];
  if (node !== undefined) pieces.push(Buffer.from(`,node_id=${node}`));
  let at = measurementEnd;
  for (const { start, end, value } of replacements) {
    pieces.push(source.subarray(at, start));
    if (value) pieces.push(value);
    at = end;
  }
  pieces.push(source.subarray(at, seriesEnd));
  if (tag) pieces.push(tag);
  return Buffer.concat(pieces);
}
