import { Worker } from 'node:worker_threads';
import type { Clock } from '@stratora/runtime';
import { topologyWorkerUrl } from '../topology-worker-url.ts';
import type { LaidOut, LayoutOrder } from './map-layout.ts';
import { plainLayout } from './plain-layout.ts';

/** Milliseconds that a layout may take before a plain one takes its place. */
const LAYOUT_LIMIT_MS = 5000;

export interface LayoutResult {
  readonly laidOut: readonly LaidOut[];
  /** Whether the good layout failed or took too long, and this is a plain one. */
  readonly isPlain: boolean;
}

/** Lays out a map in a thread of its own, so that the server answers meanwhile; a plain layout where that does not end in time. */
export async function layOutInThread(
  order: LayoutOrder,
  { clock, limitMs = LAYOUT_LIMIT_MS }: { clock: Clock; limitMs?: number },
): Promise<LayoutResult> {
  const worker = new Worker(topologyWorkerUrl(), { workerData: { kind: 'layout' }, execArgv: [] });
  try {
    const laidOut = await answerOf(worker, order, { clock, limitMs });
    return laidOut ? { laidOut, isPlain: false } : { laidOut: plainLayout(order), isPlain: true };
  } finally {
    await worker.terminate();
  }
}

function answerOf(
  worker: Worker,
  order: LayoutOrder,
  { clock, limitMs }: { clock: Clock; limitMs: number },
): Promise<LaidOut[] | undefined> {
  return new Promise((resolve) => {
    const finish = (laidOut?: LaidOut[]) => {
      clock.clearTimeout(timer);
      resolve(laidOut);
    };
    const timer = clock.setTimeout(finish, limitMs);
    worker.once('message', finish);
    worker.on('error', () => finish());
    worker.once('exit', () => finish());
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    worker.postMessage(order);
  });
}
