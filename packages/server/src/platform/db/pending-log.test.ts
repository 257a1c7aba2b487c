import { silentLogger } from '@stratora/runtime';
import { ManualClock } from '@stratora/testkit';
import { describe, expect, it } from 'vitest';
import { PendingLog } from './pending-log.ts';

/** A log of words by key, and a store that can be away, or not bear some word. */
function wordLog(batchSize = 2) {
  const clock = new ManualClock();
  const written: string[] = [];
  const batches: number[] = [];
  const store = { isAway: false, refuses: '', awayAfter: Number.POSITIVE_INFINITY };
  const log = new PendingLog<string>({
    name: 'words',
    intervalMs: 1000,
    batchSize,
    clock,
    logger: silentLogger(),
    merge: (older, newer) => `${older}+${newer}`,
    write: async (batch) => {
      batches.push(batch.length);
      if (store.isAway || batches.length > store.awayAfter)
        throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' });
      if (batch.some(([, word]) => word === store.refuses))
        throw Object.assign(new Error('nonsense'), { code: '22021' });
      written.push(...batch.map(([key, word]) => `${key}=${word}`));
    },
  });
  return { log, clock, written, batches, store };
}

describe('PendingLog', () => {
  it('writes what waits every interval, in batches, once', async () => {
    const { log, clock, written, batches } = wordLog();
    log.loop.start();
    for (const key of ['a', 'b', 'c']) log.put(key, 'x');
    log.put('a', 'y');
    expect(log.waiting).toBe(3);
    await clock.advance(2500);
    expect(written).toEqual(['a=y', 'b=x', 'c=x']);
    expect(batches).toEqual([2, 1]);
    expect(log.waiting).toBe(0);
    await log.stop();
  });

  it('keeps what it cannot write while the database is away, older under newer', async () => {
    const { log, written, store } = wordLog();
    store.isAway = true;
    log.put('a', '1');
    log.put('b', '1');
    await expect(log.flush()).rejects.toThrow('gone');
    log.put('c', '1');
    expect(log.find('a')).toBe('1');
    const flush = log.flush();
    log.put('a', '2');
    await expect(flush).rejects.toThrow('gone');
    store.isAway = false;
    await log.flush();
    expect(written.toSorted()).toEqual(['a=1+2', 'b=1', 'c=1']);
  });

  it('drops only what no database takes', async () => {
    const { log, written, store } = wordLog(4);
    store.refuses = 'bad';
    for (const key of ['a', 'b', 'c', 'd', 'e']) log.put(key, key === 'b' ? 'bad' : 'good');
    await log.flush();
    expect(written).toEqual(['a=good', 'c=good', 'd=good', 'e=good']);
    expect(log.waiting).toBe(0);
  });

  it('keeps the rest, too, when the database goes away while it writes one by one', async () => {
    const { log, written, batches, store } = wordLog(3);
    store.refuses = 'bad';
    for (const key of ['a', 'b', 'c', 'd']) log.put(key, key === 'b' ? 'bad' : 'good');
    store.awayAfter = 3;
    await expect(log.flush()).rejects.toThrow('gone');
    expect(batches).toEqual([3, 1, 1, 1]);
    expect(written).toEqual(['a=good']);
    expect([log.find('c'), log.find('d'), log.waiting]).toEqual(['good', 'good', 2]);
  });

  it('writes what is left when it stops, and stops though it cannot', async () => {
    const { log, written, store } = wordLog();
    log.put('a', '1');
    await log.stop();
    expect(written).toEqual(['a=1']);
    store.isAway = true;
    log.put('b', '1');
    await log.stop();
    expect(log.waiting).toBe(1);
  });

  it('writes in the order of what was told, also when two ask for it at once', async () => {
    const written: string[] = [];
    const late = Promise.withResolvers<void>();
    const log = new PendingLog<string>({
      name: 'words',
      intervalMs: 1000,
      batchSize: 2,
      clock: new ManualClock(),
      logger: silentLogger(),
      merge: (_, newer) => newer,
      write: async (batch) => {
        if (written.length === 0 && batch[0]?.[1] === 'first') await late.promise;
        written.push(...batch.map(([, word]) => word));
      },
    });
    log.put('a', 'first');
    const flushed = [log.flush()];
    log.put('a', 'second');
    flushed.push(log.flush());
    late.resolve();
    await Promise.all(flushed);
    expect(written).toEqual(['first', 'second']);
  });
});
