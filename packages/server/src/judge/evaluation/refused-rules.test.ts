import { expect, it } from 'vitest';
import { refusedWords } from './refused-rules.ts';

it('names the rules that judge nothing, and counts those beyond a few', () => {
  expect(refusedWords([])).toBeUndefined();
  expect(refusedWords(['Load'])).toBe(
    'The alert rule “Load” judges nothing: the metric store refuses its expression.',
  );
  expect(refusedWords(['A', 'B', 'C', 'D', 'E'])).toBe(
    '5 alert rules judge nothing: the metric store refuses the expressions of “A”, “B”, “C” and 2 more.',
  );
});
