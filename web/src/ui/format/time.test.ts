import { describe, expect, it } from 'vitest';
import { formatAgo, formatAxisTime, formatMoment, formatSince, localizeMoments } from './time.ts';

const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);

describe('relative times', () => {
  it('of the last two seconds are now, also when the clocks differ a little', () => {
    expect(formatAgo(NOW - 2_000, NOW)).toBe('now');
    expect(formatAgo(NOW + 1_000, NOW)).toBe('now');
  });

  it('use one step', () => {
    expect(formatAgo(NOW - 8_000, NOW)).toBe('8 s ago');
    expect(formatAgo(NOW - 90_000, NOW)).toBe('1 min ago');
    expect(formatAgo(NOW - 7_200_000, NOW)).toBe('2 h ago');
    expect(formatAgo(NOW - 86_400_000 * 3, NOW)).toBe('3 d ago');
  });

  it('to come are said to be so', () => {
    expect(formatAgo(NOW + 300_000, NOW)).toBe('in 5 min');
  });

  it('that last never run backwards', () => {
    expect(formatSince(NOW + 5_000, NOW)).toBe('0 s');
    expect(formatSince(NOW - 3_900_000, NOW)).toBe('1 h 5 min');
  });
});

describe('moments', () => {
  it('are exact and in the chosen zone', () => {
    expect(formatMoment(NOW, 'utc')).toBe('23 Nov 2026, 12:00:00');
  });

  it('on an axis are as short as the range allows', () => {
    expect(formatAxisTime(NOW, 300, 'utc')).toBe('12:00:00');
    expect(formatAxisTime(NOW, 3_600, 'utc')).toBe('12:00');
    expect(formatAxisTime(NOW, 86_400, 'utc')).toBe('Mon 12:00');
    expect(formatAxisTime(NOW, 86_400 * 30, 'utc')).toBe('23 Nov');
  });
});

describe('a sentence of the server', () => {
  it('has its moments in the zone that is shown, and nothing else changed', () => {
    const sentence =
      'It was active since 2026-11-29T11:39:26.452Z, until 2026-11-29T12:00:00Z (run 2026-11-29).';
    expect(localizeMoments(sentence, 'utc')).toBe(
      'It was active since 29 Nov 2026, 11:39:26, until 29 Nov 2026, 12:00:00 (run 2026-11-29).',
    );
  });
});
