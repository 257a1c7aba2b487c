import type { MessageCodec } from './message-codec.ts';
import type { RequestBudget } from './request-budget.ts';
import type { RequestWork } from './request-work.ts';

/** A GET or walk that was asked for, with all that it needs to run; settled once. */
export class Operation {
  readonly work: RequestWork;
  readonly codec: MessageCodec;
  readonly budget: RequestBudget;
  readonly timeoutMs: number;
  readonly retries: number;
  /** Least time between two requests to the device, milliseconds; 0 for none. */
  readonly gapMs: number;
  /** Owner of the operation, whose close ends it. */
  readonly owner: object;
  isSettled = false;
  private readonly onDone: (error: unknown) => void;

  constructor(options: OperationOptions) {
    this.work = options.work;
    this.codec = options.codec;
    this.budget = options.budget;
    this.timeoutMs = options.timeoutMs;
    this.retries = options.retries;
    this.gapMs = options.gapMs;
    this.owner = options.owner;
    this.onDone = options.onDone;
  }

  /** Settles the operation; without an error it has succeeded. */
  settle(error?: unknown): void {
    if (this.isSettled) return;
    this.isSettled = true;
    this.onDone(error);
  }
}

export interface OperationOptions {
  readonly work: RequestWork;
  readonly codec: MessageCodec;
  readonly budget: RequestBudget;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly gapMs: number;
  readonly owner: object;
  readonly onDone: (error: unknown) => void;
}
