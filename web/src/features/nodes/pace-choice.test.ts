import { describe, expect, it } from 'vitest';
import { PACES, paceChoice, paceWords } from './pace-choice.ts';

describe('the pace of a node', () => {
  it('is named by what it sets, in whatever order', () => {
    expect(paceChoice(null)).toBe('');
    expect(paceChoice({ interval_seconds: 60, getbulk: false, requests_per_second: 5 })).toBe('gentle');
    expect(paceChoice(PACES.very_gentle)).toBe('very_gentle');
    expect(paceChoice({ requests_per_second: 5 })).toBe('own');
    expect(paceChoice({ ...PACES.gentle, max_repetitions: 3 })).toBe('own');
  });

  it('is said in words', () => {
    expect(paceWords(PACES.gentle)).toBe('5 requests a second, row by row, every 60 s at most');
    expect(paceWords({ max_repetitions: 3, requests_per_cycle: 40 })).toBe(
      '3 rows at a time, 40 requests a cycle',
    );
    expect(paceWords({})).toBe('no bounds of its own');
  });
});
