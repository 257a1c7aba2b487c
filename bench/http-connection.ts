import { connect, type Socket } from 'node:net';
import { type SecureContext, connect as secureConnect } from 'node:tls';

export interface Answer {
  status: number;
  /** Headers by lower-case name. */
  headers: ReadonlyMap<string, string>;
  body: string;
}

export interface ConnectionOptions {
  port: number;
  /** Source address of the connection. */
  from: string;
  timeoutMs: number;
  /** The authorities to trust, where the port speaks TLS. */
  tls?: SecureContext | undefined;
}

interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/** A keep-alive connection with one request at a time, opened when it is needed. */
export class HttpConnection {
  readonly #options: ConnectionOptions;
  #socket: Socket | undefined;
  #received = '';
  #waiting: Waiting | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** @throws when there is no connection, or it breaks or stays silent */
  async send(request: Buffer): Promise<Answer> {
    const socket = (this.#socket ??= await this.#open());
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise((resolve, reject) => {
        timer = setTimeout(() => {
          reject(new Error('no answer in time'));
          socket.destroy();
        }, this.#options.timeoutMs);
        this.#waiting = { resolve, reject };
        socket.write(request);
      });
    } finally {
      clearTimeout(timer);
      this.#waiting = undefined;
    }
  }

  close(): void {
    this.#socket?.destroy();
  }

  #open(): Promise<Socket> {
    const { port, from, tls } = this.#options;
    const address = { port, host: '127.0.0.1', localAddress: from };
    return new Promise((resolve, reject) => {
      const socket = tls
        ? secureConnect({ ...address, secureContext: tls, servername: 'localhost' })
        : connect(address);
      socket.setNoDelay(true);
      socket.setEncoding('latin1');
      socket.once(tls ? 'secureConnect' : 'connect', () => resolve(socket));
      socket.on('data', (text: string) => this.#onData(text));
      socket.on('error', reject);
      socket.on('close', () => {
        const error = new Error('the connection was closed');
        reject(error);
        if (this.#socket === socket) this.#end(error);
      });
    });
  }

  #end(error: Error): void {
    this.#socket = undefined;
    this.#received = '';
    this.#waiting?.reject(error);
  }

  #onData(text: string): void {
    this.#received += text;
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const [first = '', ...lines] = this.#received.slice(0, headEnd).split('\r\n');
    const headers = new Map(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
      }),
    );
    const bodyAt = headEnd + 4;
    const end = bodyAt + Number(headers.get('content-length') ?? 0);
    if (this.#received.length < end) return;
    const body = this.#received.slice(bodyAt, end);
    this.#received = this.#received.slice(end);
    const waiting = this.#waiting;
    if (headers.get('connection') === 'close') {
      this.#socket?.destroy();
      this.#socket = undefined;
    }
    waiting?.resolve({ status: Number(first.split(' ')[1]), headers, body });
  }
}

/** Encodes a request as bytes. */
export function bytesOf(
  line: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer = Buffer.alloc(0),
): Buffer {
  const all = {
    host: '127.0.0.1',
    ...headers,
    ...(body.length > 0 ? { 'content-length': body.length } : {}),
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`${line} HTTP/1.1\r\n${head.join('')}\r\n`), body]);
}
