import type { BerWriter } from './ber-writer.ts';
import type { ExchangeHandler } from './exchange.ts';
import type { ProbeSocket } from './probe-socket.ts';
import type { UdpLane } from './udp-lane.ts';

/** The dispatcher's record of one device: what of it waits for room and what is in flight. Nobody else writes it. */
export class RequestInFlight {
  readonly handler: ExchangeHandler;
  readonly lane: UdpLane<RequestInFlight>;
  requestId = 0;
  /** The message in flight. */
  request: BerWriter | undefined;
  isQueued = false;
  sentAt = 0;
  dueAt = 0;
  /** Octets of the lane's window held for the answer. */
  reserved = 0;
  probe: ProbeSocket | undefined;

  constructor(handler: ExchangeHandler, lane: UdpLane<RequestInFlight>) {
    this.handler = handler;
    this.lane = lane;
  }
}
