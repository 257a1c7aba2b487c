import type { BerWriter } from './ber-writer.ts';
import type { SnmpError } from './snmp-error.ts';
import type { MessageView } from './snmp-message.ts';

/** An endpoint at which a device receives SNMP. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
  readonly family: 4 | 6;
}

/**
 * The exchange of messages with one device, as its peer sees it: one message at a time is queued, in flight and
 * withdrawn. The dispatcher gives it, and alone knows what is in flight.
 */
export interface Exchange {
  /** Time at which the message in flight was first sent, by `performance.now()`. */
  readonly sentAt: number;
  /** Id of the message in flight, or of the last one. */
  readonly requestId: number;
  /** Sends the peer's next message as soon as there is room. A walk that continues goes before one that begins. */
  submit(isContinuing: boolean): void;
  /** Ends the request in flight, or its waiting for room; without one it does nothing. */
  withdraw(): void;
  /** Sends the message in flight once more, unchanged. */
  repeat(): void;
}

/** The peer's side of an exchange, called by the dispatcher. */
export interface ExchangeHandler extends Endpoint {
  /** True when the next message goes by a connected socket, which learns that nobody listens. */
  readonly needsProbe: boolean;
  /** True for a device that keeps only a part of an id. */
  readonly needsShortIds: boolean;
  /** Octets of room to keep for the answer; 0 for none. */
  readonly expectedBytes: number;
  /** Writes the next message; false when that failed and the operation has ended. */
  write(writer: BerWriter, requestId: number): boolean;
  /** Returns the time until which to wait for an answer to what is sent now. */
  dueAfter(now: number): number;
  onMessage(view: MessageView, bytes: number): void;
  /** Takes a message from the device whose id is not in flight. */
  onForeignId(id: number): void;
  /** Takes note that an answer with the right id came from elsewhere. */
  onForeignSource(source: string): void;
  onDamage(error: SnmpError): void;
  onDue(now: number): void;
  onUnreachable(error: Error): void;
}
