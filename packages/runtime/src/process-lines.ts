import type { Readable } from 'node:stream';

/** Most bytes of a line, more than any line that a person reads. */
const MAX_LINE_BYTES = 64 * 1024;
const LINE_FEED = 0x0a;

/**
 * Calls back with every line of a child's stream, without its end. What a line has beyond 64 KiB is left out, so that a
 * child that never ends a line cannot fill our memory.
 */
export function onLines(stream: Readable, line: (text: string) => void): void {
  let parts: Buffer[] = [];
  let size = 0;
  const keep = (part: Buffer) => {
    const kept = part.subarray(0, MAX_LINE_BYTES - size);
    if (kept.length === 0) return;
    parts.push(kept);
    size += kept.length;
  };
  const end = () => {
    const text = Buffer.concat(parts, size).toString('utf8');
    parts = [];
    size = 0;
    line(text.endsWith('\r') ? text.slice(0, -1) : text);
  };
  stream.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      keep(chunk.subarray(from, at));
      end();
      from = at + 1;
    }
    if (from < chunk.length) keep(chunk.subarray(from));
  });
  stream.on('end', () => {
    if (size > 0) end();
  });
}
