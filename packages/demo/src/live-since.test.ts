import { expect, test } from 'vitest';
import { LiveSince } from './live-since.ts';

test('a device is live from the look at which it had answered, and at no time before', () => {
  const devices = [
    { address: '127.0.0.2', answers: 0 },
    { address: '127.0.0.3', answers: 0 },
  ];
  const [first, second] = devices as [(typeof devices)[0], (typeof devices)[0]];
  let now = 1000;
  const live = new LiveSince(devices, () => now);
  expect(live.look()).toBe(false);
  first.answers = 1;
  now = 2000;
  expect(live.look()).toBe(false);
  now = 3000;
  second.answers = 5;
  expect(live.look()).toBe(true);
  expect([1999, 2000, 9000].map((time) => live.covers(first.address, time))).toEqual([false, true, true]);
  expect([2000, 3000].map((time) => live.covers(second.address, time))).toEqual([false, true]);
  expect(live.covers('127.0.0.9', 9000)).toBe(false);
});

test('a plant without devices is never live', () => {
  expect(new LiveSince([]).look()).toBe(false);
});
