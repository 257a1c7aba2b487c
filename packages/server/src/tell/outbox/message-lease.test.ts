import { ManualClock } from '@stratora/testkit';
import { describe, expect, it } from 'vitest';
import { MessageLease } from './message-lease.ts';

describe('a lease', () => {
  it('is good until five seconds before its end', async () => {
    const clock = new ManualClock();
    const lease = new MessageLease(clock);
    expect(lease.leftMs).toBe(25_000);
    await clock.advance(24_999);
    expect(lease.isGood).toBe(true);
    await clock.advance(1);
    expect(lease.isGood).toBe(false);
  });

  it('is at its end when the wall clock says so, and stays good when that is put back', async () => {
    const clock = new ManualClock();
    const lease = new MessageLease(clock);
    clock.setNow(clock.now() - 3_600_000);
    expect(lease.isGood).toBe(true);
    clock.setNow(clock.now() + 3_700_000);
    expect(lease.isGood).toBe(false);
  });
});
