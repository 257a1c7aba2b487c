const [LF, CR] = [0x0a, 0x0d];
const SIZE = /^[ \t]*([0-9a-f]{1,12})[ \t]*(?:;.*)?$/i;
/** Most octets of a line with a size, extensions and all. */
const MAX_LINE = 64 * 1024;

type Place = 'size' | 'data' | 'behind' | 'end' | 'as it comes';

/**
 * Mends a body in chunks where Node's parser gives up: lines that end in a line feed alone, and long extensions. What
 * cannot be read is handed on as it comes, for the parser to refuse. Trailers go: nobody reads them.
 */
export class ChunkMender {
  #place: Place = 'size';
  #left = 0;
  #line = Buffer.alloc(0);

  /** Takes the next octets of the body and returns what to parse instead. */
  mend(chunk: Buffer): Buffer {
    const mended: Buffer[] = [];
    let rest = chunk;
    while (rest.length > 0) rest = this.#take(rest, mended);
    return Buffer.concat(mended);
  }

  /** Returns what was held back, when nothing more comes. */
  rest(): Buffer {
    return this.#line;
  }

  #take(octets: Buffer, mended: Buffer[]): Buffer {
    switch (this.#place) {
      case 'size':
        return this.#takeSize(octets, mended);
      case 'data': {
        const part = octets.subarray(0, this.#left);
        mended.push(part);
        this.#left -= part.length;
        if (this.#left === 0) this.#place = 'behind';
        return octets.subarray(part.length);
      }
      case 'behind':
        if (octets[0] === CR) return octets.subarray(1);
        mended.push(Buffer.from('\r\n'));
        this.#place = octets[0] === LF ? 'size' : 'as it comes';
        return octets[0] === LF ? octets.subarray(1) : octets;
      case 'end':
        return Buffer.alloc(0);
      default:
        mended.push(octets);
        return Buffer.alloc(0);
    }
  }

  #takeSize(octets: Buffer, mended: Buffer[]): Buffer {
    const end = octets.indexOf(LF) + 1;
    this.#line = Buffer.concat([this.#line, end === 0 ? octets : octets.subarray(0, end)]);
    if (end === 0 && this.#line.length <= MAX_LINE) return Buffer.alloc(0);
    const size = SIZE.exec(this.#line.toString('latin1').trimEnd())?.[1];
    if (size === undefined) {
      mended.push(this.#line);
      this.#place = 'as it comes';
    } else {
      this.#left = Number.parseInt(size, 16);
      this.#place = this.#left === 0 ? 'end' : 'data';
      mended.push(Buffer.from(this.#left === 0 ? '0\r\n\r\n' : `${size}\r\n`));
    }
    this.#line = Buffer.alloc(0);
    return end === 0 ? Buffer.alloc(0) : octets.subarray(end);
  }
}
