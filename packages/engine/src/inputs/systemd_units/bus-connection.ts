import { connect, type Socket } from 'node:net';
import { GatherError } from '../../input.ts';
import type { SharedService } from '../../shared-services.ts';
import { busUnreachable } from '../../target-words.ts';
import { type BusCall, type BusMessage, encodeCall, FIELD, MESSAGE, MessageStream } from './bus-message.ts';
import { BusFormatError, type BusValue, numberOf, textOf } from './bus-value.ts';

/** An error that the called service answered with. */
export class BusCallError extends Error {
  override readonly name = 'BusCallError';
  /** `org.freedesktop.DBus.Error.ServiceUnknown` and the like. */
  readonly errorName: string;

  constructor(errorName: string, message: string) {
    super(message === '' ? errorName : message);
    this.errorName = errorName;
  }
}

interface Pending {
  readonly resolve: (body: readonly BusValue[]) => void;
  readonly reject: (error: Error) => void;
}

/** Longest line of authentication: answers of the bus are lines of text and short. */
const MAX_AUTH_BYTES = 16 * 1024;

/**
 * A connection to a D-Bus message bus over its unix socket, for calls alone: SASL EXTERNAL (the kernel tells the bus who
 * we are), Hello, then calls and their answers. Opened by the first call, and again by the first one after it was lost.
 */
export class BusConnection implements SharedService {
  readonly #socketPath: string;
  readonly #userId: number;
  #open: Promise<OpenBus> | undefined;

  /** @param socketPath as `busSocketPath` gives it; `\0name` is an abstract one */
  constructor(socketPath: string, userId: number) {
    this.#socketPath = socketPath;
    this.#userId = userId;
  }

  /**
   * Calls a method.
   *
   * @throws GatherError when there is no bus, BusCallError when the service answers with an error, the signal's reason
   */
  async call(call: BusCall, signal: AbortSignal): Promise<readonly BusValue[]> {
    signal.throwIfAborted();
    this.#open ??= this.#connect();
    const bus = await abortable(this.#open, signal);
    return bus.call(call, signal);
  }

  async stop(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    (await open?.catch(() => undefined))?.close(new Error('the input was stopped'));
  }

  #connect(): Promise<OpenBus> {
    const opened: Promise<OpenBus> = openBus(this.#socketPath, this.#userId, () => {
      if (this.#open === opened) this.#open = undefined;
    });
    opened.catch(() => {
      if (this.#open === opened) this.#open = undefined;
    });
    return opened;
  }
}

async function openBus(socketPath: string, userId: number, onClose: () => void): Promise<OpenBus> {
  const socket = connect({ path: socketPath });
  // Nothing but the socket holds the process, and a bus that is silent must not.
  socket.unref();
  try {
    const rest = await authenticate(socket, userId);
    const bus = new OpenBus(socket, onClose);
    if (rest.length > 0) bus.take(rest);
    await bus.call(
      {
        destination: 'org.freedesktop.DBus',
        path: '/org/freedesktop/DBus',
        interface: 'org.freedesktop.DBus',
        member: 'Hello',
        arguments: [],
      },
      AbortSignal.timeout(OPEN_TIMEOUT_MS),
    );
    return bus;
  } catch (error) {
    socket.destroy();
    if (error instanceof GatherError) throw error;
    if (error instanceof BusFormatError) {
      throw new GatherError('bad_answer', `${shown(socketPath)} is no system bus.`, { cause: error });
    }
    throw new GatherError('refused', busUnreachable(shown(socketPath)), { cause: error });
  }
}

const OPEN_TIMEOUT_MS = 5000;

/**
 * Authenticates (D-Bus Specification, "Authentication Protocol"). Returns what came after the answer; nothing should.
 */
function authenticate(socket: Socket, userId: number): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>();
  let text = Buffer.alloc(0);
  const timer = setTimeout(
    () => reject(new GatherError('timeout', 'The system bus does not answer.')),
    OPEN_TIMEOUT_MS,
  );
  const onData = (chunk: Buffer): void => {
    text = Buffer.concat([text, chunk]);
    const end = text.indexOf('\r\n');
    if (end < 0) {
      if (text.length > MAX_AUTH_BYTES)
        reject(new GatherError('bad_answer', 'What answers is no system bus.'));
      return;
    }
    const line = text.toString('latin1', 0, end);
    if (line.startsWith('OK ')) {
      socket.write('BEGIN\r\n');
      resolve(text.subarray(end + 2));
    } else {
      reject(new GatherError('auth', `The system bus does not let user ${userId} in.`));
    }
  };
  socket.on('data', onData);
  socket.once('error', reject);
  socket.once('close', () => reject(new GatherError('refused', 'The system bus closed the connection.')));
  const identity = Buffer.from(String(userId), 'latin1').toString('hex');
  socket.write(`\0AUTH EXTERNAL ${identity}\r\n`);
  return promise.finally(() => {
    clearTimeout(timer);
    socket.removeListener('data', onData);
  });
}

/** A connection that the bus has let in. */
class OpenBus {
  readonly #socket: Socket;
  readonly #stream = new MessageStream();
  readonly #pending = new Map<number, Pending>();
  #serial = 0;
  #closed: Error | undefined;

  constructor(socket: Socket, onClose: () => void) {
    this.#socket = socket;
    const lost = (error: Error): void => {
      this.close(error);
      onClose();
    };
    socket.on('data', (chunk) => {
      try {
        this.take(chunk);
      } catch (error) {
        lost(new GatherError('bad_answer', 'The system bus sent what cannot be read.', { cause: error }));
      }
    });
    socket.on('error', lost);
    socket.on('close', () => lost(new GatherError('refused', 'The system bus closed the connection.')));
  }

  take(chunk: Buffer): void {
    for (const message of this.#stream.take(chunk)) this.#hear(message);
  }

  async call(call: BusCall, signal: AbortSignal): Promise<readonly BusValue[]> {
    if (this.#closed !== undefined) throw this.#closed;
    this.#serial = (this.#serial % 0xffff_ffff) + 1;
    const serial = this.#serial;
    const { promise, resolve, reject } = Promise.withResolvers<readonly BusValue[]>();
    this.#pending.set(serial, { resolve, reject });
    this.#socket.write(encodeCall(call, serial));
    try {
      return await abortable(promise, signal);
    } finally {
      this.#pending.delete(serial);
    }
  }

  close(error: Error): void {
    this.#closed ??= error;
    this.#socket.destroy();
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }

  #hear({ type, fields, body }: BusMessage): void {
    const waiting = this.#pending.get(numberOf(fields.get(FIELD.replySerial)));
    if (waiting === undefined) return;
    if (type === MESSAGE.answer) {
      waiting.resolve(body);
    } else if (type === MESSAGE.error) {
      waiting.reject(new BusCallError(textOf(fields.get(FIELD.errorName)), textOf(body[0])));
    }
  }
}

async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function shown(socketPath: string): string {
  return socketPath.startsWith('\0') ? `@${socketPath.slice(1)}` : socketPath;
}
