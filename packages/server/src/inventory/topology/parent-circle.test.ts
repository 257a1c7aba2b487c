import { describe, expect, it } from 'vitest';
import { findParentCircle } from './parent-circle.ts';

/** Parents as `node parent` pairs. */
const pairs = (...lines: string[]) => lines.map((line) => line.split(' ') as [string, string]);

describe('findParentCircle', () => {
  it('finds none where parents end somewhere, also where they meet again', () => {
    expect(findParentCircle([], 'a', [])).toBeUndefined();
    expect(findParentCircle(pairs('b d', 'c d', 'd e'), 'a', ['b', 'c'])).toBeUndefined();
  });

  it('finds a node that is to be its own parent', () => {
    expect(findParentCircle([], 'a', ['b', 'a'])).toEqual(['a', 'a']);
  });

  it('finds the shortest way back, in its order', () => {
    expect(findParentCircle(pairs('b a'), 'a', ['b'])).toEqual(['a', 'b', 'a']);
    expect(findParentCircle(pairs('b c', 'c a', 'd c', 'x y', 'e d'), 'a', ['e', 'b'])).toEqual([
      'a',
      'b',
      'c',
      'a',
    ]);
  });

  it('passes over what the node has now', () => {
    expect(findParentCircle(pairs('a b', 'c d'), 'a', ['c'])).toBeUndefined();
  });
});
