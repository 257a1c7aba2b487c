import { describe, expect, it } from 'vitest';
import { daysWords, listWords } from './weekdays.ts';

describe('days of the week', () => {
  it('are told in their order, however they were written', () => {
    expect(daysWords(['fr', 'mo', 'we'])).toBe('Mon, Wed and Fri');
    expect(daysWords(['th', 'mo', 'tu', 'we', 'fr'])).toBe('Mon to Fri');
    expect(daysWords(['sa', 'su'])).toBe('Sat and Sun');
    expect(daysWords(['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'])).toBe('every day');
    expect(daysWords([])).toBe('');
  });

  it('and other things are listed as people do', () => {
    expect(listWords([], 'or')).toBe('');
    expect(listWords(['a'], 'or')).toBe('a');
    expect(listWords(['a', 'b', 'c'], 'or')).toBe('a, b or c');
  });
});
