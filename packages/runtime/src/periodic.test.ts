import { ManualClock } from '@stratora/testkit';
import { describe, expect, it } from 'vitest';
import { periodic, stableFraction } from './periodic.ts';

describe('periodic', () => {
  it('runs once per interval and stops', async () => {
    const clock = new ManualClock();
    let runs = 0;
    const loop = periodic({
      name: 'count',
      intervalMs: 1000,
      clock,
      run: async () => {
        runs += 1;
      },
    });
    loop.start();
    await clock.advance(3500);
    expect(runs).toBe(3);
    await loop.stop();
    await clock.advance(5000);
    expect(runs).toBe(3);
    expect(clock.pendingTimers).toBe(0);
  });

  it('never overlaps with itself and counts the intervals that a slow run missed', async () => {
    const clock = new ManualClock();
    let going = 0;
    let most = 0;
    const loop = periodic({
      name: 'slow',
      intervalMs: 1000,
      clock,
      run: () => {
        going += 1;
        most = Math.max(most, going);
        return new Promise((resolve) => {
          clock.setTimeout(() => {
            going -= 1;
            resolve();
          }, 2500);
        });
      },
    });
    loop.start();
    await clock.advance(10_000);
    expect(most).toBe(1);
    expect(loop.stats.missed).toBe(6);
    const stopped = loop.stop();
    await clock.advance(3000);
    await stopped;
  });

  it('runs at its phase of the wall clock, and finds it again after a jump, by half an interval at most', async () => {
    const clock = new ManualClock(Date.UTC(2026, 0, 1, 0, 0, 3));
    const walls: number[] = [];
    const times: number[] = [];
    const loop = periodic({
      name: 'phased',
      intervalMs: 10_000,
      wallPhaseMs: 8_200,
      clock,
      run: async () => {
        walls.push(clock.now() % 10_000);
        times.push(clock.monotonic());
      },
    });
    loop.start();
    await clock.advance(40_000);
    clock.setNow(clock.now() + 4_000);
    await clock.advance(30_000);
    clock.setNow(clock.now() - 64_900);
    await clock.advance(30_000);
    expect(walls.filter((phase) => phase !== 8_200)).toHaveLength(2);
    const between = times.slice(1).map((time, at) => time - (times[at] ?? 0));
    expect(Math.min(...between)).toBeGreaterThanOrEqual(5_000);
    expect(Math.max(...between)).toBeLessThanOrEqual(15_000);
    await loop.stop();
  });

  it('goes on after a run that throws, and counts it', async () => {
    const clock = new ManualClock();
    const loop = periodic({
      name: 'bad',
      intervalMs: 100,
      clock,
      run: async () => {
        throw new Error('no');
      },
    });
    loop.start();
    await clock.advance(350);
    expect(loop.stats).toMatchObject({ runs: 3, failures: 3, lastSuccessAt: undefined });
    await loop.stop();
  });

  it('runs at once when triggered, and once more when triggered during a run', async () => {
    const clock = new ManualClock();
    let runs = 0;
    const loop = periodic({
      name: 'triggered',
      intervalMs: 60_000,
      clock,
      run: async () => {
        runs += 1;
        if (runs === 1) loop.trigger();
      },
    });
    loop.start();
    await clock.advance(10);
    loop.trigger();
    await clock.advance(10);
    expect(runs).toBe(2);
    await loop.stop();
  });

  it('spreads keys evenly and stably', () => {
    const buckets = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i += 1) {
      const bucket = Math.floor(stableFraction(`component-${i}`) * 10);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    for (const count of buckets) expect(count).toBeGreaterThan(700);
    expect(stableFraction('a')).toBe(stableFraction('a'));
  });
});
