import { describe, expect, it } from 'vitest';
import { muteUntil } from './mute-choice.ts';

const NOW = Date.parse('2026-11-29T22:30:00Z');

describe('the end of a mute', () => {
  it('is counted from now, by the clock of the zone that is shown', () => {
    expect(muteUntil('1h', '', NOW, 'utc')).toBe('2026-11-29T23:30:00.000Z');
    expect(muteUntil('4h', '', NOW, 'utc')).toBe('2026-11-30T02:30:00.000Z');
    expect(muteUntil('tomorrow', '', NOW, 'utc')).toBe('2026-11-30T08:00:00.000Z');
    const local = new Date(muteUntil('tomorrow', '', NOW, 'local') ?? '');
    expect([local.getHours(), local.getMinutes()]).toEqual([8, 0]);
    expect(local.getTime()).toBeGreaterThan(NOW);
  });

  it('is none until it resolves, and unknown for a time that is none', () => {
    expect(muteUntil('resolved', '', NOW, 'utc')).toBeNull();
    expect(muteUntil('at', '', NOW, 'utc')).toBeUndefined();
  });

  it('of one’s own is the time of the field in the zone that is shown', () => {
    expect(muteUntil('at', '2026-11-29T22:30', 0, 'utc')).toBe('2026-11-29T22:30:00.000Z');
  });
});
