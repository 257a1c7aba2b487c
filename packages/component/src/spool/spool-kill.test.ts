import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';
import { silentLogger } from '@stratora/runtime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Spool } from './spool.ts';

const SPOOL = new URL('./spool.ts', import.meta.url).href;
const RUNTIME = new URL('../../../runtime/src/index.ts', import.meta.url).href;

/** Appends numbered lines as fast as it can and prints each number once the spool has taken it. */
const WRITER = `
  const { Spool } = await import(${JSON.stringify(SPOOL)});
  const { silentLogger } = await import(${JSON.stringify(RUNTIME)});
  const [directory, first] = process.argv.slice(1);
  const spool = await Spool.open({ directory, maxBytes: 1e9, segmentBytes: 20000, logger: silentLogger() });
  for (let n = Number(first); ; n += 1) {
    await spool.append(Buffer.from('m,host=a v=' + n + 'i ' + n + '\\n'));
    process.stdout.write(n + '\\n');
  }
`;

let directory: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spool-kill-'));
});
afterEach(async () => {
  child?.kill('SIGKILL');
  await rm(directory, { recursive: true, force: true });
});

/** Runs a writer from `first` on until it is killed at a random moment; the last number that it said was taken. */
async function writeUntilKilled(first: number): Promise<number> {
  const writer = spawn(process.execPath, ['--input-type=module', '-e', WRITER, directory, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = writer;
  let last = first - 1;
  const lines = createInterface({ input: writer.stdout });
  const ended = Promise.all([once(writer, 'exit'), once(lines, 'close')]);
  lines.on('line', (text) => {
    last = Number(text);
  });
  await once(lines, 'line');
  await new Promise((resolve) => {
    setTimeout(resolve, 50 + Math.random() * 250);
  });
  writer.kill('SIGKILL');
  await ended;
  return last;
}

test('killed at random moments, again and again, the spool keeps every line that it took', async () => {
  let next = 0;
  for (let round = 0; round < 4; round += 1) next = (await writeUntilKilled(next)) + 1;
  const spool = await Spool.open({ directory, maxBytes: 1e9, segmentBytes: 20_000, logger: silentLogger() });
  const numbers = new Set<number>();
  for (let batch = await spool.read('backlog', 1e6); batch; batch = await spool.read('backlog', 1e6)) {
    const text = gunzipSync(Buffer.concat(batch.payloads)).toString();
    for (const match of text.matchAll(/v=(\d+)i/g)) numbers.add(Number(match[1]));
    spool.acknowledge('backlog', batch.range, 'e');
  }
  const { damagedRecords } = spool.state;
  await spool.close();
  expect(next).toBeGreaterThan(100);
  expect([...Array(next).keys()].filter((n) => !numbers.has(n))).toEqual([]);
  expect(damagedRecords).toBe(0);
}, 30_000);
