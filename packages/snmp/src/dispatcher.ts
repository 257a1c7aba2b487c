import { damaged } from './ber-reader.ts';
import { BerWriter } from './ber-writer.ts';
import { Peer } from './peer.ts';
import { ProbeSocket } from './probe-socket.ts';
import { RequestIds } from './request-ids.ts';
import { createSnmpCounters } from './snmp-counters.ts';
import { SnmpError } from './snmp-error.ts';
import { MessageView, readMessage } from './snmp-message.ts';
import { UdpLane } from './udp-lane.ts';

export interface DispatcherOptions {
  readonly sockets: number;
  readonly receiveBufferBytes: number;
  readonly maxInFlight: number;
  readonly maxVarbindsPerPdu: number;
}

const TICK_MS = 20;
/** A tick this late means that the process stood still: answers may wait in the sockets, so nothing is judged yet. */
const STALL_MS = 120;
const MAX_PROBES = 256;
const POOLED_WRITERS = 512;
/** Beside its data, a datagram costs its socket buffer; the kernel rounds it up. */
const DATAGRAM_OVERHEAD_BYTES = 1_024;

/**
 * Sends requests within the windows of the sockets and brings replies to the device that they belong to. Holds all
 * requests in flight; one timer looks after them, and runs only while there are any.
 */
export class Dispatcher {
  readonly counters = createSnmpCounters();
  readonly maxVarbindsPerPdu: number;
  private readonly options: DispatcherOptions;
  private readonly lanes: { readonly 4: UdpLane[]; readonly 6: UdpLane[] } = { 4: [], 6: [] };
  private readonly peers = new Map<string, Peer>();
  private readonly pending = new Map<number, Peer>();
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
    this.maxVarbindsPerPdu = options.maxVarbindsPerPdu;
  }

  /** The peer of an address, made when it is new; `release` it as often as it was taken. */
  acquire(address: string, port: number): Peer {
    const key = `${address} ${port}`;
    let peer = this.peers.get(key);
    if (peer === undefined) {
      peer = new Peer(this, this.laneFor(address.includes(':') ? 6 : 4), address, port);
      this.peers.set(key, peer);
    }
    peer.users++;
    return peer;
  }

  release(peer: Peer): void {
    if (--peer.users === 0) this.peers.delete(`${peer.address} ${peer.port}`);
  }

  /** Sends the peer's next message as soon as there is room. */
  submit(peer: Peer, isContinuing: boolean): void {
    if (this.isClosed) {
      peer.cancelAll(undefined, closedError());
      return;
    }
    peer.isQueued = true;
    this.queued++;
    (isContinuing ? peer.lane.continuing : peer.lane.fresh).push(peer);
    this.pump(peer.lane);
  }

  /** The peer's request is over, answered or not. */
  withdraw(peer: Peer): void {
    if (peer.isQueued) {
      peer.isQueued = false;
      this.queued--;
    }
    if (peer.request === undefined) return;
    this.pending.delete(peer.requestId);
    peer.lane.reserved -= peer.reserved;
    peer.reserved = 0;
    if (this.writers.length < POOLED_WRITERS && peer.request.buffer.length <= 4_096)
      this.writers.push(peer.request);
    peer.request = undefined;
    if (peer.probe !== undefined) {
      peer.probe.close();
      peer.probe = undefined;
      this.probes--;
    }
  }

  /** Sends the request in flight once more, unchanged. */
  repeat(peer: Peer): void {
    if (peer.request === undefined) return;
    peer.dueAt = peer.dueAfter(performance.now());
    this.transmit(peer, peer.request);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const peer of this.peers.values()) peer.cancelAll(undefined, closedError());
    clearTimeout(this.timer);
    this.timer = undefined;
    await Promise.all([...this.lanes[4], ...this.lanes[6]].map((lane) => lane.close()));
  }

  private laneFor(family: 4 | 6): UdpLane {
    const lanes = this.lanes[family];
    const number = this.nextLane++ % this.options.sockets;
    let lane = lanes[number];
    if (lane === undefined) {
      lane = new UdpLane(family, this.options.receiveBufferBytes, this.onDatagram);
      lanes.push(lane);
    }
    return lane;
  }

  private pump(lane: UdpLane): void {
    while (lane.reserved < lane.windowBytes && this.pending.size < this.options.maxInFlight) {
      const peer = lane.continuing.take() ?? lane.fresh.take();
      if (peer === undefined) return;
      if (!peer.isQueued) continue;
      peer.isQueued = false;
      this.queued--;
      this.sendNext(peer);
    }
    this.arm();
  }

  private sendNext(peer: Peer): void {
    const writer = this.writers.pop() ?? new BerWriter();
    writer.reset();
    const id = this.ids.next(this.pending);
    if (!peer.write(writer, id)) return;
    const now = performance.now();
    peer.request = writer;
    peer.requestId = id;
    peer.sentAt = now;
    peer.dueAt = peer.dueAfter(now);
    const expected = peer.expectedBytes;
    peer.reserved = expected === 0 ? 0 : expected * 2 + DATAGRAM_OVERHEAD_BYTES;
    peer.lane.reserved += peer.reserved;
    this.pending.set(id, peer);
    this.arm();
    this.transmit(peer, writer);
  }

  private transmit(peer: Peer, writer: BerWriter): void {
    this.counters.sent++;
    this.counters.bytesSent += writer.size;
    if (peer.needsProbe && peer.probe === undefined && this.probes < MAX_PROBES) {
      this.probes++;
      peer.probe = new ProbeSocket(peer, this.onDatagram);
    }
    if (peer.probe !== undefined) peer.probe.send(writer.view());
    else peer.lane.send(writer.buffer, writer.at, writer.size, peer);
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
    const peer = this.pending.get(view.id);
    if (peer === undefined) counters.droppedUnknownId++;
    else if (peer.port !== port || peer.address !== address) counters.droppedWrongSource++;
    else {
      peer.onMessage(view, datagram.length);
      // Only now, so that a walk goes on before another device takes its room.
      this.pump(peer.lane);
    }
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
      for (const peer of this.pending.values()) {
        if (peer.dueAt <= now) {
          peer.onDue(now);
        } else if (peer.reserved > 0 && now - peer.sentAt > peer.lane.holdMs) {
          // No part of a burst any more: a silent device keeps no room from the others.
          peer.lane.reserved -= peer.reserved;
          peer.reserved = 0;
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
