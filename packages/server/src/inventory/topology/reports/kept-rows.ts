import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import type { TableRead } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';

const gzipInPool = promisify(gzip);

/** What is known of a table before a reading of it is taken. */
export interface KeptBefore {
  /** Whether rows are kept at all, and whether they are a whole reading. */
  readonly hasRows: boolean;
  readonly isWhole: boolean;
  /** When the rows that are kept were read, in milliseconds since 1970; null where none are. */
  readonly keptAtMs: number | null;
}

/** Milliseconds for which a whole table stands although later readings of it were none: as long as what is unseen stays drawn. */
export const WHOLE_STANDS_MS = 14 * 24 * 3600 * 1000;

/**
 * Decides whether the rows of a reading take the place of those that are kept. A half-read table never replaces a whole
 * one that still counts; where none was whole, the newest part is better than nothing. A table that the device says it has not
 * is read whole, and empty.
 */
export function replacesKept(
  before: KeptBefore,
  { state }: Pick<TableRead, 'state'>,
  readAtMs: number,
): boolean {
  if (state === 'whole' || state === 'absent') return true;
  if (state === 'failed') return false;
  const isHeld = before.hasRows && before.isWhole && before.keptAtMs !== null;
  return !isHeld || readAtMs - (before.keptAtMs ?? 0) > WHOLE_STANDS_MS;
}

/** Rows as they are kept. */
export interface PackedRows {
  /** JSON, packed by gzip. */
  readonly packed: Buffer;
  /** SHA-256 of the JSON. */
  readonly hash: Buffer;
}

/** Writes rows as JSON with the texts of devices made safe. The packing runs outside of the event loop. */
export async function packRows(rows: readonly unknown[]): Promise<PackedRows> {
  const json = safeJson(rows);
  // Forwarding tables of switches shrink to a tenth at the lowest level already.
  const packed = await gzipInPool(json, { level: 1 });
  return { packed, hash: createHash('sha256').update(json).digest() };
}

/** Most bytes of one table as JSON: no report holds more. */
const TABLE_MAX_BYTES = 64 * 1024 * 1024;

/** Reads what `packRows` wrote; a damaged one is as none. */
export function unpackRows(packed: Uint8Array): unknown[] | undefined {
  try {
    const rows: unknown = JSON.parse(
      gunzipSync(packed, { maxOutputLength: TABLE_MAX_BYTES }).toString('utf8'),
    );
    return Array.isArray(rows) ? rows : undefined;
  } catch {
    return undefined;
  }
}

// Control and bidirectional characters, lone surrogates, and texts that are too long: rare enough that a look is worth it.
// oxlint-disable-next-line no-control-regex -- finding control characters is the point
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/;

/** Writes JSON in which every text of a device is safe to keep and to show. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' && (part.length > 256 || UNSAFE.test(part)) ? sanitizeText(part) : part,
  );
}
