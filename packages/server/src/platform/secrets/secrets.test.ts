import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock } from '@stratora/testkit';
import { describe, expect, it } from 'vitest';
import { AttemptLimiter } from './attempt-limiter.ts';
import { KeyRing } from './key-ring.ts';
import { readOrCreateKeyFile } from './key-source.ts';
import { WorkQueue } from './work-queue.ts';

const KEY_1 = '11'.repeat(32);
const KEY_2 = '22'.repeat(32);

describe('the key ring', () => {
  const ring = new KeyRing(new Map([[1, KEY_1]]));

  it('opens what it sealed, and seals the same text differently each time', () => {
    const [first, second] = [ring.seal('geheim', 'credential|a'), ring.seal('geheim', 'credential|a')];
    expect(ring.open(first.body, first.keyVersion, 'credential|a').toString()).toBe('geheim');
    expect(first.body.equals(second.body)).toBe(false);
    expect(first.body.includes('geheim')).toBe(false);
  });

  it('refuses a text that was put elsewhere or changed in any byte', () => {
    const { body, keyVersion } = ring.seal('geheim', 'credential|a');
    expect(() => ring.open(body, keyVersion, 'credential|b')).toThrow('authenticate');
    for (let at = 0; at < body.length; at += 1) {
      const changed = Buffer.from(body);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => ring.open(changed, keyVersion, 'credential|a')).toThrow('authenticate');
    }
    expect(() => ring.open(body.subarray(0, 20), keyVersion, 'credential|a')).toThrow('too short');
  });

  it('seals with the newest key and opens with all', () => {
    const old = ring.seal('geheim', 'x');
    const both = new KeyRing(
      new Map([
        [1, KEY_1],
        [2, KEY_2],
      ]),
    );
    expect(both.open(old.body, old.keyVersion, 'x').toString()).toBe('geheim');
    const sealed = both.seal('geheim', 'x');
    expect(sealed.keyVersion).toBe(2);
    expect(() => ring.open(sealed.body, 2, 'x')).toThrow('credential key 2 is not configured');
    expect(() => both.open(sealed.body, 1, 'x')).toThrow('authenticate');
  });

  it('refuses keys that are not 64 hex digits', () => {
    expect(() => new KeyRing(new Map([[1, 'abc']]))).toThrow('64 hex digits');
    expect(() => new KeyRing(new Map())).toThrow('no credential key');
  });

  it('makes a key file once, readable by its owner alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'stratora-key-'));
    try {
      const path = join(folder, 'credential.key');
      const keys = await Promise.all(Array.from({ length: 5 }, () => readOrCreateKeyFile(path)));
      expect(new Set(keys).size).toBe(1);
      expect(await readOrCreateKeyFile(path)).toMatch(/^[0-9a-f]{64}$/);
      expect(await readdir(folder)).toEqual(['credential.key']);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the attempt limiter', () => {
  it('lets a number of attempts fail in a window, and more when it is over', async () => {
    const clock = new ManualClock();
    const limiter = new AttemptLimiter(clock, { attempts: 2, windowMs: 60_000 });
    expect([limiter.take('a'), limiter.take('a'), limiter.take('a')]).toEqual([undefined, undefined, 60]);
    expect(limiter.take('b')).toBeUndefined();
    await clock.advance(59_000);
    expect(limiter.take('a')).toBe(1);
    await clock.advance(1000);
    expect(limiter.take('a')).toBeUndefined();
  });

  it('counts no attempt that was a good one', () => {
    const limiter = new AttemptLimiter(new ManualClock(), { attempts: 1, windowMs: 1000 });
    for (let round = 0; round < 5; round += 1) {
      expect(limiter.take('a')).toBeUndefined();
      limiter.giveBack('a');
    }
  });
});

describe('the work queue', () => {
  it('runs no more than its width at once, in order, and refuses what may not wait', async () => {
    const queue = new WorkQueue(2, 3);
    const order: number[] = [];
    const releases: (() => void)[] = [];
    const at = { running: 0, most: 0 };
    const work = (id: number) =>
      queue.run(async () => {
        at.running += 1;
        at.most = Math.max(at.most, at.running);
        order.push(id);
        await new Promise<void>((resolve) => {
          releases.push(resolve);
        });
        at.running -= 1;
      });
    const all = [1, 2, 3, 4, 5].map(work);
    await expect(work(6)).rejects.toMatchObject({ code: 'overloaded', status: 503 });
    while (order.length < 5 || at.running > 0) {
      releases.shift()?.();
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    await Promise.all(all);
    expect(order).toEqual([1, 2, 3, 4, 5]);
    expect(at.most).toBe(2);
  });

  it('goes on after work that failed', async () => {
    const queue = new WorkQueue(1, 1);
    await expect(queue.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await queue.run(async () => 'yes')).toBe('yes');
  });
});
