import { describe, expect, it } from 'vitest';
import { ConditionStore } from './condition-store.ts';
import { FIRING_MAX, InstanceLimit, REMEMBERED_MAX } from './instance-limit.ts';

const FAMILY = 'test_churn';

/** Returns a store that remembers instances of one node. */
function storeOf(count: number, phase: 'firing' | 'quiet', subject = 'node'): ConditionStore {
  const store = new ConditionStore([]);
  for (let index = 0; index < count; index += 1) {
    const condition = store.add({ family: FAMILY, subject, instance: `instance ${index}` }, 0, {});
    condition.state.phase = phase;
  }
  return store;
}

describe('the limit on the instances of a rule and node', () => {
  it('lets as many fire as there may be, and leaves out and counts the next one', () => {
    const store = storeOf(FIRING_MAX - 1, 'firing');
    const admit = (limit: InstanceLimit, instance: string) => {
      const isAdmitted = limit.admits(FAMILY, 'node', true);
      if (isAdmitted) store.add({ family: FAMILY, subject: 'node', instance }, 0, {}).state.phase = 'pending';
      return isAdmitted;
    };
    const limit = new InstanceLimit(store);
    expect([admit(limit, 'last'), admit(limit, 'next'), admit(limit, 'one more')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(limit.leftOut).toEqual(new Map([[FAMILY, 2]]));
    expect(new InstanceLimit(store).admits(FAMILY, 'node', true)).toBe(false);
  });

  it('is of each node, and counts no instance that was only seen good', () => {
    expect(new InstanceLimit(storeOf(FIRING_MAX, 'firing')).admits(FAMILY, 'other', true)).toBe(true);
    const good = new InstanceLimit(storeOf(FIRING_MAX, 'quiet'));
    expect(good.admits(FAMILY, 'node', true)).toBe(true);
    expect(good.admits(FAMILY, 'node', false)).toBe(true);
  });

  it('does not count what waits for a series that is gone', () => {
    const store = storeOf(FIRING_MAX, 'firing');
    for (const { state } of store.of(FAMILY).values())
      Object.assign(state, { phase: 'pending', frozenAt: 0 });
    expect(new InstanceLimit(store).admits(FAMILY, 'node', true)).toBe(true);
  });

  it('has an end for what was only seen good too', () => {
    expect(new InstanceLimit(storeOf(REMEMBERED_MAX, 'quiet')).admits(FAMILY, 'node', false)).toBe(false);
  });

  it('lets as many begin in one cycle as are free', () => {
    const store = storeOf(FIRING_MAX, 'quiet');
    const limit = new InstanceLimit(store);
    let admitted = 0;
    for (let index = 0; index < FIRING_MAX + 5; index += 1)
      if (limit.admits(FAMILY, 'node', true)) admitted += 1;
    expect(admitted).toBe(FIRING_MAX);
  });
});
