import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const NOTIFICATION = 0x41;

/**
 * A proxy before PostgreSQL that loses notifications while it is `deaf`, as a pooler does that hands sessions around;
 * or whose connections so far stand still, as behind a firewall that has forgotten them.
 */
export class DeafDatabase {
  isDeaf = false;
  readonly #upstream: URL;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  constructor(url: string) {
    this.#upstream = new URL(url);
    this.#server = createServer((client) => this.#carry(client));
  }

  /** @returns the address of the database through this proxy */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#server.listen(0, '127.0.0.1', resolve);
    });
    const url = new URL(this.#upstream);
    url.hostname = '127.0.0.1';
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.toString();
  }

  /** Makes the open connections stand still for good; new ones work. */
  stall(): void {
    for (const socket of this.#sockets) socket.pause();
  }

  /** Cuts every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }

  #carry(client: Socket): void {
    const server = connect(Number(this.#upstream.port || 5432), this.#upstream.hostname);
    let rest: Buffer = Buffer.alloc(0);
    client.on('data', (chunk) => server.write(chunk));
    server.on('data', (chunk: Buffer) => {
      const { kept, left } = this.#filter(Buffer.concat([rest, chunk]));
      rest = left;
      if (kept.length > 0) client.write(kept);
    });
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }

  /** Takes notifications out. A message of the server is a type byte, a length that counts itself, and a body. */
  #filter(data: Buffer): { kept: Buffer; left: Buffer } {
    const kept: Buffer[] = [];
    let at = 0;
    while (at + 5 <= data.length) {
      const end = at + 1 + data.readUInt32BE(at + 1);
      if (end > data.length) break;
      if (!this.isDeaf || data[at] !== NOTIFICATION) kept.push(data.subarray(at, end));
      at = end;
    }
    return { kept: Buffer.concat(kept), left: data.subarray(at) };
  }
}
