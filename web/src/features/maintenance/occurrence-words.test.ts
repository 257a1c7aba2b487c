import { describe, expect, it } from 'vitest';
import { occurrenceTexts } from './occurrence-words.ts';

function item(localFrom: string, localTo: string, from: string, to: string) {
  return {
    starts_at: from,
    ends_at: to,
    local_starts_at: localFrom,
    local_ends_at: localTo,
    duration_seconds: 0,
    notes: [],
  };
}

describe('an occurrence', () => {
  it('is told by the clocks of its zone and in UTC', () => {
    expect(
      occurrenceTexts(
        item(
          '2026-12-01T22:00:00+01:00',
          '2026-12-02T00:00:00+01:00',
          '2026-12-01T21:00:00.000Z',
          '2026-12-01T23:00:00.000Z',
        ),
      ),
    ).toEqual({ local: 'Tue, 1 Dec 2026, 22:00 to 00:00', utc: '1 Dec 2026, 21:00 to 23:00' });
  });

  it('of several days tells the day on which it ends', () => {
    expect(
      occurrenceTexts(
        item(
          '2026-12-04T18:00:00+01:00',
          '2026-12-07T06:00:00+01:00',
          '2026-12-04T17:00:00.000Z',
          '2026-12-07T05:00:00.000Z',
        ),
      ).local,
    ).toBe('Fri, 4 Dec 2026, 18:00 to Mon, 7 Dec 2026, 06:00');
  });
});
