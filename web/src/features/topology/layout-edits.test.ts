import { describe, expect, it } from 'vitest';
import { moveOf, withMoved } from './layout-edits.ts';

const PLACES = new Map([
  ['a', { x: 10, y: 20 }],
  ['b', { x: 0, y: 0 }],
]);

describe('a move by hand', () => {
  it('knows where things were, so that it can be taken back', () => {
    expect(moveOf(PLACES, new Map([['a', { x: 40.4, y: 19.6 }]]))).toEqual({
      before: new Map([['a', { x: 10, y: 20 }]]),
      after: new Map([['a', { x: 40, y: 20 }]]),
    });
  });

  it('is none where nothing is elsewhere, or nobody knows what it is', () => {
    expect(moveOf(PLACES, new Map([['a', { x: 10.2, y: 20 }]]))).toBeUndefined();
    expect(moveOf(PLACES, new Map([['gone', { x: 1, y: 1 }]]))).toBeUndefined();
  });

  it('shows at once, and brings nothing back that is gone', () => {
    const next = withMoved(
      PLACES,
      new Map([
        ['a', { x: 1, y: 1 }],
        ['gone', { x: 2, y: 2 }],
      ]),
    );
    expect(next.get('a')).toEqual({ x: 1, y: 1 });
    expect(next.has('gone')).toBe(false);
    expect(withMoved(PLACES, new Map())).toBe(PLACES);
  });
});
