import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatValue, VALUE_FORMATS, type ValueFormat } from './value-format.ts';

describe('a value in a summary', () => {
  it.each<[number, ValueFormat | undefined, string]>([
    [93.4166, undefined, '93.42'],
    [12345.678, undefined, '12346'],
    [5, undefined, '5'],
    [-0, undefined, '0'],
    [0.000123456, undefined, '0.0001235'],
    [1e-9, undefined, '1e-9'],
    [1e21, undefined, '1e+21'],
    [93.4166, 'percent', '93.4 %'],
    [100, 'percent', '100 %'],
    [-0.01, 'percent', '0 %'],
    [1_572_864, 'bytes', '1.5 MiB'],
    [1_023, 'bytes', '1023 B'],
    [1_048_575, 'bytes', '1 MiB'],
    [-2_048, 'bytes', '-2 KiB'],
    [1e30, 'bytes', '867361737988.4 EiB'],
    [0.25, 'duration', '250 ms'],
    [1.5, 'duration', '1.5 s'],
    [59.6, 'duration', '1 min'],
    [7_500, 'duration', '2 h 5 min'],
    [3_599, 'duration', '59 min 59 s'],
    [86_399, 'duration', '1 d'],
    [90_000, 'duration', '1 d 1 h'],
    [-90, 'duration', '-1 min 30 s'],
    [2.5, 'round', '3'],
    [1e22, 'round', '1e+22'],
  ])('%d as %s is %s', (value, format, text) => {
    expect(formatValue(value, format)).toBe(text);
  });

  it('is rounded to the decimals that are asked for', () => {
    expect(formatValue(1.2345, 'round', 2)).toBe('1.23');
    expect(formatValue(1.2, 'round', 2)).toBe('1.2');
  });

  it('says in words what is no number', () => {
    for (const format of [undefined, ...(Object.keys(VALUE_FORMATS) as ValueFormat[])]) {
      expect(formatValue(Number.NaN, format)).toBe('not a number');
      expect(formatValue(Infinity, format)).toBe('infinite');
      expect(formatValue(-Infinity, format)).toBe('minus infinite');
    }
  });

  it('is short and holds no word of a program, whatever it is', () => {
    const formats = fc.constantFrom(undefined, ...(Object.keys(VALUE_FORMATS) as ValueFormat[]));
    fc.assert(
      fc.property(fc.double(), formats, (value, format) => {
        const text = formatValue(value, format);
        expect(text).toMatch(/^[\w .+-]+( %)?$/);
        expect(text).not.toMatch(/NaN|Infinity|undefined/);
      }),
    );
  });
});
