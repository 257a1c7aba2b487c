import { describe, expect, it } from 'vitest';
import { sampleWindow } from './window-sample.test-support.ts';
import { windowTimesWords } from './window-times-words.ts';

describe('when a window is', () => {
  it('is until when it runs, else when it comes next, else when it was', () => {
    const running = { state: 'active', active: true, current_ends_at: '2026-12-01T23:00:00Z' } as const;
    expect(windowTimesWords(sampleWindow(running), 'utc')).toBe('until 1 Dec 2026, 23:00');
    expect(windowTimesWords(sampleWindow(), 'utc')).toBe('1 Dec 2026, 21:00 to 23:00');
    const over = sampleWindow({ state: 'over', next_starts_at: null, next_ends_at: null });
    expect(windowTimesWords(over, 'utc')).toBe('was 1 Dec 2026, 21:00 to 23:00');
  });

  it('names the day on which it ends where that is another one', () => {
    const window = sampleWindow({ next_ends_at: '2026-12-02T01:00:00Z' });
    expect(windowTimesWords(window, 'utc')).toBe('1 Dec 2026, 21:00 to 2 Dec 2026, 01:00');
  });
});
