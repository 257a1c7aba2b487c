import { BusFormatError, BusReader, type BusValue, BusWriter, numberOf, textOf } from './bus-value.ts';

/** Kinds of messages and numbers of header fields, D-Bus Specification, "Message Format". */
export const MESSAGE = { call: 1, answer: 2, error: 3, signal: 4 } as const;
export const FIELD = {
  path: 1,
  interface: 2,
  member: 3,
  errorName: 4,
  replySerial: 5,
  destination: 6,
  sender: 7,
  signature: 8,
} as const;
const NO_AUTO_START = 0x2;
const VERSION = 1;
const FIXED_HEADER_BYTES = 16;
const LITTLE_ENDIAN = 0x6c;
const BIG_ENDIAN = 0x42;

/** Longest message: the specification allows 128 MiB, a host with 10,000 units answers with 3 MiB. */
const MAX_MESSAGE_BYTES = 32 * 1024 * 1024;
const MAX_HEADER_BYTES = 64 * 1024;

/** A call of a method. Arguments are of type `s` or `as`. */
export interface BusCall {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly arguments: readonly (string | readonly string[])[];
}

export interface BusMessage {
  readonly type: number;
  readonly fields: ReadonlyMap<number, BusValue>;
  readonly serial: number;
  readonly body: readonly BusValue[];
}

/** Writes a call. No service is started for it: what does not run answers with an error. */
export function encodeCall(call: BusCall, serial: number): Buffer {
  const body = new BusWriter();
  let signature = '';
  for (const argument of call.arguments) {
    if (typeof argument === 'string') body.string(argument);
    else body.strings(argument);
    signature += typeof argument === 'string' ? 's' : 'as';
  }
  const fields = new BusWriter();
  // Offsets count from the start of the message, where the array of fields begins at 16: a whole multiple of 8.
  const field = (code: number, type: string, text: string): void => {
    fields.align(8);
    fields.byte(code);
    fields.signature(type);
    if (type === 'g') fields.signature(text);
    else fields.string(text);
  };
  field(FIELD.path, 'o', call.path);
  field(FIELD.interface, 's', call.interface);
  field(FIELD.member, 's', call.member);
  field(FIELD.destination, 's', call.destination);
  if (signature !== '') field(FIELD.signature, 'g', signature);

  const message = new BusWriter();
  for (const byte of [LITTLE_ENDIAN, MESSAGE.call, NO_AUTO_START, VERSION]) message.byte(byte);
  message.uint32(body.length);
  message.uint32(serial);
  message.uint32(fields.length);
  message.raw(fields.bytes());
  message.align(8);
  message.raw(body.bytes());
  return message.bytes();
}

/** Cuts a stream into messages. */
export class MessageStream {
  #held: Buffer = Buffer.alloc(0);
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #wanted = FIXED_HEADER_BYTES;

  /**
   * Takes what came, yields the messages that are complete with it.
   *
   * @throws BusFormatError after which the stream cannot be read any further
   */
  *take(chunk: Buffer): Generator<BusMessage> {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    while (this.#size >= this.#wanted) {
      this.#held = this.#chunks.length === 1 ? (this.#chunks[0] ?? this.#held) : Buffer.concat(this.#chunks);
      this.#wanted = messageLength(this.#held);
      this.#chunks.splice(0, this.#chunks.length, this.#held);
      if (this.#size < this.#wanted) return;
      const message = decodeMessage(this.#held.subarray(0, this.#wanted));
      const rest = this.#held.subarray(this.#wanted);
      this.#chunks.splice(0, this.#chunks.length, rest);
      this.#size = rest.length;
      this.#wanted = FIXED_HEADER_BYTES;
      yield message;
    }
  }
}

function messageLength(bytes: Buffer): number {
  const isLittleEndian = isLittle(bytes);
  const at = (offset: number): number =>
    isLittleEndian ? bytes.readUInt32LE(offset) : bytes.readUInt32BE(offset);
  const headerBytes = at(12);
  const bodyBytes = at(4);
  if (headerBytes > MAX_HEADER_BYTES || bodyBytes > MAX_MESSAGE_BYTES) {
    throw new BusFormatError(`a message of ${headerBytes + bodyBytes} bytes is too large`);
  }
  return bodyStart(headerBytes) + bodyBytes;
}

function bodyStart(headerBytes: number): number {
  return FIXED_HEADER_BYTES + Math.ceil(headerBytes / 8) * 8;
}

function isLittle(bytes: Buffer): boolean {
  if (bytes[0] !== LITTLE_ENDIAN && bytes[0] !== BIG_ENDIAN) {
    throw new BusFormatError('a message has no byte order');
  }
  return bytes[0] === LITTLE_ENDIAN;
}

/** @throws BusFormatError */
export function decodeMessage(bytes: Buffer): BusMessage {
  const isLittleEndian = isLittle(bytes);
  const [, type, , version] = bytes;
  if (version !== VERSION) throw new BusFormatError(`version ${version} of the protocol is not known`);
  const [, , , , , serial, list] = new BusReader(bytes, isLittleEndian).readAll('yyyyuua(yv)');
  const fields = new Map(
    (list as readonly (readonly [number, BusValue])[]).map(([code, value]) => [code, value] as const),
  );
  const start = bodyStart(isLittleEndian ? bytes.readUInt32LE(12) : bytes.readUInt32BE(12));
  // Offsets in a body count from its own start.
  const body = new BusReader(bytes.subarray(start), isLittleEndian).readAll(
    textOf(fields.get(FIELD.signature)),
  );
  return { type: type ?? 0, fields, serial: numberOf(serial), body };
}
