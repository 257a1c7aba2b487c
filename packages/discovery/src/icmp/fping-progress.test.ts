import { expect, it } from 'vitest';
import { FpingProgress } from './fping-progress.ts';

const LIST = Array.from({ length: 100 }, (_, index) => `192.0.2.${index}`);
const COURSE = { intervalMs: 50, timeoutMs: 500, startedAt: 1000 };
const sentBy = (progress: FpingProgress, now: number) =>
  LIST.filter((address) => progress.mayHaveSent(address, now)).length;

it('before it says anything, it is as far as its pace allows', () => {
  const progress = new FpingProgress(LIST, COURSE);
  expect(sentBy(progress, 1000)).toBe(2);
  expect(sentBy(progress, 2000)).toBe(22);
  expect(sentBy(progress, 60_000)).toBe(100);
});

it('the last address that was waited for in vain tells where it is, whatever came in between', () => {
  const progress = new FpingProgress(LIST, COURSE);
  // It began a second late: the packet to 20 went at 3000.
  progress.noteSilent('192.0.2.20', 3500);
  progress.noteSilent('192.0.2.3', 3600);
  progress.noteSilent('198.51.100.1', 3600);
  const count = sentBy(progress, 3500);
  expect(count).toBeGreaterThanOrEqual(31);
  expect(count).toBeLessThanOrEqual(33);
});
