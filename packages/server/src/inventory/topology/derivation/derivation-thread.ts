import { Worker } from 'node:worker_threads';
import type { Clock } from '@stratora/runtime';
import { topologyWorkerUrl } from '../topology-worker-url.ts';
import type { DerivationChange, DerivationOrder } from './derivation-order.ts';

/** What the worker answers an order with. */
export type DerivationAnswer = { readonly change: DerivationChange } | { readonly fault: string };

/** Milliseconds after which a derivation is given up: ten times what 2,000 switches take. */
const DERIVATION_LIMIT_MS = 100_000;
/** Most megabytes that the worker may hold; past them it ends, and not the server. */
const WORKER_HEAP_MB = 1024;

/**
 * The thread in which topologies are derived, so that the server answers meanwhile. It starts with the first order and remembers what
 * it gave; when it ends, for whatever reason, `isFresh` says that the next order needs a `start`.
 */
export class DerivationThread {
  readonly #clock: Clock;
  #worker: Worker | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether the worker knows nothing. */
  get isFresh(): boolean {
    return this.#worker === undefined;
  }

  /** Derives once. @throws when the worker fails, ends or takes too long; it is ended then */
  async derive(order: DerivationOrder, signal: AbortSignal): Promise<DerivationChange> {
    this.#worker ??= this.#start();
    try {
      return await this.#ask(this.#worker, order, signal);
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  #start(): Worker {
    const worker = new Worker(topologyWorkerUrl(), {
      workerData: { kind: 'derivation' },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
    });
    // One that ends between two orders must not end the process; the next order finds that it is gone.
    worker.on('error', () => {});
    worker.once('exit', () => {
      if (this.#worker === worker) this.#worker = undefined;
    });
    return worker;
  }

  #ask(worker: Worker, order: DerivationOrder, signal: AbortSignal): Promise<DerivationChange> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => {
        release();
        reject(new Error(`the derivation ${reason}`));
      };
      const failed = (error: Error) => fail(`failed: ${error.message}`);
      const ended = (code: number) => fail(`ended with ${code}`);
      const stopped = () => fail('was stopped');
      const answered = (answer: DerivationAnswer) => {
        if ('fault' in answer) return fail(`failed: ${answer.fault}`);
        release();
        resolve(answer.change);
      };
      const timer = this.#clock.setTimeout(() => fail('took too long'), DERIVATION_LIMIT_MS);
      const release = () => {
        this.#clock.clearTimeout(timer);
        signal.removeEventListener('abort', stopped);
        worker.off('message', answered).off('error', failed).off('exit', ended);
      };
      signal.addEventListener('abort', stopped, { once: true });
      worker.on('message', answered).on('error', failed).on('exit', ended);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
      worker.postMessage(order);
    });
  }

  /** Ends the worker; what it remembered is gone. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    await worker?.terminate();
  }
}
