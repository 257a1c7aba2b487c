import { ManualClock } from '@stratora/testkit';
import { describe, expect, it } from 'vitest';
import { JobBell } from './job-bell.ts';

const NEVER = new AbortController().signal;

describe('the bell of jobs', () => {
  it('rings for one component until it has asked, and for two minutes at most', async () => {
    const clock = new ManualClock();
    const bell = new JobBell(clock);
    bell.ring('a');
    expect([bell.isRinging('a'), bell.isRinging('b')]).toEqual([true, false]);
    bell.hush('a');
    expect(bell.isRinging('a')).toBe(false);
    bell.ring('a');
    await clock.advance(120_000);
    expect(bell.isRinging('a')).toBe(false);
  });

  it('ends the wait of its component at once, and a wait that begins while it rings', async () => {
    const bell = new JobBell(new ManualClock());
    const waits = bell.wait('a', 5000, NEVER);
    expect(bell.waiting).toBe(1);
    bell.ring('a');
    await waits;
    expect(bell.waiting).toBe(0);
    await bell.wait('a', 5000, NEVER);
  });

  it('ends a wait after its time, when the caller goes, when it asks anew, and at the stop', async () => {
    const clock = new ManualClock();
    const bell = new JobBell(clock);
    const timed = bell.wait('a', 5000, NEVER);
    await clock.advance(5000);
    await timed;
    const gone = new AbortController();
    const left = bell.wait('a', 5000, gone.signal);
    gone.abort();
    await left;
    const older = bell.wait('a', 5000, NEVER);
    const newer = bell.wait('a', 5000, NEVER);
    await older;
    expect(bell.waiting).toBe(1);
    bell.close();
    await newer;
    await bell.wait('b', 5000, NEVER);
    expect(bell.waiting).toBe(0);
  });
});
