import { describe, expect, it } from 'vitest';
import { findInLines, piecesOf, tokensOf } from './text-search.ts';

describe('the search in a text', () => {
  it('finds every place without regard to case, and none of nothing', () => {
    expect(findInLines(['Name = "sw-1"', '', 'name name'], 'NAME')).toEqual([
      { line: 0, from: 0, to: 4 },
      { line: 2, from: 0, to: 4 },
      { line: 2, from: 5, to: 9 },
    ]);
    expect(findInLines(['a'], '')).toEqual([]);
    expect(findInLines(['aaa'], 'aa')).toHaveLength(1);
  });
});

describe('a line of a configuration', () => {
  const kinds = (line: string) => tokensOf(line).map(({ kind, text }) => `${kind}:${text}`);

  it('is a comment, a section, or a key with its value', () => {
    expect(kinds('  # stratora: engine = "telegraf"')).toEqual(['comment:  # stratora: engine = "telegraf"']);
    expect(kinds('[[inputs.snmp]]')).toEqual(['section:[[inputs.snmp]]']);
    expect(kinds('  agents = ["udp://10.0.0.1:161"]')).toEqual([
      'key:  agents',
      'plain: = ["udp://10.0.0.1:161"]',
    ]);
    expect(kinds('')).toEqual([]);
  });

  it('shows a masked secret as one', () => {
    expect(kinds('  community = "***8c1f"')).toEqual(['key:  community', 'plain: = ', 'mask:"***8c1f"']);
  });

  it('loses no character when findings cut through its parts', () => {
    const line = '  community = "***8c1f" # x';
    const findings = findInLines([line], 'y = "');
    const pieces = piecesOf(tokensOf(line), findings, findings[0]);
    expect(pieces.map(({ text }) => text).join('')).toBe(line);
    expect(pieces.filter(({ found }) => found === 'current').map(({ text }) => text)).toEqual([
      'y',
      ' = ',
      '"',
    ]);
  });
});
