import { describe, expect, it } from 'vitest';
import { FairQueue } from './fair-queue.ts';

/** Work that ends when told, in the order in which it was begun. */
function bench(width: number, length: number) {
  const queue = new FairQueue(width, length);
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const refused: string[] = [];
  const add = (group: string, name: string, rank = 0) =>
    queue
      .run({ group, rank }, () => {
        begun.push(name);
        return new Promise<void>((resolve) => {
          ends.push(resolve);
        });
      })
      .catch(() => refused.push(name));
  async function finish(count: number): Promise<void> {
    await new Promise(setImmediate);
    for (let index = 0; index < count; index += 1) {
      ends.shift()?.();
      await new Promise(setImmediate);
    }
  }
  return { queue, begun, refused, add, finish };
}

describe('a fair queue', () => {
  it('runs as many at once as it is wide', async () => {
    const { queue, begun, add, finish } = bench(2, 10);
    for (const name of ['a', 'b', 'c']) void add('x', name);
    await finish(0);
    expect(begun).toEqual(['a', 'b']);
    expect(queue.waiting).toBe(1);
    await finish(1);
    expect(begun).toEqual(['a', 'b', 'c']);
    expect(queue.waiting).toBe(0);
  });

  it('gives each group its turn, however long the others are', async () => {
    const { begun, add, finish } = bench(1, 1000);
    for (let index = 0; index < 100; index += 1) void add('flood', `f${index}`);
    void add('one', 'right');
    void add('two', 'also');
    await finish(4);
    expect(begun).toEqual(['f0', 'f1', 'right', 'also', 'f2']);
  });

  it('takes the lower rank of a group first, and equals as they came', async () => {
    const { begun, add, finish } = bench(1, 10);
    void add('x', 'running');
    void add('x', 'b1', 1);
    void add('x', 'c', 2);
    void add('x', 'a');
    void add('x', 'b2', 1);
    await finish(4);
    expect(begun).toEqual(['running', 'a', 'b1', 'b2', 'c']);
  });

  it('turns away the last of the longest group when it is full', async () => {
    const { queue, begun, refused, add, finish } = bench(1, 3);
    void add('flood', 'running');
    for (const name of ['f1', 'f2', 'f3', 'f4']) void add('flood', name);
    await finish(0);
    expect(refused).toEqual(['f4']);
    void add('other', 'o1');
    await finish(0);
    expect(refused).toEqual(['f4', 'f3']);
    expect(queue.refused).toBe(2);
    await finish(4);
    expect(begun).toEqual(['running', 'f1', 'o1', 'f2']);
  });

  it('goes on after work that failed', async () => {
    const queue = new FairQueue(1, 10);
    const place = { group: 'x', rank: 0 };
    await expect(queue.run(place, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await queue.run(place, () => Promise.resolve(7))).toBe(7);
  });
});
