import { describe, expect, it } from 'vitest';
import { readFieldTime, toFieldTime } from './field-time.ts';

const TIME = Date.parse('2026-11-29T22:30:00Z');

describe('a field of date and time', () => {
  it('gives back the moment that was put in, in both zones', () => {
    for (const zone of ['utc', 'local'] as const) {
      expect(readFieldTime(toFieldTime(TIME, zone), zone)).toBe(TIME);
    }
    expect(toFieldTime(TIME, 'utc')).toBe('2026-11-29T22:30');
  });

  it('that is empty has none', () => {
    expect(readFieldTime('', 'utc')).toBeUndefined();
    expect(readFieldTime('', 'local')).toBeUndefined();
  });
});
