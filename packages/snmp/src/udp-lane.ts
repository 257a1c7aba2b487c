import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { Endpoint } from './exchange.ts';
import { Fifo } from './fifo.ts';

export type DatagramHandler = (datagram: Buffer, address: string, port: number) => void;

/** Share of the receive buffer that replies on their way may fill. */
const BUFFER_SHARE = 0.75;
/** Limits of the time after which a reply is no longer expected with the others. */
const LEAST_HOLD_MS = 150;
const MOST_HOLD_MS = 2_000;
const HOLD_ROUND_TRIPS = 4;

/** Size of the receive buffer until the kernel reports it, as stock kernels have it. */
const DEFAULT_BUFFER_BYTES = 212_992;

/**
 * A shared UDP socket with a window: the replies that may arrive at once fit its receive buffer, so that a burst is not
 * dropped by our own kernel.
 */
export class UdpLane<Waiting = unknown> {
  /** Octets of receive buffer promised to requests in flight. */
  reserved = 0;
  windowBytes = DEFAULT_BUFFER_BYTES * BUFFER_SHARE;
  /** Devices waiting for room: those in the middle of a walk before those that start one, to hold few half walks. */
  readonly continuing = new Fifo<Waiting>();
  readonly fresh = new Fifo<Waiting>();
  readonly family: 4 | 6;
  private roundTripMs = 0;
  private socket: Socket | undefined;
  private readonly bufferBytes: number;
  private readonly onDatagram: DatagramHandler;

  constructor(family: 4 | 6, bufferBytes: number, onDatagram: DatagramHandler) {
    this.family = family;
    this.bufferBytes = bufferBytes;
    this.onDatagram = onDatagram;
  }

  /** Milliseconds that room is held for a reply. Follows the round trip, so that slow replies stay accounted for. */
  get holdMs(): number {
    return Math.min(Math.max(this.roundTripMs * HOLD_ROUND_TRIPS, LEAST_HOLD_MS), MOST_HOLD_MS);
  }

  /** Learns from the round trip of an answered request. */
  onAnswer(roundTripMs: number): void {
    this.roundTripMs += (roundTripMs - this.roundTripMs) / 64;
  }

  send(buffer: Buffer, at: number, length: number, to: Endpoint): void {
    // Without a callback a refused send counts as a lost datagram; the repeat finds out why (see ProbeSocket).
    (this.socket ?? this.open()).send(buffer, at, length, to.port, to.address);
  }

  close(): Promise<void> {
    const { socket } = this;
    this.socket = undefined;
    if (socket === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      socket.close(() => resolve());
    });
  }

  private open(): Socket {
    const socket = createSocket({
      type: this.family === 6 ? 'udp6' : 'udp4',
      ipv6Only: this.family === 6,
      lookup: skipLookup,
    });
    this.socket = socket;
    socket.on('message', (datagram: Buffer, from: RemoteInfo) => {
      this.onDatagram(datagram, from.address, from.port);
    });
    socket.on('listening', () => {
      this.widen(socket);
      // Requests under way keep the process running, not the socket.
      socket.unref();
    });
    socket.on('error', () => {
      // A socket that failed is replaced by the next request; what was in flight is repeated.
      if (this.socket === socket) this.socket = undefined;
      socket.close();
    });
    return socket;
  }

  private widen(socket: Socket): void {
    try {
      socket.setRecvBufferSize(this.bufferBytes);
    } catch {
      // Not allowed: what the kernel gave is good enough, and the window follows it.
    }
    this.windowBytes = socket.getRecvBufferSize() * BUFFER_SHARE;
  }
}

/** Skips the lookup: targets are addresses already, and node:dns and its thread pool stay out of every send. */
export function skipLookup(host: string, ...rest: readonly unknown[]): void {
  const callback = rest.at(-1) as (error: null, address: string, family: number) => void;
  callback(null, host, host.includes(':') ? 6 : 4);
}
