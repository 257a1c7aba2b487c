import { gunzipSync } from 'node:zlib';

const BLOCK = 512;

function text(block: Buffer, from: number, length: number): string {
  const end = block.indexOf(0, from);
  return block.toString('utf8', from, end < 0 || end > from + length ? from + length : end);
}

/**
 * Returns the content of one regular file of a .tar.gz (POSIX ustar), by its base name; undefined when there is none.
 * Nothing is written anywhere, so names with `..` in an archive do no harm.
 * @throws when the archive is damaged
 */
export function readFromTarGz(
  archive: Buffer,
  fileName: string,
  maxBytes = 256 * 1024 * 1024,
): Buffer | undefined {
  const tar = gunzipSync(archive, { maxOutputLength: maxBytes });
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const header = tar.subarray(at, at + BLOCK);
    const name = text(header, 0, 100);
    if (name === '') break;
    const size = Number.parseInt(text(header, 124, 12).trim(), 8);
    const type = header[156] ?? 0;
    const begin = at + BLOCK;
    if (!Number.isFinite(size) || begin + size > tar.length) throw new Error('The archive is damaged.');
    const isFile = type === 0 || type === 0x30;
    if (isFile && name.split('/').at(-1) === fileName) return tar.subarray(begin, begin + size);
    at = begin + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
}
