import { EQUALS, NEWLINE, QUOTE } from './byte-class.ts';
import { LineScanner } from './line-scanner.ts';

const ESCAPED_QUOTE = Buffer.from(String.raw`\"`);

/**
 * Puts each line on one line of the body: a line break within a text becomes a space, as in all text of a device. What
 * cuts a body at line feeds needs that. Returns the same buffer when there is no such text.
 */
export function joinTextLines(body: Buffer): Buffer {
  if (!mayHaveSpreadText(body)) return body;
  const scanner = new LineScanner();
  const parts: Buffer[] = [];
  let kept = 0;
  scanner.reset(body);
  while (scanner.next()) {
    if (!scanner.isSpread) continue;
    const line = body.toString('latin1', scanner.lineStart, scanner.lineEnd);
    parts.push(
      body.subarray(kept, scanner.lineStart),
      Buffer.from(line.replace(/\r\n|\r|\n/g, ' '), 'latin1'),
    );
    kept = scanner.lineEnd;
  }
  if (parts.length === 0) return body;
  parts.push(body.subarray(kept));
  return Buffer.concat(parts);
}

/** Tells cheaply that no text goes over a line's end; it may be wrong in one direction only. */
function mayHaveSpreadText(body: Buffer): boolean {
  let start = body.indexOf(QUOTE);
  if (start < 0) return false;
  if (body.includes(ESCAPED_QUOTE)) return true;
  while (start >= 0) {
    const end = body.indexOf(QUOTE, start + 1);
    const feed = body.indexOf(NEWLINE, start + 1);
    if (end < 0 || feed < 0) return false;
    if (feed < end) return true;
    // A quote in a tag is a letter: what looks like the end of a text may open the next one.
    if (body[end - 1] === EQUALS) return true;
    start = body.indexOf(QUOTE, end + 1);
  }
  return false;
}
