import { describe, expect, it } from 'vitest';
import { BatchReader } from './batch-reader.ts';

/** A source that answers when told. */
function source(limits: { maxKeys?: number; maxReads?: number; maxWaiting?: number } = {}) {
  const reads: { keys: readonly string[]; answer: (rows: Record<string, number> | Error) => void }[] = [];
  const reader = new BatchReader<number>({
    maxKeys: 10,
    maxReads: 1,
    maxWaiting: 100,
    ...limits,
    read: (keys) =>
      new Promise((resolve, reject) => {
        reads.push({
          keys,
          answer: (rows) => (rows instanceof Error ? reject(rows) : resolve(new Map(Object.entries(rows)))),
        });
      }),
  });
  return { reader, reads };
}

const turn = () => new Promise(setImmediate);

describe('a batch reader', () => {
  it('asks once for all that came in one turn, and once for a key', async () => {
    const { reader, reads } = source();
    const answers = Promise.all(['a', 'b', 'a', 'none'].map((key) => reader.read(key)));
    await turn();
    expect(reads.map(({ keys }) => keys)).toEqual([['a', 'b', 'none']]);
    reads[0]?.answer({ a: 1, b: 2 });
    expect(await answers).toEqual([1, 2, 1, undefined]);
  });

  it('never answers with what was read before the question', async () => {
    const { reader, reads } = source();
    const first = reader.read('a');
    await turn();
    const second = reader.read('a');
    reads[0]?.answer({ a: 1 });
    expect(await first).toBe(1);
    await turn();
    expect(reads).toHaveLength(2);
    reads[1]?.answer({ a: 2 });
    expect(await second).toBe(2);
  });

  it('splits what is more than one read takes, and runs so many at a time', async () => {
    const { reader, reads } = source({ maxKeys: 2, maxReads: 2 });
    const answers = Promise.all(['a', 'b', 'c', 'd', 'e'].map((key) => reader.read(key)));
    await turn();
    expect(reads.map(({ keys }) => keys.join(''))).toEqual(['ab', 'cd']);
    expect(reader.waiting).toBe(1);
    reads[1]?.answer({ c: 3, d: 4 });
    await turn();
    await turn();
    expect(reads.map(({ keys }) => keys.join(''))).toEqual(['ab', 'cd', 'e']);
    reads[0]?.answer({ a: 1, b: 2 });
    reads[2]?.answer({ e: 5 });
    expect(await answers).toEqual([1, 2, 3, 4, 5]);
  });

  it('fails those of a failed read alone', async () => {
    const { reader, reads } = source({ maxKeys: 1, maxReads: 2 });
    const [bad, good] = [reader.read('a'), reader.read('b')];
    await turn();
    reads[0]?.answer(new Error('broken'));
    reads[1]?.answer({ b: 2 });
    await expect(bad).rejects.toThrow('broken');
    expect(await good).toBe(2);
  });

  it('tells callers to come back when too many wait', async () => {
    const { reader, reads } = source({ maxWaiting: 1 });
    const first = reader.read('a');
    await expect(reader.read('b')).rejects.toMatchObject({ code: 'overloaded', status: 503 });
    await turn();
    reads[0]?.answer({ a: 1 });
    expect(await first).toBe(1);
  });
});
