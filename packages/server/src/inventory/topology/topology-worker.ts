import { parentPort, workerData } from 'node:worker_threads';
import { errorMessage } from '@stratora/runtime';
import type { DerivationOrder } from './derivation/derivation-order.ts';
import { DerivationSession } from './derivation/derivation-session.ts';
import type { DerivationAnswer } from './derivation/derivation-thread.ts';
import { type LayoutOrder, layOut } from './layout/map-layout.ts';

// The program of a worker thread: a session of derivations, or one layout.
if ((workerData as { kind: string }).kind === 'derivation') {
  const session = new DerivationSession();
  parentPort?.on('message', (order: DerivationOrder) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    parentPort?.postMessage(answer(session, order));
  });
} else {
  parentPort?.once('message', (order: LayoutOrder) => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    parentPort?.postMessage(layOut(order));
  });
}

function answer(session: DerivationSession, order: DerivationOrder): DerivationAnswer {
  try {
    return { change: session.derive(order) };
  } catch (error) {
    return { fault: errorMessage(error) };
  }
}
