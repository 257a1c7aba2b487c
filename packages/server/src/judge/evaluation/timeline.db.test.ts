import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_TIMELINES } from './fault-timelines.test-support.ts';
import { TimelineRunner } from './timeline.test-support.ts';
import { VALUE_TIMELINES } from './value-timelines.test-support.ts';

const TIMELINES = { ...VALUE_TIMELINES, ...FAULT_TIMELINES };
const TEXTS = Object.fromEntries(
  Object.entries(TIMELINES).flatMap(([what, timelines]) =>
    Object.entries(timelines).map(([does, text]) => [`${what} ${does}`, text]),
  ),
);

describe('the evaluator', () => {
  let runner: TimelineRunner;

  beforeAll(async () => {
    runner = await TimelineRunner.start(TEXTS);
  });
  afterAll(() => runner?.stop());

  describe.each(Object.entries(TIMELINES))('%s', (what, timelines) => {
    it.each(Object.keys(timelines))('%s', async (does) => {
      expect(await runner.run(`${what} ${does}`)).toEqual([]);
    });
  });
});
