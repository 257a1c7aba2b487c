import { ManualClock } from '@stratora/testkit';
import { describe, expect, it } from 'vitest';
import { createBackoff } from './backoff.ts';
import { Lifecycle } from './lifecycle.ts';

describe('Lifecycle', () => {
  it('stops last in first out, once, whatever the number of callers', async () => {
    const order: string[] = [];
    const lifecycle = new Lifecycle();
    lifecycle.onStop('first', () => void order.push('first'));
    lifecycle.onStop('second', async () => void order.push('second'));
    await Promise.all([lifecycle.stop(1000), lifecycle.stop(1000)]);
    expect(order).toEqual(['second', 'first']);
  });

  it('goes on past a step that throws or hangs, within the deadline', async () => {
    const clock = new ManualClock();
    const order: string[] = [];
    const lifecycle = new Lifecycle(undefined, clock);
    lifecycle.onStop('last', () => void order.push('last'));
    lifecycle.onStop('throws', () => {
      throw new Error('no');
    });
    lifecycle.onStop('hangs', () => new Promise(() => {}));
    let done = false;
    const stopped = lifecycle.stop(1000).then(() => {
      done = true;
    });
    await clock.advance(999);
    expect(done).toBe(false);
    await clock.advance(2);
    await stopped;
    expect(order).toEqual(['last']);
  });
});

describe('createBackoff', () => {
  it('doubles up to the ceiling and starts over after a reset', () => {
    const backoff = createBackoff({ minMs: 1000, maxMs: 5000, jitter: 0 });
    expect([backoff.next(), backoff.next(), backoff.next(), backoff.next()]).toEqual([
      1000, 2000, 4000, 5000,
    ]);
    backoff.reset();
    expect(backoff.next()).toBe(1000);
  });

  it('never waits longer than the ceiling, nor less than the jitter allows', () => {
    for (const random of [0, 0.5, 0.999]) {
      const backoff = createBackoff({ minMs: 1000, maxMs: 5000, jitter: 0.2, random: () => random });
      for (let attempt = 0; attempt < 100; attempt += 1) {
        const delay = backoff.next();
        expect(delay).toBeLessThanOrEqual(5000);
        expect(delay).toBeGreaterThanOrEqual(800);
      }
    }
  });
});
