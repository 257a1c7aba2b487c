import { damaged } from './ber-reader.ts';
import { BerWriter } from './ber-writer.ts';
import type { Exchange } from './exchange.ts';
import { Peer } from './peer.ts';
import { ProbeSocket } from './probe-socket.ts';
import { RequestIds } from './request-ids.ts';
import { RequestInFlight } from './request-in-flight.ts';
import { createSnmpCounters } from './snmp-counters.ts';
import { SnmpError } from './snmp-error.ts';
import { MessageView, readMessage } from './snmp-message.ts';
import { UdpLane } from './udp-lane.ts';

export interface DispatcherOptions {
  readonly sockets: number;
  readonly receiveBufferBytes: number;
  readonly maxInFlight: number;
  readonly maxVarbindsPerPdu: number;
  readonly mayAsk?: (() => boolean) | undefined;
  readonly onSent?: ((address: string, port: number) => void) | undefined;
}

type Lane = UdpLane<RequestInFlight>;

const TICK_MS = 20;
/**
 * Delay of a tick that shows that the process stood still: answers may wait in the sockets, so nothing is judged yet.
 */
const STALL_MS = 120;
const MAX_PROBES = 256;
const POOLED_WRITERS = 512;
/** Octets that a datagram costs its socket buffer beside its data; the kernel rounds it up. */
const DATAGRAM_OVERHEAD_BYTES = 1_024;

/**
 * Sends requests within the windows of the sockets and brings replies to the device that they belong to. Holds all
 * requests in flight; one timer looks after them, and runs only while there are any.
 */
export class Dispatcher {
  readonly counters = createSnmpCounters();
  private readonly options: DispatcherOptions;
  private readonly lanes: { readonly 4: Lane[]; readonly 6: Lane[] } = { 4: [], 6: [] };
  private readonly peers = new Map<string, Peer>();
  private readonly pending = new Map<number, RequestInFlight>();
  private readonly ids = new RequestIds();
  private readonly view = new MessageView();
  private readonly writers: BerWriter[] = [];
  private probes = 0;
  private queued = 0;
  private nextLane = 0;
  private timer: NodeJS.Timeout | undefined;
  private lastTick = 0;
  private isClosed = false;

  constructor(options: DispatcherOptions) {
    this.options = options;
  }

  /** Returns the peer of an address, made when it is new; `release` it as often as it was taken. */
  acquire(address: string, port: number): Peer {
    const key = `${address} ${port}`;
    let peer = this.peers.get(key);
    if (peer === undefined) {
      const lane = this.laneFor(address.includes(':') ? 6 : 4);
      peer = new Peer({
        address,
        port,
        lane,
        counters: this.counters,
        maxVarbindsPerPdu: this.options.maxVarbindsPerPdu,
        open: (handler) => this.openExchange(new RequestInFlight(handler, lane), handler),
      });
      this.peers.set(key, peer);
    }
    peer.users++;
    return peer;
  }

  release(peer: Peer): void {
    if (--peer.users === 0) this.peers.delete(`${peer.address} ${peer.port}`);
  }

  private openExchange(flight: RequestInFlight, peer: Peer): Exchange {
    return {
      get sentAt() {
        return flight.sentAt;
      },
      get requestId() {
        return flight.requestId;
      },
      submit: (isContinuing) => {
        if (this.isClosed) peer.cancelAll(undefined, closedError());
        else this.enqueue(flight, isContinuing);
      },
      withdraw: () => this.withdraw(flight),
      repeat: () => this.repeat(flight),
    };
  }

  private enqueue(flight: RequestInFlight, isContinuing: boolean): void {
    flight.isQueued = true;
    this.queued++;
    (isContinuing ? flight.lane.continuing : flight.lane.fresh).push(flight);
    this.pump(flight.lane);
  }

  private withdraw(flight: RequestInFlight): void {
    if (flight.isQueued) {
      flight.isQueued = false;
      this.queued--;
    }
    if (flight.request === undefined) return;
    this.pending.delete(flight.requestId);
    flight.lane.reserved -= flight.reserved;
    flight.reserved = 0;
    if (this.writers.length < POOLED_WRITERS && flight.request.buffer.length <= 4_096)
      this.writers.push(flight.request);
    flight.request = undefined;
    if (flight.probe !== undefined) {
      flight.probe.close();
      flight.probe = undefined;
      this.probes--;
    }
  }

  private repeat(flight: RequestInFlight): void {
    if (flight.request === undefined) return;
    flight.dueAt = flight.handler.dueAfter(performance.now());
    this.transmit(flight, flight.request);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const peer of this.peers.values()) peer.cancelAll(undefined, closedError());
    clearTimeout(this.timer);
    this.timer = undefined;
    await Promise.all([...this.lanes[4], ...this.lanes[6]].map((lane) => lane.close()));
  }

  private laneFor(family: 4 | 6): Lane {
    const lanes = this.lanes[family];
    const number = this.nextLane++ % this.options.sockets;
    let lane = lanes[number];
    if (lane === undefined) {
      lane = new UdpLane<RequestInFlight>(family, this.options.receiveBufferBytes, this.onDatagram);
      lanes.push(lane);
    }
    return lane;
  }

  private pump(lane: Lane): void {
    while (lane.reserved < lane.windowBytes && this.pending.size < this.options.maxInFlight) {
      const flight = lane.continuing.take() ?? lane.fresh.take();
      if (flight === undefined) return;
      if (!flight.isQueued) continue;
      if (this.options.mayAsk?.() === false) {
        lane.continuing.push(flight);
        break;
      }
      flight.isQueued = false;
      this.queued--;
      this.sendNext(flight);
    }
    this.arm();
  }

  private sendNext(flight: RequestInFlight): void {
    const writer = this.writers.pop() ?? new BerWriter();
    writer.reset();
    const id = this.ids.next(this.pending, flight.handler.needsShortIds);
    if (!flight.handler.write(writer, id)) return;
    const now = performance.now();
    flight.request = writer;
    flight.requestId = id;
    flight.sentAt = now;
    flight.dueAt = flight.handler.dueAfter(now);
    const expected = flight.handler.expectedBytes;
    flight.reserved = expected === 0 ? 0 : expected * 2 + DATAGRAM_OVERHEAD_BYTES;
    flight.lane.reserved += flight.reserved;
    this.pending.set(id, flight);
    this.arm();
    this.transmit(flight, writer);
  }

  private transmit(flight: RequestInFlight, writer: BerWriter): void {
    this.counters.sent++;
    this.counters.bytesSent += writer.size;
    this.options.onSent?.(flight.handler.address, flight.handler.port);
    if (flight.handler.needsProbe && flight.probe === undefined && this.probes < MAX_PROBES) {
      this.probes++;
      flight.probe = new ProbeSocket(flight.handler, this.onDatagram);
    }
    if (flight.probe !== undefined) flight.probe.send(writer.view());
    else flight.lane.send(writer.buffer, writer.at, writer.size, flight.handler);
  }

  private readonly onDatagram = (datagram: Buffer, address: string, port: number): void => {
    this.handle(datagram, address, port);
    release(datagram);
  };

  private handle(datagram: Buffer, address: string, port: number): void {
    const { counters, view } = this;
    counters.received++;
    counters.bytesReceived += datagram.length;
    try {
      readMessage(datagram, view);
    } catch (error) {
      counters.droppedMalformed++;
      const peer = this.peers.get(`${address} ${port}`);
      peer?.onDamage(error instanceof SnmpError ? error : damaged('it cannot be read'));
      return;
    }
    const flight = this.pending.get(view.id);
    if (flight !== undefined && flight.handler.port === port && flight.handler.address === address) {
      flight.handler.onMessage(view, datagram.length);
      // Only now, so that a walk goes on before another device takes its room.
      this.pump(flight.lane);
    } else {
      this.drop(flight, `${address} ${port}`);
    }
  }

  private drop(flight: RequestInFlight | undefined, source: string): void {
    const sender = this.peers.get(source);
    if (flight === undefined) this.counters.droppedUnknownId++;
    else this.counters.droppedWrongSource++;
    if (sender !== undefined) sender.onForeignId(this.view.id);
    else flight?.handler.onForeignSource(source.replace(' ', ' port '));
  }

  private arm(): void {
    if (this.timer !== undefined || this.isClosed || (this.pending.size === 0 && this.queued === 0)) return;
    this.lastTick = performance.now();
    this.timer = setTimeout(this.onTick, TICK_MS);
  }

  private readonly onTick = (): void => {
    this.timer = undefined;
    const now = performance.now();
    const isStalled = now - this.lastTick > STALL_MS;
    if (!isStalled) {
      for (const flight of this.pending.values()) {
        if (flight.dueAt <= now) {
          flight.handler.onDue(now);
        } else if (flight.reserved > 0 && now - flight.sentAt > flight.lane.holdMs) {
          // No part of a burst any more: a silent device keeps no room from the others.
          flight.lane.reserved -= flight.reserved;
          flight.reserved = 0;
        }
      }
    }
    for (const lane of [...this.lanes[4], ...this.lanes[6]]) this.pump(lane);
    this.arm();
  };
}

function closedError(): SnmpError {
  return new SnmpError('limit', 'The SNMP manager was stopped.');
}

/**
 * Frees a datagram's memory at once. Left to the garbage collector, hundreds of megabytes of answers wait for it, each
 * in a piece of the 64 KiB that were allocated to receive it.
 */
function release(datagram: Buffer): void {
  const memory = datagram.buffer;
  if (memory instanceof ArrayBuffer && memory.byteLength === datagram.length) memory.transfer(0);
}
