import { SnmpError } from './snmp-error.ts';

export interface RequestBudgetOptions {
  /** Time for all requests together, milliseconds from the creation: 0.8 of the interval. */
  readonly durationMs: number;
  /** Most answered varbinds; 250,000 by default: 10,000 interfaces of 18 columns, and 70,000 values beside them. */
  readonly maxVarbinds?: number | undefined;
  /** Most bytes of answers; 32 MiB by default. */
  readonly maxBytes?: number | undefined;
  /** Most requests sent, repeats included; any number by default. */
  readonly maxRequests?: number | undefined;
}

const DEFAULT_VARBINDS = 250_000;
const DEFAULT_BYTES = 32 * 1024 * 1024;

/** Share of an interval that one device may take. */
export const BUDGET_SHARE_OF_INTERVAL = 0.8;

/** The resources that one device may use in one cycle; once spent, requests reject with `limit`. */
export class RequestBudget {
  /** End of the cycle's time, on the scale of performance.now(). */
  readonly deadline: number;
  varbindsLeft: number;
  bytesLeft: number;
  requestsLeft: number;
  /** Number of answers taken so far: it tells a slow device from a silent one. */
  answers = 0;

  constructor(options: RequestBudgetOptions) {
    this.deadline = performance.now() + options.durationMs;
    this.varbindsLeft = options.maxVarbinds ?? DEFAULT_VARBINDS;
    this.bytesLeft = options.maxBytes ?? DEFAULT_BYTES;
    this.requestsLeft = options.maxRequests ?? Number.POSITIVE_INFINITY;
  }

  /** Books a request. Throws `limit` when it is the one that goes over. */
  takeRequest(): void {
    if (--this.requestsLeft < 0) {
      throw new SnmpError(
        'limit',
        'The device would have been asked more often than its pace allows for one cycle.',
      );
    }
  }

  /** Books an answer's size. Throws `limit` when it is the one that goes over. */
  takeBytes(bytes: number): void {
    this.answers++;
    this.bytesLeft -= bytes;
    if (this.bytesLeft < 0) throw new SnmpError('limit', 'The device sent more data than one cycle allows.');
  }

  /** Books one varbind. Throws `limit` when it is the one that goes over. */
  takeVarbind(): void {
    if (--this.varbindsLeft < 0) {
      throw new SnmpError('limit', 'The device sent more values than one cycle allows.');
    }
  }
}
