import { describe, expect, it } from 'vitest';
import { formatKeyFile, parseKeyFile } from './key-file.ts';

const [A, B] = ['ab'.repeat(32), 'cd'.repeat(32)];

describe('the file of credential keys', () => {
  it('holds key 1 where it is 64 hex digits alone, else each key by its number', () => {
    expect(parseKeyFile(`${A}\n`)).toEqual(new Map([[1, A]]));
    expect(parseKeyFile(`1 ${A}\r\n\n  12\t${B.toUpperCase()}  \n`)).toEqual(
      new Map([
        [1, A],
        [12, B],
      ]),
    );
  });

  it('is read as it was written, oldest first', () => {
    const keys = new Map([
      [10, B],
      [2, A],
    ]);
    expect(formatKeyFile(keys)).toBe(`2 ${A}\n10 ${B}\n`);
    expect(parseKeyFile(formatKeyFile(keys))).toEqual(keys);
  });

  it.each([
    ['', 'holds no key'],
    [`${A}\nshort`, 'line 2 is not a version'],
    [`0 ${A}`, 'line 1 is not a version'],
    [`1 ${A}\n${B}`, 'line 2 gives key 1 again'],
    [`${A}0`, 'line 1 is not a version'],
  ])('is refused in words as %j', (text, words) => {
    expect(() => parseKeyFile(text)).toThrow(words);
  });
});
