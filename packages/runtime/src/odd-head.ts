import type { Socket } from 'node:net';

const [TAB, LF, CR, SPACE, COLON] = [0x09, 0x0a, 0x0d, 0x20, 0x3a];
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Most octets of a name; what is longer is left to the parser to refuse. */
const MAX_NAME = 4096;

type Place = 'status' | 'name' | 'value' | 'skipped' | 'body';

/**
 * Mends one answer as browsers do where Node's parser gives up: spaces before the colon of a header go, and a line that
 * is no header at all, and what comes after the length that the head tells.
 */
export class HeadMender {
  #place: Place = 'status';
  /** The line so far, where it is not yet known whether it stays. */
  #line: number[] = [];
  /** True when the line above was left out, and what is folded below it with it. */
  #isDropped = false;
  #isInterim = false;
  /** The mended head so far. */
  readonly #head: Buffer[] = [];
  #bodyLeft = 0;

  /** Takes the next octets of the connection and returns what to parse instead. */
  mend(chunk: Buffer): Buffer {
    if (this.#isBody()) return this.#mendBody(chunk);
    const mended: number[] = [];
    for (const [at, octet] of chunk.entries()) {
      this.#take(octet, mended);
      if (!this.#isBody()) continue;
      this.#head.push(Buffer.from(mended));
      this.#bodyLeft = bodyLength(Buffer.concat(this.#head).toString('latin1'));
      return Buffer.concat([Buffer.from(mended), this.#mendBody(chunk.subarray(at + 1))]);
    }
    this.#head.push(Buffer.from(mended));
    return Buffer.from(mended);
  }

  #mendBody(chunk: Buffer): Buffer {
    const part = chunk.subarray(0, this.#bodyLeft);
    this.#bodyLeft -= part.length;
    return part;
  }

  #isBody(): boolean {
    return this.#place === 'body';
  }

  #take(octet: number, mended: number[]): void {
    switch (this.#place) {
      case 'status':
        this.#line.push(octet);
        mended.push(octet);
        if (octet === LF) this.#endStatus();
        return;
      case 'name':
        this.#takeName(octet, mended);
        return;
      case 'value':
        mended.push(octet);
        if (octet === LF) this.#place = 'name';
        return;
      case 'skipped':
        if (octet === LF) this.#place = 'name';
        return;
      default:
        mended.push(octet);
    }
  }

  #takeName(octet: number, mended: number[]): void {
    const isFolded = this.#line.length === 0 && (octet === SPACE || octet === TAB);
    if (isFolded) {
      // The rest of the line above.
      this.#place = this.#isDropped ? 'skipped' : 'value';
      if (!this.#isDropped) mended.push(octet);
      return;
    }
    this.#line.push(octet);
    if (octet === COLON) {
      const name = Buffer.from(this.#line.slice(0, -1)).toString('latin1').trimEnd();
      this.#isDropped = !TOKEN.test(name);
      if (!this.#isDropped) mended.push(...Buffer.from(`${name}:`));
      this.#place = this.#isDropped ? 'skipped' : 'value';
      this.#line = [];
    } else if (octet === LF) {
      const isEnd = this.#line.every((one) => one === CR || one === LF);
      if (isEnd) mended.push(...this.#line);
      this.#isDropped = !isEnd;
      this.#line = [];
      if (isEnd) this.#place = this.#isInterim ? 'status' : 'body';
    } else if (this.#line.length > MAX_NAME) {
      mended.push(...this.#line);
      this.#line = [];
      this.#place = 'value';
    }
  }

  #endStatus(): void {
    const text = Buffer.from(this.#line).toString('latin1');
    // After 100 or 103 the head of the answer itself is still to come.
    this.#isInterim = /^HTTP\/\d\.\d 1(?!01)\d\d/.test(text);
    this.#line = [];
    this.#isDropped = false;
    this.#place = 'name';
  }
}

/** Returns the octets of the body as the last head in a text tells them; as many as come where it does not. */
function bodyLength(heads: string): number {
  const head = heads.slice(heads.lastIndexOf('HTTP/'));
  if (/^transfer-encoding:/im.test(head)) return Number.POSITIVE_INFINITY;
  const length = /^content-length:[ \t]*(\d+)[ \t]*\r?$/im.exec(head);
  return length === null ? Number.POSITIVE_INFINITY : Number(length[1]);
}

/** Mends the head of the next answer on a socket before anything reads it. */
export function mendHead(socket: Socket): void {
  const mender = new HeadMender();
  const push = socket.push.bind(socket);
  socket.push = (chunk: unknown, encoding?: BufferEncoding) =>
    push(Buffer.isBuffer(chunk) ? mender.mend(chunk) : chunk, encoding);
}
