import type { WriteResult } from '@stratora/victoriametrics';
import { expect, test } from 'vitest';
import { writeAroundRefused } from './refused-lines.ts';

const REFUSAL: WriteResult = {
  ok: false,
  retry: false,
  reason: 'rejected',
  cause: 'status 400',
  status: 400,
};

/** A store that judges a body as a whole, like VictoriaMetrics since 1.108. */
class StrictStore {
  readonly taken = new Set<string>();
  writes = 0;
  failsAt = Number.POSITIVE_INFINITY;
  readonly #isBad: (line: string) => boolean;

  constructor(isBad: (line: string) => boolean) {
    this.#isBad = isBad;
  }

  async write(part: Buffer): Promise<WriteResult> {
    this.writes += 1;
    if (this.writes === this.failsAt) return { ok: false, retry: true, reason: 'timeout', cause: 'late' };
    const lines = part.toString().split('\n').slice(0, -1);
    if (lines.some(this.#isBad)) return REFUSAL;
    for (const line of lines) this.taken.add(line);
    return { ok: true, epoch: `e${this.writes}` };
  }
}

function bodyOf(count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, (_, index) => `m,i=${index} f=1\n`).join(''));
}

test.each([
  [2, [0]],
  [2, [1]],
  [1_000, [0]],
  [1_000, [999]],
  [10_000, [17, 18, 5_000, 9_998]],
  [500, Array.from({ length: 100 }, (_, index) => index * 5)],
])('of %i lines the bad ones alone are left out', async (count, bad) => {
  const names = new Set(bad.map((index) => `m,i=${index} f=1`));
  const store = new StrictStore((line) => names.has(line));
  const { result, refused } = await writeAroundRefused(bodyOf(count), REFUSAL, (part) => store.write(part));
  expect(result.ok).toBe(true);
  expect(refused.count).toBe(bad.length);
  expect(refused.names).toEqual([...names].slice(0, 10));
  expect(store.taken.size).toBe(count - bad.length);
});

test('the epoch told is the first that was answered', async () => {
  const store = new StrictStore((line) => line === 'm,i=3 f=1');
  const { result } = await writeAroundRefused(bodyOf(4), REFUSAL, (part) => store.write(part));
  expect(result).toEqual({ ok: true, epoch: 'e1' });
});

test('when no line is taken the refusal stands', async () => {
  const store = new StrictStore(() => true);
  const { result, refused } = await writeAroundRefused(bodyOf(5), REFUSAL, (part) => store.write(part));
  expect(result).toEqual(REFUSAL);
  expect(refused.count).toBe(5);
  const single = await writeAroundRefused(bodyOf(1), REFUSAL, (part) => store.write(part));
  expect(single).toMatchObject({ result: REFUSAL, refused: { count: 1, names: ['m,i=0 f=1'] } });
});

test('a store that fails on the way makes the whole be sent again, and nothing counts as refused', async () => {
  const store = new StrictStore((line) => line === 'm,i=0 f=1');
  store.failsAt = 9;
  const { result, refused } = await writeAroundRefused(bodyOf(1_000), REFUSAL, (part) => store.write(part));
  expect(result).toMatchObject({ ok: false, retry: true, reason: 'timeout' });
  expect(refused.count).toBe(0);
});

test('the number of writes is bounded however many lines are bad', async () => {
  const store = new StrictStore((line) => !line.endsWith('5 f=1'));
  const { refused } = await writeAroundRefused(bodyOf(20_000), REFUSAL, (part) => store.write(part));
  expect(store.writes).toBe(2_000);
  expect(refused.count + store.taken.size).toBe(20_000);
});
