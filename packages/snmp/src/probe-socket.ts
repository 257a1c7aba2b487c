import { createSocket, type Socket } from 'node:dgram';
import type { ExchangeHandler } from './exchange.ts';
import { type DatagramHandler, skipLookup } from './udp-lane.ts';

/**
 * A connected socket for one silent device. Only a connected socket learns of the network's "port unreachable", so
 * repeats go this way: a device where nothing listens is distinguished from one that does not answer, and at once.
 */
export class ProbeSocket {
  private readonly socket: Socket;
  private isConnected = false;
  private isClosed = false;
  private waiting: Buffer | undefined;

  constructor(peer: ExchangeHandler, onDatagram: DatagramHandler) {
    this.socket = createSocket({ type: peer.family === 6 ? 'udp6' : 'udp4', lookup: skipLookup });
    const fail = (error: Error): void => {
      if (!this.isClosed) peer.onUnreachable(error);
    };
    this.socket.on('error', fail);
    this.socket.on('message', (datagram: Buffer, from) => onDatagram(datagram, from.address, from.port));
    this.socket.connect(peer.port, peer.address, (...failure: readonly unknown[]) => {
      const [error] = failure;
      if (this.isClosed) return;
      if (error instanceof Error) {
        fail(error);
        return;
      }
      this.isConnected = true;
      if (this.waiting !== undefined) this.send(this.waiting);
    });
  }

  /** Sends a datagram, which must stay as it is until the socket is closed or the next one is sent. */
  send(datagram: Buffer): void {
    if (!this.isConnected) {
      this.waiting = datagram;
      return;
    }
    this.socket.send(datagram, (error) => {
      if (error !== null && !this.isClosed) this.socket.emit('error', error);
    });
  }

  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.socket.close();
  }
}
