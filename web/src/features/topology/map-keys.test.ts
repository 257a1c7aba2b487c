import { describe, expect, it } from 'vitest';
import { keyStep, nextInDirection } from './map-keys.ts';

const PLACES = new Map([
  ['middle', { x: 0, y: 0 }],
  ['left', { x: -200, y: 10 }],
  ['right', { x: 200, y: 0 }],
  ['below', { x: 30, y: 100 }],
  ['far right', { x: 400, y: 0 }],
  ['corner', { x: 180, y: 120 }],
]);
const next = (from: string | undefined, direction: 'left' | 'right' | 'up' | 'down') =>
  nextInDirection(PLACES, from, direction, { x: 390, y: 5 });

describe('the next one in a direction', () => {
  it('is the nearest ahead', () => {
    expect(next('middle', 'left')).toBe('left');
    expect(next('middle', 'right')).toBe('right');
    expect(next('right', 'right')).toBe('far right');
    expect(next('middle', 'down')).toBe('below');
    expect(next('below', 'up')).toBe('middle');
  });

  it('may be aside where nothing else is ahead, and there is none at the edge', () => {
    expect(next('far right', 'down')).toBe('corner');
    expect(next('far right', 'right')).toBeUndefined();
    expect(next('middle', 'up')).toBeUndefined();
  });

  it('is the one nearest to the middle of the picture where none was chosen', () => {
    expect(next(undefined, 'up')).toBe('far right');
    expect(next('gone', 'left')).toBe('far right');
  });
});

it('a move by keys goes the way of its arrow', () => {
  expect(keyStep('up', 20)).toEqual({ x: 0, y: -20 });
  expect(keyStep('right', 20)).toEqual({ x: 20, y: 0 });
});
