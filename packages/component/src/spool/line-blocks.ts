import type { PlainBlock } from './segment-writer.ts';

const LINE_FEED = 0x0a;

/** Counts lines, with a last one without a line feed. */
export function countLineFeeds(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) lines += 1;
  return bytes.length > 0 && bytes.at(-1) !== LINE_FEED ? lines + 1 : lines;
}

/**
 * Cuts line protocol at line ends into blocks of at most `maxBytes`, each ending in a line feed. A single line that is
 * longer is left out and counted in `tooLong`.
 */
export function toBlocks(bytes: Buffer, maxBytes: number): { blocks: PlainBlock[]; tooLong: number } {
  const blocks: PlainBlock[] = [];
  let tooLong = 0;
  let from = 0;
  while (from < bytes.length) {
    let to = Math.min(bytes.length, from + maxBytes);
    if (to < bytes.length) to = bytes.lastIndexOf(LINE_FEED, to - 1) + 1;
    if (to <= from) {
      const end = bytes.indexOf(LINE_FEED, from);
      from = end < 0 ? bytes.length : end + 1;
      tooLong += 1;
      continue;
    }
    blocks.push(terminated(bytes.subarray(from, to)));
    from = to;
  }
  return { blocks, tooLong };
}

function terminated(bytes: Buffer): PlainBlock {
  const lines = countLineFeeds(bytes);
  return bytes.at(-1) === LINE_FEED
    ? { bytes, lines }
    : { bytes: Buffer.concat([bytes, Buffer.from([LINE_FEED])]), lines };
}

/** Joins neighbours up to `maxBytes`, so that many small writes become few records. */
export function joinBlocks(blocks: readonly PlainBlock[], maxBytes: number): PlainBlock[] {
  const joined: PlainBlock[] = [];
  let group: PlainBlock[] = [];
  let size = 0;
  const flush = () => {
    if (group.length === 1 && group[0]) joined.push(group[0]);
    else if (group.length > 1) {
      joined.push({
        bytes: Buffer.concat(group.map((block) => block.bytes)),
        lines: group.reduce((sum, block) => sum + block.lines, 0),
      });
    }
    group = [];
    size = 0;
  };
  for (const block of blocks) {
    if (size + block.bytes.length > maxBytes) flush();
    group.push(block);
    size += block.bytes.length;
  }
  flush();
  return joined;
}
