import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { noteServerTime, serverNow, toServerTime } from './clock.ts';

const SERVER = Date.parse('2026-03-01T12:00:00Z');
const HOUR = 3_600_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  answerAt(SERVER, 0);
});
afterEach(() => vi.useRealTimers());

/** An answer of the server at this moment, in a browser whose clock is wrong by so much. */
function answerAt(serverMs: number, wrongMs: number): void {
  vi.setSystemTime(serverMs + wrongMs);
  noteServerTime(Math.floor(serverMs / 1000) * 1000);
}

it.each([3 * HOUR, -3 * HOUR, 90_000, -90_000])(
  "a browser's clock that is %i ms wrong tells the server's time",
  (wrong) => {
    answerAt(SERVER, wrong);
    expect(Math.abs(serverNow() - SERVER)).toBeLessThanOrEqual(500);
    vi.setSystemTime(SERVER + wrong + 60_000);
    expect(Math.abs(serverNow() - SERVER - 60_000)).toBeLessThanOrEqual(500);
    expect(Math.abs(toServerTime(SERVER + wrong) - SERVER)).toBeLessThanOrEqual(500);
  },
);

it('a clock that is right is left alone, whatever fraction of a second the server cuts off', () => {
  for (const fraction of [0, 1, 499, 500, 999]) {
    answerAt(SERVER + fraction, 300);
    expect(serverNow()).toBe(SERVER + fraction + 300);
  }
});

it('a clock that is set while the page is open is followed at the next answer, in both directions', () => {
  answerAt(SERVER, 3 * HOUR);
  answerAt(SERVER + 10_000, -HOUR);
  expect(Math.abs(serverNow() - SERVER - 10_000)).toBeLessThanOrEqual(500);
  answerAt(SERVER + 20_000, 0);
  expect(serverNow()).toBe(SERVER + 20_000);
});

it('a date that says nothing changes nothing', () => {
  answerAt(SERVER, HOUR);
  const before = serverNow();
  noteServerTime(Number.NaN);
  expect(serverNow()).toBe(before);
});
