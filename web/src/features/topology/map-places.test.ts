import { describe, expect, it } from 'vitest';
import type { MapNode } from './map-model.ts';
import { CARD, exitPoint, placesOf } from './map-places.ts';

function standing(id: string, more: Partial<MapNode> = {}): MapNode {
  return {
    id,
    kind: 'node',
    name: id,
    status: 'healthy',
    type: 'switch',
    siteId: 's',
    tier: 'access',
    x: null,
    y: null,
    behind: 0,
    reasons: [],
    ...more,
  };
}

describe('places on the map', () => {
  it('are those of the server', () => {
    expect([...placesOf([standing('a', { x: 5, y: -7 })])]).toEqual([['a', { x: 5, y: -7 }]]);
  });

  it('are below the rest for what has none, and none stands on another', () => {
    const nodes = [
      standing('laid', { x: 100, y: 50 }),
      ...Array.from({ length: 30 }, (_, at) => standing(`n${String(at).padStart(2, '0')}`)),
      standing('core', { tier: 'core' }),
      standing('other', { siteId: 't' }),
    ];
    const places = placesOf(nodes);
    const rest = [...places].filter(([id]) => id !== 'laid').map(([, place]) => place);
    expect(Math.min(...rest.map(({ y }) => y))).toBeGreaterThan(50 + CARD.height);
    expect(new Set(rest.map(({ x, y }) => `${x} ${y}`)).size).toBe(32);
    expect(places.get('core')?.y).toBeLessThan(places.get('n00')?.y ?? 0);
    expect(places.get('other')?.y).toBeGreaterThan(places.get('n29')?.y ?? Infinity);
    expect(placesOf(nodes.toReversed())).toEqual(places);
  });
});

describe('the end of a line', () => {
  it('is beside the card, towards the other one', () => {
    expect(exitPoint({ x: 0, y: 0 }, { x: 1000, y: 0 }, 10)).toEqual({ x: CARD.width / 2 + 10, y: 0 });
    const up = exitPoint({ x: 0, y: 0 }, { x: 0, y: -400 }, 6);
    expect(up.x).toBe(0);
    expect(up.y).toBeCloseTo(-(CARD.height / 2 + 6));
  });

  it('is never beyond the middle of the line, and stays where there is no line', () => {
    expect(exitPoint({ x: 0, y: 0 }, { x: 100, y: 0 }, 10)).toEqual({ x: 50, y: 0 });
    expect(exitPoint({ x: 3, y: 3 }, { x: 3, y: 3 }, 10)).toEqual({ x: 3, y: 3 });
  });
});
