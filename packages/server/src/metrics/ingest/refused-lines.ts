import type { WriteResult } from '@stratora/victoriametrics';

const NEWLINE = 0x0a;
/** Most writes for one body: enough to find a hundred bad lines among ten thousand. */
const MAX_WRITES = 2_000;
/** Most lines that are named, and the length of a name. */
const NAMED_LINES = 10;
const NAME_BYTES = 200;

/** The lines of a body that the store itself refuses, although they passed the screen. */
export interface RefusedLines {
  count: number;
  /** The beginnings of the first ones. */
  names: string[];
}

export interface WrittenAround {
  /** Not `ok` when no line was taken, or when the store failed on the way: then all of it is to be sent again. */
  result: WriteResult;
  refused: RefusedLines;
}

/**
 * Writes a body of which the store has refused lines, and has therefore taken none: newer versions of VictoriaMetrics
 * judge a body as a whole. It is halved until the refused lines stand alone. Repeating good lines is harmless. What is
 * still in doubt when the writes are used up counts as refused.
 * @param body good lines, each ending in a line feed
 * @param refusal the refusal of the whole
 */
export async function writeAroundRefused(
  body: Buffer,
  refusal: WriteResult,
  write: (part: Buffer) => Promise<WriteResult>,
): Promise<WrittenAround> {
  const refused: RefusedLines = { count: 0, names: [] };
  let result = refusal;
  let writes = 0;
  const parts = halvesOf(body) ?? [];
  if (parts.length === 0) addRefused(refused, body);
  for (let part = parts.shift(); part; part = parts.shift()) {
    if (writes === MAX_WRITES) {
      addRefused(refused, part);
      continue;
    }
    writes += 1;
    const answer = await write(part);
    if (answer.ok) {
      // The first epoch is the oldest, and the one that is safe to tell.
      if (!result.ok) result = answer;
      continue;
    }
    if (answer.retry) return { result: answer, refused: { count: 0, names: [] } };
    const halves = halvesOf(part);
    if (halves) parts.unshift(...halves);
    else addRefused(refused, part);
  }
  return { result, refused };
}

/** Halves a body at the end of a line; undefined for a single line. */
function halvesOf(body: Buffer): Buffer[] | undefined {
  let cut = body.indexOf(NEWLINE, body.length >> 1) + 1;
  if (cut <= 0 || cut >= body.length) cut = body.lastIndexOf(NEWLINE, body.length - 2) + 1;
  return cut <= 0 || cut >= body.length ? undefined : [body.subarray(0, cut), body.subarray(cut)];
}

function addRefused(refused: RefusedLines, part: Buffer): void {
  for (let start = 0; start < part.length; ) {
    const at = part.indexOf(NEWLINE, start);
    const end = at < 0 ? part.length : at;
    refused.count += 1;
    if (refused.names.length < NAMED_LINES) {
      refused.names.push(part.toString('utf8', start, Math.min(end, start + NAME_BYTES)));
    }
    start = end + 1;
  }
}
