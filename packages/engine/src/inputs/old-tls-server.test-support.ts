import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  createSign,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';

const RECORD = { changeCipher: 20, handshake: 22, data: 23 } as const;
const MESSAGE = { clientHello: 1, clientKeyExchange: 16, finished: 20 } as const;
const VERSION = [3, 3];
const CURVE = 'prime256v1';
/** The number of that curve (RFC 8422). */
const CURVE_NUMBER = 23;
/** ECDHE with ECDSA, AES-128-GCM and SHA-256 (RFC 5289). */
const SUITE = [0xc0, 0x2b];
/** ECDSA with SHA-256 (RFC 5246, section 7.4.1.4.1). */
const SCHEME = [4, 3];
const [KEY_BYTES, SALT_BYTES, NONCE_BYTES, TAG_BYTES] = [16, 4, 8, 16];

export interface OldTlsOptions {
  /** PEM of its certificate. */
  readonly cert: string;
  /** PEM of its private key, on an elliptic curve. */
  readonly key: string;
  /** The octets that it answers a request with. */
  readonly answer: string;
}

/**
 * Makes a web server with TLS as it was before 2010: version 1.2 without an extension in its hello, thus without secure
 * renegotiation (RFC 5746), which no library of today can be told to leave out.
 */
export function createOldTlsServer(options: OldTlsOptions): Server {
  return createServer((socket) => {
    const connection = new OldTlsConnection(socket, options);
    socket.on('error', () => {});
    socket.on('data', (chunk) => connection.take(chunk));
  });
}

/** One direction of the protected records. */
interface Direction {
  readonly key: Buffer;
  readonly salt: Buffer;
  count: bigint;
}

class OldTlsConnection {
  readonly #socket: Socket;
  readonly #options: OldTlsOptions;
  readonly #ecdh = createECDH(CURVE);
  readonly #serverRandom = randomBytes(32);
  /** Handshake messages of both sides. */
  readonly #transcript: Buffer[] = [];
  #clientRandom: Buffer = Buffer.alloc(0);
  #waiting: Buffer = Buffer.alloc(0);
  #master: Buffer = Buffer.alloc(0);
  #incoming: Direction | undefined;
  #outgoing: Direction | undefined;
  #isProtected = false;
  #request = '';

  constructor(socket: Socket, options: OldTlsOptions) {
    this.#socket = socket;
    this.#options = options;
  }

  take(chunk: Buffer): void {
    this.#waiting = Buffer.concat([this.#waiting, chunk]);
    while (this.#waiting.length >= 5) {
      const end = 5 + this.#waiting.readUInt16BE(3);
      if (this.#waiting.length < end) return;
      const type = this.#waiting[0] ?? 0;
      const body = this.#waiting.subarray(5, end);
      this.#waiting = this.#waiting.subarray(end);
      this.#onRecord(type, body);
    }
  }

  #onRecord(type: number, body: Buffer): void {
    if (type === RECORD.changeCipher) {
      this.#isProtected = true;
      return;
    }
    const plain = this.#isProtected ? this.#open(type, body) : body;
    if (type === RECORD.data) this.#onData(plain);
    if (type !== RECORD.handshake) return;
    this.#transcript.push(plain);
    const message = plain.subarray(4);
    if (plain[0] === MESSAGE.clientHello) this.#greet(message);
    if (plain[0] === MESSAGE.clientKeyExchange) this.#agree(message.subarray(1));
    if (plain[0] === MESSAGE.finished) this.#finish();
  }

  #greet(hello: Buffer): void {
    this.#clientRandom = hello.subarray(2, 34);
    const { cert, key } = this.#options;
    const point = this.#ecdh.generateKeys();
    const parameters = Buffer.concat([Buffer.from([3, 0, CURVE_NUMBER, point.length]), point]);
    const signature = createSign('sha256')
      .update(Buffer.concat([this.#clientRandom, this.#serverRandom, parameters]))
      .sign(key);
    const list = sized(3, new X509Certificate(cert).raw);
    const messages = [
      message(2, Buffer.from(VERSION), this.#serverRandom, Buffer.from([0, ...SUITE, 0])),
      message(11, sized(3, list)),
      message(12, parameters, Buffer.from(SCHEME), sized(2, signature)),
      message(14),
    ];
    for (const one of messages) {
      this.#transcript.push(one);
      this.#socket.write(record(RECORD.handshake, one));
    }
  }

  #agree(point: Buffer): void {
    const randoms = [this.#clientRandom, this.#serverRandom];
    this.#master = expand(this.#ecdh.computeSecret(point), 'master secret', Buffer.concat(randoms), 48);
    const length = 2 * (KEY_BYTES + SALT_BYTES);
    const block = expand(this.#master, 'key expansion', Buffer.concat(randoms.toReversed()), length);
    const keys = [0, KEY_BYTES].map((at) => block.subarray(at, at + KEY_BYTES));
    const salts = [2 * KEY_BYTES, 2 * KEY_BYTES + SALT_BYTES].map((at) =>
      block.subarray(at, at + SALT_BYTES),
    );
    const direction = (at: number): Direction => ({
      key: keys[at] ?? Buffer.alloc(0),
      salt: salts[at] ?? Buffer.alloc(0),
      count: 0n,
    });
    this.#incoming = direction(0);
    this.#outgoing = direction(1);
  }

  #finish(): void {
    const hash = createHash('sha256').update(Buffer.concat(this.#transcript)).digest();
    const finished = message(MESSAGE.finished, expand(this.#master, 'server finished', hash, 12));
    this.#socket.write(record(RECORD.changeCipher, Buffer.from([1])));
    this.#socket.write(this.#seal(RECORD.handshake, finished));
  }

  #onData(plain: Buffer): void {
    this.#request += plain.toString('latin1');
    if (this.#request.includes('\r\n\r\n')) {
      this.#socket.end(this.#seal(RECORD.data, Buffer.from(this.#options.answer, 'latin1')));
    }
  }

  #open(type: number, body: Buffer): Buffer {
    const direction = this.#incoming;
    if (direction === undefined) throw new Error('a protected record before the keys');
    const nonce = Buffer.concat([direction.salt, body.subarray(0, NONCE_BYTES)]);
    const text = body.subarray(NONCE_BYTES, -TAG_BYTES);
    const decipher = createDecipheriv('aes-128-gcm', direction.key, nonce);
    decipher.setAAD(header(direction.count++, type, text.length));
    decipher.setAuthTag(body.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(text), decipher.final()]);
  }

  #seal(type: number, plain: Buffer): Buffer {
    const direction = this.#outgoing;
    if (direction === undefined) throw new Error('a protected record before the keys');
    const explicit = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-128-gcm', direction.key, Buffer.concat([direction.salt, explicit]));
    cipher.setAAD(header(direction.count++, type, plain.length));
    const text = Buffer.concat([cipher.update(plain), cipher.final()]);
    return record(type, Buffer.concat([explicit, text, cipher.getAuthTag()]));
  }
}

/** Writes what the tag of a protected record covers beside its text (RFC 5246, section 6.2.3.3). */
function header(count: bigint, type: number, length: number): Buffer {
  const bytes = Buffer.alloc(13);
  bytes.writeBigUInt64BE(count);
  bytes.set([type, ...VERSION], 8);
  bytes.writeUInt16BE(length, 11);
  return bytes;
}

function record(type: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([type, ...VERSION]), sized(2, body)]);
}

function message(type: number, ...parts: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([type]), sized(3, Buffer.concat(parts))]);
}

function sized(octets: number, body: Buffer): Buffer {
  const length = Buffer.alloc(octets);
  length.writeUIntBE(body.length, 0, octets);
  return Buffer.concat([length, body]);
}

/** Expands a secret (RFC 5246, section 5). */
function expand(secret: Buffer, label: string, seed: Buffer, length: number): Buffer {
  const hmac = (data: Buffer) => createHmac('sha256', secret).update(data).digest();
  const whole = Buffer.concat([Buffer.from(label), seed]);
  let result = Buffer.alloc(0);
  for (let step = hmac(whole); result.length < length; step = hmac(step)) {
    result = Buffer.concat([result, hmac(Buffer.concat([step, whole]))]);
  }
  return result.subarray(0, length);
}
