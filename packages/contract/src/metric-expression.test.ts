import { describe, expect, test } from 'vitest';
import { compileExpression } from './metric-expression.ts';

function evaluate(text: string, values: Record<string, number> = {}): number {
  return compileExpression(text).evaluate((name) => values[name] ?? Number.NaN);
}

describe('metric expressions', () => {
  test('multiplication binds tighter than addition, from left to right', () => {
    expect(evaluate('1 + 2 * 3 - 8 / 4 / 2')).toBe(6);
    expect(evaluate('(1 + 2) * -3')).toBe(-9);
  });

  test('names are read from the row, and a missing one makes the result NaN', () => {
    expect(evaluate('used / total * 100', { used: 1, total: 4 })).toBe(25);
    expect(evaluate('used / total * 100', { used: 1 })).toBeNaN();
    expect(compileExpression('a * b + a').names).toEqual(['a', 'b']);
  });

  test('scale, sign and bounds have their functions', () => {
    expect(
      evaluate('value * pow10(3 * (scale - 9) - precision)', { value: 236, scale: 9, precision: 1 }),
    ).toBeCloseTo(23.6);
    expect(evaluate('u32(x)', { x: -1 })).toBe(4_294_967_295);
    expect(evaluate('min(max(x, 0), 100)', { x: 140 })).toBe(100);
  });

  test.each([
    ['', 'ends too early'],
    ['1 +', 'ends too early'],
    ['1 2', 'unexpected "2"'],
    ['a.b', 'unexpected character'],
    ['process("x")', 'unexpected character'],
    ['constructor(1)', 'unknown function'],
    ['min(1)', 'gives min 1 values'],
    ['(1', 'misses a ")"'],
    ['('.repeat(50) + '1' + ')'.repeat(50), 'nested too deeply'],
  ])('%s is refused', (text, reason) => {
    expect(() => compileExpression(text)).toThrow(reason);
  });
});
