import type { Component } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { newcomers } from './newcomers.ts';

const component = (id: string, minute: number, type: Component['component_type'] = 'collector') =>
  ({
    id,
    component_type: type,
    registered_at: `2026-03-01T12:${String(minute).padStart(2, '0')}:00Z`,
  }) as Component;

describe('who came with a token', () => {
  it('is of its type, was not there before, and is listed in the order of arrival', () => {
    const came = newcomers(
      [
        component('late', 40),
        component('known', 31),
        component('agent', 32, 'agent'),
        component('early', 31),
        component('old', 1),
      ],
      { type: 'collector', known: new Set(['known']), since: '2026-03-01T12:30:00Z' },
    );
    expect(came.map(({ id }) => id)).toEqual(['early', 'late']);
  });
});
