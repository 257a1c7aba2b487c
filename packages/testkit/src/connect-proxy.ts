import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/**
 * A forward proxy on the loopback that tunnels with CONNECT. Names are looked up in `hosts` alone, so that tests may
 * use names that do not exist.
 */
export class ConnectProxy {
  /** `host:port` of each requested tunnel, refused ones too. */
  readonly asked: string[] = [];
  /** Ports of the loopback by the `host:port` that callers ask for. */
  readonly hosts = new Map<string, number>();
  /** The `user:password` that callers must send; undefined when none is needed. */
  credentials: string | undefined;
  /** Status with which every tunnel is refused. */
  refuseWith: number | undefined;
  /** All bytes that went through, as text. */
  seen = '';
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #port = 0;

  constructor() {
    this.#server = createServer((_, response) => response.writeHead(405).end());
    this.#server.on('connect', (request, client: Socket, head: Buffer) => {
      this.#keep(client);
      const refusal = this.#refusal(request.url ?? '', request.headers['proxy-authorization']);
      if (refusal !== undefined) {
        client.end(`HTTP/1.1 ${refusal} Refused\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      this.#tunnel(client, head, this.hosts.get(request.url ?? '') ?? 0);
    });
  }

  get port(): number {
    return this.#port;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #refusal(target: string, authorization: string | undefined): number | undefined {
    this.asked.push(target);
    const wanted = this.credentials && `Basic ${Buffer.from(this.credentials).toString('base64')}`;
    if (wanted !== undefined && authorization !== wanted) return 407;
    if (this.refuseWith !== undefined) return this.refuseWith;
    return this.hosts.has(target) ? undefined : 502;
  }

  #tunnel(client: Socket, head: Buffer, port: number): void {
    const server = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      if (head.length > 0) server.write(head);
      client.pipe(server).pipe(client);
    });
    this.#keep(server);
    for (const socket of [client, server]) {
      socket.on('data', (chunk: Buffer) => {
        this.seen += chunk.toString('latin1');
      });
    }
    client.once('close', () => server.destroy());
    server.once('close', () => client.destroy());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
