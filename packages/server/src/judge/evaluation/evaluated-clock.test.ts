import { describe, expect, it } from 'vitest';
import { EvaluatedClock } from './evaluated-clock.ts';

const WALL = Date.parse('2026-01-01T12:00:00Z');
const INTERVAL = 10_000;

/** A clock with both clocks of the machine, which a test moves. */
function setUp(record?: { clockMs: number; wallMs: number }) {
  const clock = new EvaluatedClock(INTERVAL, record);
  let [wall, monotonic] = [WALL, 500];
  return {
    clock,
    cycle: (monotonicMs: number, wallMs = monotonicMs) => {
      monotonic += monotonicMs;
      wall += wallMs;
      const reading = clock.read(wall, monotonic);
      clock.commit(reading);
      return reading;
    },
  };
}

describe('the evaluated clock', () => {
  it('stands still from the last cycle before a start to the first one after', () => {
    const { cycle } = setUp({ clockMs: 70_000, wallMs: WALL - 3_600_000 });
    expect(cycle(0)).toMatchObject({ now: 70_000, last: 70_000, fault: undefined });
    expect(cycle(INTERVAL)).toMatchObject({ now: 80_000, last: 70_000 });
  });

  it('counts one and a half intervals at most', () => {
    const { cycle } = setUp();
    cycle(0);
    expect(cycle(12_000).now).toBe(12_000);
    expect(cycle(600_000).now).toBe(27_000);
  });

  it('does not count a cycle that did not go well', () => {
    const { clock, cycle } = setUp();
    cycle(0);
    clock.read(WALL + 5000, 5500);
    expect(cycle(11_000).now).toBe(11_000);
  });

  it('tells of a wall clock that was set back until that has been passed', () => {
    const { cycle } = setUp();
    cycle(0);
    expect(cycle(INTERVAL, -60_000)).toMatchObject({
      now: INTERVAL,
      isSet: true,
      fault: expect.stringContaining('back'),
    });
    for (let round = 0; round < 5; round += 1) expect(cycle(INTERVAL)).toMatchObject({ isSet: false });
    expect(cycle(INTERVAL).fault).toBeUndefined();
  });

  it('takes one that stays back for right after ten minutes', () => {
    const { cycle } = setUp();
    cycle(0);
    cycle(INTERVAL, -7_200_000);
    for (let round = 0; round < 59; round += 1) expect(cycle(INTERVAL).fault).toBeDefined();
    expect(cycle(INTERVAL).fault).toBeUndefined();
    expect(cycle(INTERVAL).fault).toBeUndefined();
  });

  it('notices one that was set back while nobody evaluated', () => {
    expect(setUp({ clockMs: 0, wallMs: WALL + 90_000 }).cycle(0).fault).toContain('back');
  });

  it('waits for samples after a leap ahead', () => {
    const { cycle } = setUp();
    cycle(0);
    expect(cycle(INTERVAL, 3_600_000)).toMatchObject({
      now: INTERVAL,
      isSet: true,
      fault: expect.any(String),
    });
    for (let round = 0; round < 5; round += 1) expect(cycle(INTERVAL).fault).toBeDefined();
    expect(cycle(INTERVAL).fault).toBeUndefined();
  });

  it('minds no small steps of a clock that is being kept right', () => {
    const { cycle } = setUp();
    cycle(0);
    expect(cycle(INTERVAL, INTERVAL - 3000)).toMatchObject({ fault: undefined, isSet: false });
    expect(cycle(INTERVAL, INTERVAL + 3000)).toMatchObject({ fault: undefined, isSet: false });
  });
});
