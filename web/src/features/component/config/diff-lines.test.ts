import { describe, expect, it } from 'vitest';
import { changedParts, type DiffRow, markChanges, numberDiff } from './diff-lines.ts';

const line = (kind: DiffRow['kind'], text: string) => ({ kind, text });

describe('the numbers of a diff', () => {
  it('count in both texts, and what lies between two blocks is known', () => {
    const blocks = numberDiff({
      hunks: [
        {
          from_line: 4,
          to_line: 4,
          lines: [line('same', 'a'), line('removed', 'b'), line('added', 'B'), line('added', 'C')],
        },
        { from_line: 20, to_line: 21, lines: [line('removed', 'z')] },
      ],
    });
    expect(blocks[0]?.skipped).toBe(3);
    expect(blocks[0]?.rows.map(({ from, to }) => [from, to])).toEqual([
      [4, 4],
      [5, null],
      [null, 5],
      [null, 6],
    ]);
    expect(blocks[1]?.skipped).toBe(14);
    expect(blocks[1]?.rows[0]).toMatchObject({ from: 20, to: null });
  });
});

describe('a changed line', () => {
  it('is cut into what stayed and what did not', () => {
    const [before, after] = changedParts('  timeout = "5s"', '  timeout = "15s"');
    expect(before.map(({ text, changed }) => (changed ? `<${text}>` : text)).join('')).toBe(
      '  timeout = "5s"',
    );
    expect(after.map(({ text, changed }) => (changed ? `<${text}>` : text)).join('')).toBe(
      '  timeout = "<1>5s"',
    );
  });

  it('stays whole where it has little in common with the one before', () => {
    const [before, after] = changedParts('  version = 2', '  sec_name = "reader"');
    expect([before, after].flat().every(({ changed }) => !changed)).toBe(true);
  });

  it('is paired only with as many lines as took its place', () => {
    const rows = (kinds: readonly (readonly [DiffRow['kind'], string])[]): DiffRow[] =>
      kinds.map(([kind, text]) => ({ kind, text, from: null, to: null }));
    const paired = markChanges(
      rows([
        ['removed', 'port = 161'],
        ['added', 'port = 162'],
        ['same', 'x'],
      ]),
    );
    expect(paired[1]?.some(({ changed }) => changed)).toBe(true);
    const unpaired = markChanges(
      rows([
        ['removed', 'port = 161'],
        ['added', 'port = 162'],
        ['added', 'port = 163'],
      ]),
    );
    expect(unpaired.flat().some(({ changed }) => changed)).toBe(false);
  });
});
