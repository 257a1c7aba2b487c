import type { Socket } from 'node:net';
import { ChunkMender } from './odd-chunks.ts';

const LF = 0x0a;
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const STATUS = /^HTTP\/(\d+(?:\.\d+)?)[ \t]+(\d{3})(?:[ \t]+(.*))?$/i;
/** Most octets of one line; what is longer is left to the parser to refuse. */
const MAX_LINE = 1024 * 1024;

/** What becomes of the octets behind a head. */
interface BodyMender {
  mend(chunk: Buffer): Buffer;
  rest(): Buffer;
}

/**
 * Mends one answer as browsers do where Node's parser gives up with every leniency that it has: case, version and
 * spaces of the status line; spaces before the colon of a header, a line that is no header at all, a bare carriage
 * return (RFC 9112, 2.2), a length that is told twice (RFC 9110, 8.6) or beyond all bounds, and what comes after the
 * end of the answer. Such leniency is how requests are smuggled past somebody who reads the same octets otherwise; here
 * nobody does: one answer is read, and its connection is closed.
 */
export class HeadMender {
  #held = Buffer.alloc(0);
  #hasStatus = false;
  #status = 0;
  #body: BodyMender | undefined;
  /** True when the line above was left out, and what is folded below it with it. */
  #isDropped = false;
  #length: string | undefined;
  #coding = '';

  /** Takes the next octets of the connection and returns what to parse instead. */
  mend(chunk: Buffer): Buffer {
    const mended: Buffer[] = [];
    let rest = chunk;
    while (this.#body === undefined && rest.length > 0) {
      const end = rest.indexOf(LF) + 1;
      this.#held = Buffer.concat([this.#held, end === 0 ? rest : rest.subarray(0, end)]);
      rest = end === 0 ? Buffer.alloc(0) : rest.subarray(end);
      if (end > 0 && this.#canBeHttp()) mended.push(this.#takeLine());
      else if (!this.#canBeHttp() || this.#held.length > MAX_LINE) {
        mended.push(this.rest());
        this.#body = AS_IT_COMES;
      }
    }
    if (this.#body !== undefined && rest.length > 0) mended.push(this.#body.mend(rest));
    return Buffer.concat(mended);
  }

  /** Returns what was held back, when nothing more comes. */
  rest(): Buffer {
    const held = this.#held;
    this.#held = Buffer.alloc(0);
    return this.#body === undefined ? held : Buffer.concat([held, this.#body.rest()]);
  }

  /** Returns false once something else than HTTP has begun, which is said at once and not at the end of a line. */
  #canBeHttp(): boolean {
    if (this.#hasStatus) return true;
    const start = this.#held.subarray(0, 64).toString('latin1').trimStart().slice(0, 5).toUpperCase();
    return 'HTTP/'.startsWith(start);
  }

  #takeLine(): Buffer {
    const line = this.#held.toString('latin1');
    this.#held = Buffer.alloc(0);
    const ending = line.endsWith('\r\n') ? '\r\n' : '\n';
    const text = line.slice(0, -ending.length).replaceAll('\r', ' ');
    const mended = this.#hasStatus ? this.#mendHeader(text) : this.#mendStatus(text);
    return Buffer.from(mended === undefined ? '' : mended + ending, 'latin1');
  }

  #mendStatus(text: string): string | undefined {
    if (text.trim() === '') return undefined;
    this.#hasStatus = true;
    this.#isDropped = false;
    this.#length = undefined;
    this.#coding = '';
    const [, version, status, reason = ''] = STATUS.exec(text.trimStart()) ?? [];
    this.#status = Number(status ?? 0);
    // Some say HTTP/2 in a line that HTTP/2 does not have.
    if (status === undefined) return text;
    return `HTTP/${version === '1.0' ? version : '1.1'} ${status} ${reason}`.trimEnd();
  }

  #mendHeader(text: string): string | undefined {
    if (text === '') return this.#endHead();
    if (/^[ \t]/.test(text)) return this.#isDropped ? undefined : text;
    const colon = text.indexOf(':');
    const name = text.slice(0, Math.max(colon, 0)).trimEnd();
    const value = text.slice(colon + 1);
    this.#isDropped = !TOKEN.test(name);
    if (this.#isDropped) return undefined;
    if (/^transfer-encoding$/i.test(name)) this.#coding = value.trim().toLowerCase();
    return /^content-length$/i.test(name) ? this.#mendLength(name, value) : `${name}:${value}`;
  }

  #mendLength(name: string, value: string): string | undefined {
    const told = new Set(value.split(',').map((part) => part.trim().replace(/^\+?0*(?=\d)/, '')));
    const [length = ''] = told;
    // What is no length, or several, is the parser's to refuse.
    if (told.size > 1 || !/^\d+$/.test(length)) return `${name}:${value}`;
    const isKnown = this.#length === length;
    this.#length = length;
    // A length that no body has: the connection's end tells it.
    this.#isDropped = isKnown || !Number.isSafeInteger(Number(length));
    return this.#isDropped ? undefined : `${name}: ${length}`;
  }

  #endHead(): string {
    // After 100 or 103 the head of the answer itself is still to come.
    const isInterim = this.#status >= 100 && this.#status < 200 && this.#status !== 101;
    if (isInterim) this.#hasStatus = false;
    else this.#body = this.#bodyMender();
    return '';
  }

  #bodyMender(): BodyMender {
    if (this.#status === 204 || this.#status === 304) return new LengthMender(0);
    if (/(?:^|,)\s*chunked$/.test(this.#coding)) return new ChunkMender();
    if (this.#coding !== '' || this.#length === undefined) return AS_IT_COMES;
    return new LengthMender(Number(this.#length));
  }
}

const AS_IT_COMES: BodyMender = { mend: (chunk) => chunk, rest: () => Buffer.alloc(0) };

/** Keeps a body to the length that its head tells. */
class LengthMender implements BodyMender {
  #left: number;

  constructor(length: number) {
    this.#left = length;
  }

  mend(chunk: Buffer): Buffer {
    const part = chunk.subarray(0, this.#left);
    this.#left -= part.length;
    return part;
  }

  rest(): Buffer {
    return Buffer.alloc(0);
  }
}

/** Mends the next answer on a socket before anything reads it. */
export function mendHead(socket: Socket): void {
  const mender = new HeadMender();
  const push = socket.push.bind(socket);
  socket.push = (chunk: unknown, encoding?: BufferEncoding) => {
    if (Buffer.isBuffer(chunk)) return push(mender.mend(chunk), encoding);
    const rest = chunk === null ? mender.rest() : undefined;
    if (rest !== undefined && rest.length > 0) push(rest);
    return push(chunk, encoding);
  };
}
