import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_TIMELINES } from './fault-timelines.test-support.ts';
import { MAINTENANCE_TIMELINES } from './maintenance-timelines.test-support.ts';
import { TimelineRunner } from './timeline.test-support.ts';
import { VALUE_TIMELINES } from './value-timelines.test-support.ts';

const TIMELINES = { ...VALUE_TIMELINES, ...FAULT_TIMELINES, ...MAINTENANCE_TIMELINES };
const TEXTS = Object.fromEntries(
  Object.entries(TIMELINES).flatMap(([what, timelines]) =>
    Object.entries(timelines).map(([does, text]) => [`${what} ${does}`, text]),
  ),
);

/** Milliseconds for the first timeline of those that run together, which waits for all of them. */
const RUN_TIMEOUT_MS = 300_000;

describe('the evaluator', () => {
  let runner: TimelineRunner;

  beforeAll(async () => {
    runner = await TimelineRunner.start(TEXTS);
  });
  afterAll(() => runner?.stop());

  describe.each(Object.entries(TIMELINES))('%s', (what, timelines) => {
    it.each(Object.keys(timelines))('%s', { timeout: RUN_TIMEOUT_MS }, async (does) => {
      expect(await runner.run(`${what} ${does}`)).toEqual([]);
    });
  });
});
