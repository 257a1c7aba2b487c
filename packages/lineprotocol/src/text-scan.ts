import { BACKSLASH, COMMA, isEscapable, QUOTE } from './byte-class.ts';

/** Finds where the field value that starts at `from` ends: at a comma outside of quotes, or at `end`. */
export function valueEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  if (bytes[at] === QUOTE) {
    at += 1;
    while (at < end && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? escapeLength(bytes, at) : 1;
  }
  while (at < end && bytes[at] !== COMMA) at += 1;
  return at;
}

/** Finds the first of the stop bytes that no backslash takes the meaning from. */
export function findPlain(bytes: Uint8Array, from: number, stops: readonly number[]): number {
  let at = from;
  while (at < bytes.length && !stops.includes(bytes[at] as number)) {
    at += bytes[at] === BACKSLASH && isEscapable(bytes[at + 1]) ? 2 : 1;
  }
  return at;
}

function escapeLength(bytes: Uint8Array, at: number): number {
  return bytes[at + 1] === QUOTE || bytes[at + 1] === BACKSLASH ? 2 : 1;
}
