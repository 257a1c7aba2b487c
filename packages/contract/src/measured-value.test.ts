import { describe, expect, it } from 'vitest';
import { measuredValueSchema } from './field.ts';
import { isMeasuredValue, measuredNumber, measuredOrNull, measuredValue } from './measured-value.ts';

describe('a value of a series', () => {
  it.each([
    [1.5, 1.5],
    [-0, -0],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
  ] as const)('%s is %s in JSON, and is read back', (value, written) => {
    expect(measuredValue(value)).toBe(written);
    expect(measuredOrNull(value)).toBe(written);
    expect(measuredNumber(written)).toBe(value);
    expect(measuredValueSchema.parse(written)).toBe(written);
    expect(isMeasuredValue(written)).toBe(true);
  });

  it('is null where there is none, or no number', () => {
    for (const value of [null, undefined, Number.NaN]) expect(measuredOrNull(value)).toBeNull();
  });

  it('is no other text, and null is none', () => {
    for (const value of ['Inf', 'NaN', '+inf', '1', null]) {
      expect(isMeasuredValue(value)).toBe(false);
      expect(measuredValueSchema.safeParse(value).success).toBe(false);
    }
  });
});
