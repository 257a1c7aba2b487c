import { type AddressInfo, connect } from 'node:net';
import { createServer, type Server, type TLSSocket } from 'node:tls';
import type { TlsKeyPair } from './test-authority.ts';

/** A TLS proxy in front of a plain server of the loopback. Keeps everything that callers sent inside TLS. */
export class TlsFront {
  /** Everything that came through TLS, as text. */
  heard = '';
  /** Number of connections that ended during the handshake: callers that did not trust the certificate. */
  refusedHandshakes = 0;
  readonly #server: Server;
  readonly #sockets = new Set<TLSSocket>();
  #port = 0;

  constructor(pair: TlsKeyPair, backendPort: () => number) {
    this.#server = createServer(pair, (client) => {
      this.#sockets.add(client);
      const backend = connect(backendPort(), '127.0.0.1');
      client.on('data', (chunk: Buffer) => {
        this.heard += chunk.toString('latin1');
      });
      client.pipe(backend).pipe(client);
      for (const [socket, other] of [
        [client, backend],
        [backend, client],
      ] as const) {
        socket.on('error', () => {});
        socket.once('close', () => other.destroy());
      }
      client.once('close', () => this.#sockets.delete(client));
    });
    this.#server.on('tlsClientError', () => {
      this.refusedHandshakes += 1;
    });
  }

  get port(): number {
    return this.#port;
  }

  /** Serves another certificate from now on; open connections are ended. */
  present(pair: TlsKeyPair): void {
    this.#server.setSecureContext(pair);
    for (const socket of this.#sockets) socket.destroy();
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => {
      this.#server.close(resolve);
    });
  }
}
