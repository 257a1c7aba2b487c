import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';

export type DatagramHandler = (datagram: Buffer, address: string, port: number) => void;

const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

/** One UDP socket for each family, for messages to many hosts. Opened with the first message. */
export class ProbeSockets {
  readonly #onDatagram: DatagramHandler;
  readonly #sockets = new Map<4 | 6, Socket>();
  #isClosed = false;

  constructor(onDatagram: DatagramHandler) {
    this.#onDatagram = onDatagram;
  }

  /** Sends a datagram. @param onSent called once the system has taken it; never where it refuses to */
  send(message: Buffer, to: { readonly address: string; readonly port: number }, onSent: () => void): void {
    if (this.#isClosed) return;
    const family = to.address.includes(':') ? 6 : 4;
    this.#socketOf(family).send(message, to.port, to.address, (error) => {
      if (error === null) onSent();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const sockets = [...this.#sockets.values()];
    this.#sockets.clear();
    await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<void>((resolve) => {
            socket.close(() => resolve());
          }),
      ),
    );
  }

  #socketOf(family: 4 | 6): Socket {
    const known = this.#sockets.get(family);
    if (known !== undefined) return known;
    const socket = createSocket({
      type: family === 6 ? 'udp6' : 'udp4',
      ipv6Only: family === 6,
      lookup: skipLookup,
    });
    this.#sockets.set(family, socket);
    socket.on('message', (datagram: Buffer, from: RemoteInfo) => {
      if (!this.#isClosed) this.#onDatagram(datagram, from.address, from.port);
    });
    // What the system refuses to send is told to the sender; the socket stays good.
    socket.on('error', () => undefined);
    socket.on('listening', () => {
      try {
        socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES);
      } catch {
        // Not allowed: what the kernel gave is good enough at a pace that it was made for.
      }
    });
    return socket;
  }
}

/** Skips the lookup: these are addresses already, and node:dns and its thread pool stay out of every send. */
function skipLookup(host: string, ...rest: readonly unknown[]): void {
  const callback = rest.at(-1) as (error: null, address: string, family: number) => void;
  callback(null, host, host.includes(':') ? 6 : 4);
}
