import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAULT_TIMELINES } from './outbox-faults.test-support.ts';
import { OutboxTimelines } from './outbox-timeline.test-support.ts';
import { OUTBOX_TIMELINES } from './outbox-timelines.test-support.ts';

describe('the course of an alert through its notices', () => {
  let timelines: OutboxTimelines;

  beforeAll(async () => {
    timelines = await OutboxTimelines.start();
  });
  afterAll(() => timelines?.stop());

  it.each([...OUTBOX_TIMELINES, ...FAULT_TIMELINES])('$title', async (timeline) => {
    const { arrives, listed } = await timelines.run(timeline);
    expect(withRanges(arrives, timeline.arrives)).toEqual(timeline.arrives);
    expect(listed).toEqual(timeline.listed ?? []);
  });
});

/** Writes the range that is expected in the place of a second that lies in it: tries after an outage are spread by chance. */
function withRanges(lines: readonly string[], expected: readonly string[]): string[] {
  return lines.map((line, index) => {
    const [, from, to] = /^(\d+)-(\d+) /.exec(expected[index] ?? '') ?? [];
    const second = Number.parseInt(line, 10);
    if (from === undefined || second < Number(from) || second > Number(to)) return line;
    return line.replace(/^\d+/, `${from}-${to}`);
  });
}
