import { describe, expect, it } from 'vitest';
import { backoffMs, begun, failed, freedomOf, type LaneState } from './lane-state.ts';

const AT = new Date('2026-11-02T10:00:00.500Z');
const after = (seconds: number) => new Date(AT.getTime() + seconds * 1000);
const IDLE: LaneState = { failingSince: null, failures: 0, retryAt: null, countedSecond: 0, counts: [] };
const freedom = (lane: LaneState, { inFlight = 0, maxPerMinute = 60, at = AT } = {}) =>
  freedomOf(lane, { inFlight, maxPerMinute, at });

describe('a lane', () => {
  it('lets four messages through at once', () => {
    expect([0, 1, 4, 5].map((inFlight) => freedom(IDLE, { inFlight }).most)).toEqual([4, 3, 0, 0]);
  });

  it('lets no more through in any minute than it may, however the minute is cut', () => {
    let lane = IDLE;
    const sent: number[] = [];
    for (let tenth = 0; tenth < 3000; tenth += 1) {
      const at = after(tenth / 10);
      const { most } = freedom(lane, { maxPerMinute: 7, at });
      if (most === 0) continue;
      lane = begun(lane, 1, at);
      sent.push(at.getTime());
    }
    expect(sent.length).toBeGreaterThanOrEqual(4 * 7);
    for (const from of sent)
      expect(sent.filter((time) => time >= from && time < from + 60_000).length).toBeLessThanOrEqual(7);
  });

  it('says when it lets more through', () => {
    const full = begun(begun(IDLE, 1, AT), 1, after(10));
    const { most, moreAt } = freedom(full, { maxPerMinute: 2, at: after(20) });
    expect(most).toBe(0);
    expect(moreAt?.getTime()).toBeLessThanOrEqual(after(62).getTime());
    expect(freedom(full, { maxPerMinute: 2, at: moreAt ?? AT }).most).toBe(1);
  });

  it('is tried by one message at a time while nothing gets through, later each time', () => {
    let lane = IDLE;
    let at = AT;
    const waits: number[] = [];
    for (let tries = 0; tries < 8; tries += 1) {
      lane = failed(lane, { at, random: () => 0 });
      expect(freedom(lane, { at }).most).toBe(0);
      const retryAt = lane.retryAt ?? at;
      waits.push((retryAt.getTime() - at.getTime()) / 1000);
      at = retryAt;
      expect(freedom(lane, { at }).most).toBe(1);
      expect(freedom(lane, { at, inFlight: 1 }).most).toBe(0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    expect(lane.failingSince).toEqual(AT);
  });

  it('leaves the other end alone for as long as that asks, an hour at most', () => {
    const asked = failed(IDLE, { at: AT, retryAfterMs: 120_000 });
    expect(freedom(asked, { at: after(119) }).most).toBe(0);
    expect(freedom(asked, { at: after(120) }).most).toBe(1);
    expect(failed(IDLE, { at: AT, retryAfterMs: 1e12 }).retryAt).toEqual(after(3600));
  });

  it('spreads tries by chance, and never beyond thirty seconds', () => {
    expect(backoffMs(50, () => 0)).toBe(30_000);
    expect(backoffMs(50, () => 0.999)).toBeGreaterThanOrEqual(24_000);
  });
});
