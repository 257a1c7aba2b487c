import type { BerWriter } from './ber-writer.ts';
import { BulkMemory } from './bulk-memory.ts';
import type { Exchange, ExchangeHandler } from './exchange.ts';
import { Fifo } from './fifo.ts';
import type { Operation } from './operation.ts';
import { PduSizing } from './pdu-sizing.ts';
import type { SnmpCounters } from './snmp-counters.ts';
import { SnmpError } from './snmp-error.ts';
import type { MessageView } from './snmp-message.ts';
import { networkUnreachable, noAnswer, nothingListens } from './snmp-words.ts';
import { isShortened, StrayAnswers } from './stray-answers.ts';
import type { UdpLane } from './udp-lane.ts';
import { UsmEngine } from './usm-engine.ts';

/** Time since its last answer within which a device is in the middle of its cycle. */
const ACTIVE_MS = 1_000;

export interface PeerOptions {
  readonly address: string;
  readonly port: number;
  readonly lane: UdpLane;
  readonly counters: SnmpCounters;
  readonly maxVarbindsPerPdu: number;
  /** Opens the exchange of messages for this peer. */
  readonly open: (peer: Peer) => Exchange;
}

/**
 * A peer is one address and port: the queue of operations for it, and the one request in flight. What is learnt of the device
 * (answer sizes, SNMPv3 engine, silence) lives here, for all sessions with it.
 */
export class Peer implements ExchangeHandler {
  readonly address: string;
  readonly port: number;
  readonly family: 4 | 6;
  readonly sizing: PduSizing;
  readonly bulk = new BulkMemory();
  readonly engine = new UsmEngine();
  /** Number of sessions that use it. */
  users = 0;

  private readonly lane: UdpLane;
  private readonly exchange: Exchange;
  private readonly counters: SnmpCounters;
  private readonly waiting = new Fifo<Operation>();
  private current: Operation | undefined;
  private attempt = 0;
  private answeredAt = Number.NEGATIVE_INFINITY;
  /** Time of the last request, repeats included. */
  private sentAt = Number.NEGATIVE_INFINITY;
  /** The wait between two requests that the pace of the device asks for. */
  private pause: NodeJS.Timeout | undefined;
  /** True when the last operation got no answer: the next one asks by a connected socket at once. */
  private isSilent = false;
  private readonly strays = new StrayAnswers();
  /** True when it was seen to answer with a part of an id. */
  needsShortIds = false;
  /** The fault of a damaged datagram that came from it while a request was in flight. */
  private damage: SnmpError | undefined;

  constructor(options: PeerOptions) {
    this.lane = options.lane;
    this.address = options.address;
    this.port = options.port;
    this.family = options.lane.family;
    this.counters = options.counters;
    this.sizing = new PduSizing(options.maxVarbindsPerPdu);
    this.exchange = options.open(this);
  }

  get needsProbe(): boolean {
    return this.isSilent || this.attempt > 0;
  }

  /** Octets of room to keep for the answer: none for a device that most likely stays silent. */
  get expectedBytes(): number {
    return this.isSilent || this.current === undefined ? 0 : this.current.work.expectedBytes();
  }

  enqueue(operation: Operation): void {
    this.waiting.push(operation);
    if (this.current === undefined) this.startNext();
  }

  /** Ends an operation from outside: aborted, or its owner closed. */
  cancel(operation: Operation, reason: unknown): void {
    operation.settle(reason);
    if (this.current !== operation) return;
    this.withdraw();
    this.startNext();
  }

  /** Ends all operations of an owner, or all. */
  cancelAll(owner: object | undefined, reason: unknown): void {
    for (let left = this.waiting.length; left > 0; left--) {
      const operation = this.waiting.take();
      if (operation === undefined) break;
      if (owner === undefined || operation.owner === owner) operation.settle(reason);
      else this.waiting.push(operation);
    }
    if (this.current !== undefined && (owner === undefined || this.current.owner === owner)) {
      this.cancel(this.current, reason);
    }
  }

  /** Writes the next message; false when that failed and the operation has ended. */
  write(writer: BerWriter, requestId: number): boolean {
    const operation = this.current;
    if (operation === undefined) return false;
    if (operation.budget.deadline <= performance.now()) {
      this.finish(outOfTime());
      return false;
    }
    try {
      operation.budget.takeRequest();
      this.sentAt = performance.now();
      this.strays.noteId(requestId);
      operation.codec.write(writer, operation.work, requestId);
      return true;
    } catch (error) {
      this.finish(error);
      return false;
    }
  }

  /** Returns the time until which to wait for an answer to what is sent now. */
  dueAfter(now: number): number {
    const operation = this.current;
    if (operation === undefined) return now;
    return Math.min(now + Math.max(operation.timeoutMs, operation.gapMs), operation.budget.deadline);
  }

  /** Takes a reply with the right id from the right address and port. */
  onMessage(view: MessageView, bytes: number): void {
    const operation = this.current;
    if (operation === undefined) return;
    try {
      const verdict = operation.codec.open(view);
      if (verdict !== 'answer' && verdict !== 'again') {
        this.counters[verdict]++;
        if (verdict === 'droppedUnknownId') this.onForeignId(view.pdu.requestId);
        else this.strays.note(STRAY_KINDS[verdict]);
        return;
      }
      this.withdraw();
      this.isSilent = false;
      this.damage = undefined;
      this.answeredAt = performance.now();
      // An answer to a repeat may be one to the first: its time says nothing.
      if (this.attempt === 0) this.lane.onAnswer(this.answeredAt - this.exchange.sentAt);
      this.attempt = 0;
      if (verdict === 'answer') {
        operation.budget.takeBytes(bytes);
        if (operation.work.accept(view.pdu, bytes)) {
          this.finish();
          return;
        }
      }
    } catch (error) {
      this.withdraw();
      this.finish(error);
      return;
    }
    // The handler may have cancelled what it was called for.
    if (this.current === operation) this.submit(true);
  }

  /** Takes an answer whose id is not in flight: to an earlier request, or with what is left of the id that was sent. */
  onForeignId(id: number): void {
    if (this.current === undefined) return;
    if (this.needsShortIds || !isShortened(this.exchange.requestId, id)) {
      this.strays.noteForeignId(id);
      return;
    }
    // Its answers are taken only for ids that it can keep, which are asked with at once.
    this.needsShortIds = true;
    this.withdraw();
    this.submit(true);
  }

  onForeignSource(source: string): void {
    this.strays.note('otherSource', source);
  }

  /** Takes a datagram from this device that cannot be read. It may be forged, so the right answer is waited for. */
  onDamage(error: SnmpError): void {
    if (this.current !== undefined) this.damage = error;
  }

  /** Takes the end of the wait for an answer; the dispatcher has withdrawn nothing yet. */
  onDue(now: number): void {
    const operation = this.current;
    if (operation === undefined) return;
    const isLate = operation.budget.deadline <= now;
    if (this.attempt >= operation.retries || isLate || this.damage !== undefined) {
      if (isLate || !operation.work.onGivenUp()) {
        this.onSilence(operation, now);
      } else {
        // Of a device that may be dead, one try tells whether it is silent to this kind of question alone.
        this.attempt = operation.budget.answers > 0 ? 0 : operation.retries;
        this.damage = undefined;
        this.withdraw();
        this.submit(false);
      }
      return;
    }
    this.attempt++;
    this.counters.retries++;
    // What is not changed goes out as the same octets again, for which a late answer counts too.
    const isLess = operation.work.onSilence(this.attempt);
    if (operation.codec.onSilence(this.attempt) || isLess) {
      this.withdraw();
      this.submit(false);
    } else {
      this.repeat(operation, now);
    }
  }

  private repeat(operation: Operation, now: number): void {
    try {
      operation.budget.takeRequest();
    } catch (error) {
      this.withdraw();
      this.finish(error);
      return;
    }
    this.sentAt = now;
    this.exchange.repeat();
  }

  /** Hands the next message over, once the pace of the device allows it. */
  private submit(isContinuing: boolean): void {
    const waitMs = this.sentAt + (this.current?.gapMs ?? 0) - performance.now();
    if (!(waitMs > 0)) {
      this.exchange.submit(isContinuing);
      return;
    }
    this.pause = setTimeout(() => {
      this.pause = undefined;
      this.exchange.submit(true);
    }, Math.ceil(waitMs));
  }

  private withdraw(): void {
    clearTimeout(this.pause);
    this.pause = undefined;
    this.exchange.withdraw();
  }

  /** Takes the network's message that nobody is there. */
  onUnreachable(error: Error): void {
    if (this.current === undefined) return;
    this.isSilent = true;
    this.withdraw();
    const isRefused = 'code' in error && error.code === 'ECONNREFUSED';
    const what = isRefused
      ? nothingListens('UDP', this.port, this.address)
      : networkUnreachable(this.address);
    this.finish(new SnmpError('refused', what, { cause: error }));
  }

  private onSilence(operation: Operation, now: number): void {
    this.withdraw();
    this.counters.timeouts++;
    if (this.answeredAt > 0) operation.work.onSilence(this.attempt + 1);
    const { address, port, strays, damage } = this;
    const ofCodec = operation.codec.explainSilence();
    const isSlow = operation.budget.answers > 0 && operation.budget.deadline <= now;
    const dropped = strays.explain(address, port);
    this.isSilent = !isSlow && damage === undefined && dropped === undefined;
    if (isSlow) this.finish(damage ?? ofCodec ?? outOfTime());
    else
      this.finish(damage ?? dropped ?? ofCodec ?? strays.explainLate(address, port) ?? this.timeoutError());
  }

  private timeoutError(): SnmpError {
    return new SnmpError('timeout', noAnswer(this.address, this.port, this.attempt + 1));
  }

  private finish(error?: unknown): void {
    const operation = this.current;
    this.current = undefined;
    operation?.settle(error);
    if (this.current === undefined) this.startNext();
  }

  private startNext(): void {
    this.current = undefined;
    let operation = this.waiting.take();
    while (operation?.isSettled === true) operation = this.waiting.take();
    if (operation === undefined) return;
    this.current = operation;
    this.attempt = 0;
    this.damage = undefined;
    this.strays.restart();
    // A device in the middle of its cycle goes before one that begins, so that few cycles are under way at once.
    this.submit(performance.now() - this.answeredAt < ACTIVE_MS);
  }
}

const STRAY_KINDS = {
  droppedWrongVersion: 'otherVersion',
  droppedWrongCommunity: 'otherCommunity',
  droppedUnauthentic: 'unauthentic',
} as const;

function outOfTime(): SnmpError {
  return new SnmpError('limit', 'The device did not get done within the time of one cycle.');
}
