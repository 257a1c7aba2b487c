// Child process of the evaluate bench: the samples of all nodes, first of the time before, then every 10 s. Writes a
// line when the time before is in the store. Ends when its standard input does.
import { setTimeout as sleep } from 'node:timers/promises';
import { createWriteClient } from '@stratora/victoriametrics';
import { NodeLines, nodeIdOf } from './evaluate-series.ts';

const INTERVAL_SECONDS = 10;
const NODES_A_BATCH = 250;

const [storeUrl = '', count = '1', historySeconds = '600'] = process.argv.slice(2);
const nodes = Number(count);
const lines = new NodeLines(Array.from({ length: nodes }, (_, node) => nodeIdOf(node)));
const writer = createWriteClient({ url: storeUrl });

async function write(first: number, seconds: number): Promise<void> {
  const body = Buffer.from(lines.render(first, Math.min(first + NODES_A_BATCH, nodes), seconds));
  const outcome = await writer.write(body, 'ms');
  if (!outcome.ok) throw new Error(`the store did not take the samples: ${JSON.stringify(outcome)}`);
}

/** Writes the samples of the time before; the live ones go on from the time that it returns. */
async function writeHistory(): Promise<number> {
  let seconds = whole(Date.now()) - Number(historySeconds);
  for (; seconds < whole(Date.now()); seconds += INTERVAL_SECONDS) {
    for (let first = 0; first < nodes; first += NODES_A_BATCH) await write(first, seconds);
  }
  return seconds;
}

/** Writes the samples of each interval, spread over it as real pollers do. */
async function writeLive(from: number): Promise<never> {
  for (let seconds = from; ; seconds += INTERVAL_SECONDS) {
    for (let first = 0; first < nodes; first += NODES_A_BATCH) {
      const at = seconds * 1_000 + (INTERVAL_SECONDS * 900 * first) / nodes;
      await sleep(Math.max(0, at - Date.now()));
      await write(first, seconds);
    }
  }
}

function whole(ms: number): number {
  return Math.floor(ms / 1_000 / INTERVAL_SECONDS) * INTERVAL_SECONDS;
}

process.stdin.resume();
process.stdin.once('end', () => process.exit(0));
const from = await writeHistory();
process.stdout.write('loaded\n');
await writeLive(from);
