import { expect, it } from 'vitest';
import { readDuration } from './duration-text.ts';

it('a duration is read in its units, and nothing else is one', () => {
  for (const [text, seconds] of [
    ['45s', 45],
    ['90m', 5400],
    ['90min', 5400],
    ['2h', 7200],
    ['1h30m', 5400],
    ['1d', 86_400],
    ['1d2h', 93_600],
  ] as const)
    expect(readDuration(text)).toBe(seconds);
  for (const text of ['', '2', 'h', '2 h', '-2h', '2h ', '1.5h', '0m', '2H', '2w', '99999999h'])
    expect(readDuration(text)).toBeUndefined();
});
