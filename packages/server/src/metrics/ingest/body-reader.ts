import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import { appError } from '../../platform/http/index.ts';
import { BufferPool } from './buffer-pool.ts';
import { type ByteAccount, Gate } from './byte-budget.ts';

const gunzipAsync = promisify(gunzip);
/** Most unpacked bytes of a body that is unpacked on the event loop; for these the thread pool costs more. */
const SYNC_UNPACKED_BYTES = 256 * 1024;
const OWN_CHUNK_BYTES = 16 * 1024;
const GZIP_MIN_BYTES = 18;
/**
 * The gate that lets two large bodies be unpacked at a time, which bounds the memory of bombs before they are noticed.
 */
const unpacking = new Gate(2);
const pool = new BufferPool();

export interface IncomingBody {
  headers: IncomingHttpHeaders;
  stream: Readable;
}

/** A body, unpacked. `release` gives its memory back; nobody may use it afterwards. */
export interface ReadBody {
  bytes: Buffer;
  release(): void;
}

/**
 * Reads a body, unpacks it and charges every byte held to the account.
 * @throws AppError 400 for an encoding we do not speak or a damaged body, 413 above the limit, 503 without room
 */
export async function readBody(
  body: IncomingBody,
  limitBytes: number,
  account: ByteAccount,
): Promise<ReadBody> {
  const isPacked = isGzip(body.headers['content-encoding']);
  const declared = Number(body.headers['content-length'] ?? 0);
  if (declared > limitBytes) throw tooLarge(limitBytes);
  hold(account, declared);
  // A buffer is taken ahead of the bytes only for a body of known size, which is sure to come soon.
  const buffer = !isPacked && declared > 0 ? pool.take(declared) : undefined;
  const release = () => {
    if (buffer) pool.give(buffer);
  };
  try {
    const raw = await collect(body.stream, { limitBytes, account, buffer });
    return { bytes: isPacked ? await unpack(raw, limitBytes, account) : raw, release };
  } catch (error) {
    release();
    throw error;
  }
}

function isGzip(encoding: string | undefined): boolean {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return false;
  if (name === 'gzip' || name === 'x-gzip') return true;
  throw appError('unsupported_encoding', 'The body may be gzip or plain.');
}

interface Collecting {
  limitBytes: number;
  account: ByteAccount;
  /** Buffer for the bytes, which fit into it; undefined collects chunks. */
  buffer: Buffer | undefined;
}

function collect(stream: Readable, { limitBytes, account, buffer }: Collecting): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const fail = (error: Error) => {
      // What is left of the body is for whoever gives the answer (platform/http/unfinished-body.ts).
      stream.removeAllListeners('data');
      stream.pause();
      reject(error);
    };
    stream.on('data', (chunk: Buffer) => {
      const at = size;
      size += chunk.length;
      if (size > limitBytes) return fail(tooLarge(limitBytes));
      if (!account.hold(Math.max(size, buffer?.length ?? 0))) return fail(noRoom());
      if (buffer) copyAndFree(chunk, buffer, at);
      else chunks.push(chunk);
    });
    stream.once('end', () => {
      const [only] = chunks;
      if (buffer) resolve(buffer.subarray(0, size));
      else resolve(chunks.length === 1 && only ? only : Buffer.concat(chunks, size));
    });
    stream.once('error', () => reject(endedEarly()));
    stream.once('close', () => {
      // The event comes after every end as well, where an error made for nothing would cost its stack.
      if (!stream.readableEnded) reject(endedEarly());
    });
  });
}

/**
 * Copies a chunk and frees its memory at once. Each chunk is an allocation of its own, which the garbage collector sees
 * only as memory outside of its heap: it then marks the whole heap every 64 MiB of bodies, a third of our cost.
 */
function copyAndFree(chunk: Buffer, target: Buffer, at: number): void {
  chunk.copy(target, at);
  const { buffer } = chunk;
  // Memory that others use too, such as a slice of Node's own pool, stays.
  if (
    chunk.length >= OWN_CHUNK_BYTES &&
    buffer.byteLength === chunk.length &&
    buffer instanceof ArrayBuffer
  ) {
    buffer.transfer(0);
  }
}

async function unpack(packed: Buffer, limitBytes: number, account: ByteAccount): Promise<Buffer> {
  if (packed.length < GZIP_MIN_BYTES) throw truncated();
  // The last four bytes state the unpacked size. They may lie, so they only pick the way and the first buffer.
  const statedBytes = packed.readUInt32LE(packed.length - 4);
  if (statedBytes > 0 && statedBytes <= SYNC_UNPACKED_BYTES && packed.length <= SYNC_UNPACKED_BYTES) {
    const unpacked = unpackSmall(packed, statedBytes);
    if (unpacked) {
      hold(account, packed.length + unpacked.length);
      return unpacked;
    }
  }
  const chunkSize = Math.min(Math.max(statedBytes, 16_384), 1024 * 1024);
  const unpacked = await unpacking.run(() =>
    gunzipAsync(packed, { maxOutputLength: limitBytes, chunkSize }).catch((error: unknown) => {
      throw unpackFault(error, limitBytes);
    }),
  );
  hold(account, unpacked.length);
  return unpacked;
}

/** Unpacks a body on the event loop. @returns undefined when it is larger than it states */
function unpackSmall(packed: Buffer, statedBytes: number): Buffer | undefined {
  try {
    return gunzipSync(packed, { maxOutputLength: statedBytes, chunkSize: Math.max(statedBytes, 64) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined;
    throw unpackFault(error, statedBytes);
  }
}

function unpackFault(error: unknown, limitBytes: number): Error {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(limitBytes);
  if (code === 'Z_BUF_ERROR') return truncated();
  return appError('bad_request', 'The body is not valid gzip.');
}

function hold(account: ByteAccount, bytes: number): void {
  if (!account.hold(bytes)) throw noRoom();
}

const tooLarge = (limitBytes: number) =>
  appError('body_too_large', `The body is larger than ${limitBytes} bytes unpacked.`);
const truncated = () => appError('truncated_body', 'The gzip body ends too early.');
const endedEarly = () => appError('truncated_body', 'The connection ended before the body did.');
const noRoom = () => appError('overloaded', 'Too much data is being taken in at the moment.');
