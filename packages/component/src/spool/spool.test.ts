import { appendFile, cp, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { silentLogger } from '@stratora/runtime';
import { ManualClock, waitFor } from '@stratora/testkit';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Lane } from './delivery-ledger.ts';
import type { DiskSpace } from './disk-budget.ts';
import { Spool, SpoolFullError, type SpoolOptions } from './spool.ts';

let directory: string;
const opened: Spool[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'spool-test-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((spool) => spool.close()));
  await rm(directory, { recursive: true, force: true });
});

const ROOMY: DiskSpace = { freeBytes: 1e12, totalBytes: 2e12 };

async function open(options: Partial<SpoolOptions> = {}): Promise<Spool> {
  const spool = await Spool.open({
    directory,
    maxBytes: 1e9,
    segmentBytes: 1e6,
    logger: silentLogger(),
    diskSpace: async () => ROOMY,
    ...options,
  });
  opened.push(spool);
  return spool;
}

const line = (n: number) => Buffer.from(`m,n=x v=${n}i ${n}\n`);

async function appendEach(spool: Spool, from: number, to: number): Promise<void> {
  for (let n = from; n < to; n += 1) await spool.append(line(n));
}

/** Numbers of the lines that a lane gives, all acknowledged on the way. */
async function drain(spool: Spool, lane: Lane, epoch = 'e', maxBytes = 1000): Promise<number[]> {
  const numbers: number[] = [];
  for (let batch = await spool.read(lane, maxBytes); batch; batch = await spool.read(lane, maxBytes)) {
    const text = gunzipSync(Buffer.concat(batch.payloads)).toString();
    numbers.push(...[...text.matchAll(/v=(\d+)i/g)].map((match) => Number(match[1])));
    spool.acknowledge(lane, batch.range, epoch);
  }
  return numbers;
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

async function segmentFiles(): Promise<string[]> {
  const names = await readdir(directory);
  return names
    .filter((name) => name.endsWith('.seg'))
    .toSorted()
    .map((name) => join(directory, name));
}

/** Goes on with the files as a SIGKILL at this moment would leave them: nothing was closed or saved. */
async function killed(spool: Spool): Promise<void> {
  const copy = await mkdtemp(join(tmpdir(), 'spool-test-'));
  await cp(directory, copy, { recursive: true });
  await spool.close();
  await rm(directory, { recursive: true });
  await cp(copy, directory, { recursive: true });
  await rm(copy, { recursive: true });
}

/** Moves the clock in steps that give the spool's own file work its time. */
async function later(clock: ManualClock, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5000) {
    await clock.advance(5000);
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}

test('what was appended comes out of the live lane in order', async () => {
  const spool = await open();
  await appendEach(spool, 0, 50);
  expect(await drain(spool, 'live')).toEqual(range(0, 50));
  expect(spool.state.pendingBytes).toBe(0);
});

test('what a dead process had appended becomes the backlog of the next, apart from new data', async () => {
  const before = await open();
  await appendEach(before, 0, 30);
  await killed(before);
  const spool = await open();
  await appendEach(spool, 30, 40);
  expect(await drain(spool, 'live')).toEqual(range(30, 40));
  expect(await drain(spool, 'backlog')).toEqual(range(0, 30));
});

test('an orderly stop remembers what was delivered', async () => {
  const before = await open();
  await appendEach(before, 0, 30);
  await drain(before, 'live');
  await appendEach(before, 30, 35);
  await before.close();
  expect(await drain(await open(), 'backlog')).toEqual(range(30, 35));
});

test('a damaged cursor sends again and loses nothing', async () => {
  const before = await open();
  await appendEach(before, 0, 30);
  await drain(before, 'live');
  await before.close();
  await writeFile(join(directory, 'cursor.json'), 'stratora-checked-1 00\n{}\n');
  expect(await drain(await open(), 'backlog')).toEqual(range(0, 30));
});

test('many writers at once share records, and each is answered when its lines are in the file', async () => {
  const spool = await open();
  await Promise.all(range(0, 500).map((n) => spool.append(line(n))));
  expect(spool.head).toBeLessThan(100);
  expect((await drain(spool, 'live')).toSorted((a, b) => a - b)).toEqual(range(0, 500));
});

test('a torn tail is cut at the last good record', async () => {
  const before = await open();
  await appendEach(before, 0, 20);
  await killed(before);
  const [file] = await segmentFiles();
  await truncate(file ?? '', (await stat(file ?? '')).size - 5);
  const spool = await open();
  await appendEach(spool, 20, 25);
  expect(await drain(spool, 'backlog')).toEqual(range(0, 19));
  expect(await drain(spool, 'live')).toEqual(range(20, 25));
});

test('rubbish behind the last record is cut too', async () => {
  const before = await open();
  await appendEach(before, 0, 20);
  await killed(before);
  const [file] = await segmentFiles();
  await appendFile(file ?? '', Buffer.alloc(5000, 0x3a));
  expect(await drain(await open(), 'backlog')).toEqual(range(0, 20));
});

test('a damaged record is skipped and counted, the others stay', async () => {
  const before = await open();
  await appendEach(before, 0, 20);
  await killed(before);
  const [file] = await segmentFiles();
  const bytes = await readFile(file ?? '');
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 0xff;
  await writeFile(file ?? '', bytes);
  const spool = await open();
  const numbers = await drain(spool, 'backlog');
  expect(numbers).toHaveLength(19);
  expect(spool.state.damagedRecords).toBe(1);
});

test('a last record that is whole and damaged is counted, a torn one is not', async () => {
  const before = await open();
  await appendEach(before, 0, 10);
  await killed(before);
  const [path = ''] = await segmentFiles();
  const bytes = await readFile(path);
  bytes[bytes.length - 3] = (bytes.at(-3) ?? 0) ^ 0xff;
  await writeFile(path, bytes);
  const damaged = await open();
  expect(damaged.state.damagedRecords).toBe(1);
  await killed(damaged);
  await truncate(path, (await stat(path)).size - 3);
  const torn = await open();
  expect(torn.state.damagedRecords).toBe(0);
  expect(await drain(torn, 'backlog')).toEqual(range(0, 8));
});

test('segments roll, and are removed two minutes after they were delivered', async () => {
  const clock = new ManualClock();
  const spool = await open({ segmentBytes: 1000, clock });
  await appendEach(spool, 0, 100);
  expect((await segmentFiles()).length).toBeGreaterThan(5);
  expect(await drain(spool, 'live')).toEqual(range(0, 100));
  await later(clock, 100_000);
  expect((await segmentFiles()).length).toBeGreaterThan(5);
  await waitFor(async () => {
    await later(clock, 10_000);
    return (await segmentFiles()).length === 1;
  });
});

test('a store that lost its last seconds gets the last two minutes again', async () => {
  const clock = new ManualClock();
  const spool = await open({ clock, segmentBytes: 500 });
  await appendEach(spool, 0, 10);
  await drain(spool, 'live', 'epoch-1');
  await clock.advance(130_000);
  await appendEach(spool, 10, 20);
  await drain(spool, 'live', 'epoch-1');
  await clock.advance(60_000);
  await appendEach(spool, 20, 25);
  expect(await drain(spool, 'live', 'epoch-2')).toEqual(range(20, 25));
  expect(await drain(spool, 'backlog', 'epoch-2')).toEqual(range(10, 20));
  expect(await drain(spool, 'backlog', 'epoch-2')).toEqual([]);
});

test('the two minutes are remembered over a restart', async () => {
  const before = await open();
  await appendEach(before, 0, 10);
  await drain(before, 'live', 'epoch-1');
  await before.close();
  const spool = await open();
  await appendEach(spool, 10, 12);
  await drain(spool, 'live', 'epoch-2');
  expect(await drain(spool, 'backlog', 'epoch-2')).toEqual(range(0, 10));
});

test('past its bound the spool drops the oldest segment and says what is missing', async () => {
  const noise = (n: number) =>
    Buffer.from(
      `m,n=${Buffer.from(range(0, 150).map(() => Math.random() * 255)).toString('hex')} v=${n}i ${n}\n`,
    );
  const spool = await open({ segmentBytes: 2000, maxBytes: 12_000 });
  for (let n = 0; n < 200; n += 1) await spool.append(noise(n));
  const { storedBytes, droppedLines, gaps } = spool.state;
  expect(storedBytes).toBeLessThanOrEqual(12_000);
  expect(gaps).toHaveLength(1);
  expect(gaps[0]?.count).toBe(droppedLines);
  spool.demote();
  const left = await drain(spool, 'backlog');
  expect(left).toEqual(range(200 - left.length, 200));
  expect(droppedLines).toBe(200 - left.length);
  await spool.close();
  expect((await open({ segmentBytes: 2000, maxBytes: 12_000 })).state.droppedLines).toBe(droppedLines);
});

test('delivered segments that are only kept go before undelivered ones', async () => {
  const spool = await open({ segmentBytes: 500, maxBytes: 8000 });
  await appendEach(spool, 0, 30);
  await drain(spool, 'live');
  await appendEach(spool, 30, 90);
  expect(spool.state.droppedLines).toBe(0);
  spool.demote();
  expect(await drain(spool, 'backlog')).toEqual(range(30, 90));
});

test('with little free disk the spool does not grow, and without anything to give up it refuses', async () => {
  let disk: DiskSpace = { freeBytes: 1e9, totalBytes: 2e9 };
  const spool = await open({ segmentBytes: 500, diskSpace: async () => disk });
  await appendEach(spool, 0, 30);
  await spool.close();
  disk = { freeBytes: 5e7, totalBytes: 2e9 };
  const full = await open({ segmentBytes: 500, diskSpace: async () => disk });
  const before = full.state.storedBytes;
  await appendEach(full, 30, 40);
  expect(full.state.storedBytes).toBeLessThanOrEqual(before);
  expect(full.state.droppedLines).toBeGreaterThan(0);
  disk = { freeBytes: 0, totalBytes: 2e9 };
  await full.close();
  await rm(directory, { recursive: true });
  const empty = await open({ diskSpace: async () => disk });
  await expect(empty.append(line(1))).rejects.toThrow(SpoolFullError);
});

test('on a disk that is smaller than a segment the oldest goes all the same, a small part at a time', async () => {
  let stored = () => 0;
  // What is stored is taken from what was free, whenever the spool looks.
  const diskSpace = async () => ({ freeBytes: 80_000 - stored(), totalBytes: 100_000 });
  const spool = await open({ segmentBytes: 1e6, diskSpace });
  stored = () => spool.state.storedBytes;
  await appendEach(spool, 0, 2000);
  const { droppedLines, storedBytes, limitBytes } = spool.state;
  expect(droppedLines).toBeGreaterThan(0);
  expect(storedBytes).toBeGreaterThan(limitBytes * 0.8);
  spool.demote();
  expect(await drain(spool, 'backlog')).toEqual(range(droppedLines, 2000));
});

test('what arrives and the upkeep count each segment once that they drop', async () => {
  const clock = new ManualClock();
  let freeBytes = 80_000;
  const diskSpace = async () => ({ freeBytes, totalBytes: 100_000 });
  const spool = await open({ segmentBytes: 1000, diskSpace, clock });
  await appendEach(spool, 0, 1500);
  for (let n = 1500; n < 1540; n += 1) {
    // At each look at the disk less is free than before.
    freeBytes = Math.floor(freeBytes * 0.95);
    await Promise.all([clock.advance(5000), spool.append(line(n))]);
  }
  const { droppedLines } = spool.state;
  expect(droppedLines).toBeGreaterThan(0);
  spool.demote();
  expect(await drain(spool, 'backlog')).toEqual(range(droppedLines, 1540));
});

test('a line that no record can hold is left out and counted', async () => {
  const spool = await open();
  const long = Buffer.concat([line(1), Buffer.alloc(2 * 1024 * 1024, 0x61), Buffer.from('\n'), line(2)]);
  await spool.append(long);
  expect(await drain(spool, 'live')).toEqual([1, 2]);
  expect(spool.state.tooLongLines).toBe(1);
});

test('any cut or flipped bytes, at any place: it opens, loses only what was hit, and goes on', async () => {
  const damage = fc.array(
    fc.record({
      file: fc.nat(20),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      how: fc.constantFrom('flip', 'cut', 'zero'),
    }),
    { minLength: 1, maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(damage, async (hits) => {
      await rm(directory, { recursive: true, force: true });
      const before = await open({ segmentBytes: 1000 });
      await appendEach(before, 0, 60);
      await killed(before);
      const files = await segmentFiles();
      for (const hit of hits) {
        const path = files[hit.file % files.length] ?? '';
        const bytes = await readFile(path);
        if (bytes.length === 0) continue;
        const at = Math.min(bytes.length - 1, Math.floor(hit.at * bytes.length));
        if (hit.how === 'cut') await truncate(path, at);
        else {
          const end = Math.min(bytes.length, at + (hit.how === 'zero' ? 40 : 1));
          bytes.fill(hit.how === 'zero' ? 0 : (bytes[at] ?? 0) ^ 0xff, at, end);
          await writeFile(path, bytes);
        }
      }
      const spool = await open({ segmentBytes: 1000 });
      await appendEach(spool, 60, 70);
      const old = await drain(spool, 'backlog');
      expect(old).toEqual([...new Set(old)].toSorted((a, b) => a - b));
      const cuts = hits.filter((hit) => hit.how === 'cut').length;
      // A segment of 1000 bytes holds about 12 records; a flip or zeroes hit two at most.
      expect(old.length).toBeGreaterThanOrEqual(60 - cuts * 13 - (hits.length - cuts) * 2);
      expect(await drain(spool, 'live')).toEqual(range(60, 70));
      await spool.close();
      opened.length = 0;
    }),
    { numRuns: 60 },
  );
});
