#!/usr/bin/env bash
# A Worker of Node is an EventEmitter that is its own first listener: what its thread posts comes in as an event that an internal
# listener hands on. `worker.removeAllListeners()`, the usual way to take one's own listeners off an emitter that is used again, takes
# that one off, too, for good: listeners that are added later hear nothing, nothing is raised, `online` and the
# thread go on, and what the thread posts is lost. `removeAllListeners('message')` does no harm. A pool that
# gives its workers back clean waits for ever for the second answer. Needs npm; Node's own modules alone.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --prefix "$folder" node@24.21.0 >/dev/null 2>&1

cat >reuse.mjs <<'JS'
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

const echo = "const { parentPort } = require('node:worker_threads'); parentPort.on('message', (text) => parentPort.postMessage(text));";

/** Asks a worker twice; between the two its listeners are taken off. Returns what came of the second question. */
async function secondAnswer(takeOff) {
  const worker = new Worker(echo, { eval: true });
  worker.postMessage('first');
  await once(worker, 'message');
  takeOff(worker);
  const answer = new Promise((resolve) => worker.on('message', resolve));
  worker.postMessage('second');
  const silence = new Promise((resolve) => setTimeout(resolve, 5000, 'nothing for 5 s'));
  const came = await Promise.race([answer, silence]);
  const state = worker.threadId > 0 ? 'the thread runs' : 'the thread has ended';
  await worker.terminate();
  return `${came}; ${state}`;
}

console.log("removeAllListeners('message'):", await secondAnswer((worker) => worker.removeAllListeners('message')));
console.log('removeAllListeners():', await secondAnswer((worker) => worker.removeAllListeners()));
process.exit(0);
JS
seen="$(node_modules/node/bin/node --version)
$(node_modules/node/bin/node reuse.mjs)"
printf '%s\n' "$seen"
expected="v24.21.0
removeAllListeners('message'): second; the thread runs
removeAllListeners(): nothing for 5 s; the thread runs"
[ "$seen" = "$expected" ] || { echo 'The behaviour has changed.'; exit 1; }
echo 'As found: a worker whose listeners were all removed is never heard again.'
