import type { Component } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import type { Trouble } from '../../domain/component-health.ts';
import { collectorCause } from './collector-words.ts';

const component = (change: Partial<Component> = {}) =>
  ({ approval: 'approved', pinned_generation: null, held_by_rollout_id: null, ...change }) as Component;
const trouble = (mark: Trouble['mark']): Trouble => ({
  mark,
  tone: 'bad',
  label: '',
  predicate: 'is not heard from',
  detail: 'The state of its 9 nodes is unknown.',
  advice: '',
  since: '2026-03-01T11:00:00Z',
});

describe('the cause that is not the node itself', () => {
  it('is the trouble of its collector, in what it means for the node', () => {
    expect(collectorCause(component(), trouble('offline'))).toEqual({
      tone: 'bad',
      predicate: 'is not heard from',
      detail:
        'How this node is cannot be known until it is back. It keeps polling and sends what it read then.',
      since: '2026-03-01T11:00:00Z',
    });
  });

  it('is nothing while the collector is well, or has a trouble of its own only', () => {
    expect(collectorCause(component(), undefined)).toBeUndefined();
    expect(collectorCause(component(), trouble('hostname_changed'))).toBeUndefined();
  });

  it('is that changes do not reach it, while it is pinned or held', () => {
    expect(collectorCause(component({ pinned_generation: 11 }), undefined)?.predicate).toBe(
      'is pinned at generation 11',
    );
    expect(collectorCause(component({ held_by_rollout_id: 'r' }), undefined)?.tone).toBe('info');
  });

  it('is that nobody polls it, once the collector is revoked', () => {
    expect(collectorCause(component({ approval: 'revoked' }), undefined)?.detail).toContain(
      'another collector',
    );
  });
});
