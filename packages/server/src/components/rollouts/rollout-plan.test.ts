import { describe, expect, it } from 'vitest';
import {
  AWAY_MS,
  firstCandidate,
  nextStep,
  planStages,
  type RolloutMember,
  type RolloutProgress,
  STUCK_MS,
} from './rollout-plan.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const CLOCK = { now: NOW, since: NOW - 3_600_000 };
const SOAK_MS = 300_000;

function member(id: string, more: Partial<RolloutMember> = {}): RolloutMember {
  return {
    componentId: id,
    name: id,
    stage: 'rest',
    state: 'held',
    isPinned: false,
    isApproved: true,
    isOnline: true,
    isHealthy: true,
    wasHealthy: true,
    isLocal: false,
    nodeCount: 10,
    lastSeenAt: NOW - 5000,
    releasedAt: undefined,
    appliedAt: undefined,
    outcome: undefined,
    ...more,
  };
}

const released = (id: string, more: Partial<RolloutMember> = {}) =>
  member(id, { state: 'released', releasedAt: NOW - 20_000, ...more });
const applied = (id: string, secondsAgo: number, more: Partial<RolloutMember> = {}) =>
  released(id, { state: 'applied', appliedAt: NOW - secondsAgo * 1000, ...more });
const away = { isOnline: false, lastSeenAt: NOW - AWAY_MS - 1000, releasedAt: NOW - AWAY_MS - 1000 };
const progress = (more: Partial<RolloutProgress> = {}): RolloutProgress => ({
  stage: 'first',
  stageSince: NOW,
  soakMs: SOAK_MS,
  isForced: false,
  ...more,
});
const step = (given: Partial<RolloutProgress>, ...members: RolloutMember[]) =>
  nextStep(progress(given), members, CLOCK);

describe('the order of a rollout', () => {
  it('is one, then a tenth, then the rest', () => {
    const stages = (count: number) => {
      const members = Array.from({ length: count }, (_, index) =>
        member(`c${String(index).padStart(4, '0')}`),
      );
      const planned = [...planStages(members).values()];
      return ['first', 'tenth', 'rest'].map((stage) => planned.filter((of) => of === stage).length);
    };
    expect(stages(1)).toEqual([1, 0, 0]);
    expect(stages(2)).toEqual([1, 1, 0]);
    expect(stages(3)).toEqual([1, 1, 1]);
    expect(stages(20)).toEqual([1, 2, 17]);
    expect(stages(1000)).toEqual([1, 100, 899]);
  });

  it('begins with one that is there, well, free, on another machine, and small', () => {
    const members = [
      member('small-but-offline', { isOnline: false, nodeCount: 1 }),
      member('small-but-sick', { isHealthy: false, nodeCount: 1 }),
      member('small-but-pinned', { isPinned: true, nodeCount: 1 }),
      member('small-but-local', { isLocal: true, nodeCount: 1 }),
      member('small', { nodeCount: 2 }),
      member('large', { nodeCount: 500 }),
    ];
    expect([...planStages(members)].slice(0, 3)).toEqual([
      ['small', 'first'],
      ['large', 'tenth'],
      ['small-but-local', 'rest'],
    ]);
    expect(firstCandidate(members, CLOCK)?.componentId).toBe('small');
  });

  it('waits with the first turn until somebody is there to take it', () => {
    expect(firstCandidate([member('a', away), member('b', away)], CLOCK)).toBeUndefined();
    expect(firstCandidate([member('a', away)], CLOCK)?.componentId).toBe('a');
  });

  it('gives the turn to another when the first one goes away, and to nobody while it is there', () => {
    const other = member('b');
    expect(firstCandidate([released('a', { stage: 'first' }), other], CLOCK)).toBeUndefined();
    expect(firstCandidate([applied('a', 10, { stage: 'first', ...away }), other], CLOCK)).toBeUndefined();
    expect(firstCandidate([released('a', { stage: 'first', ...away }), other], CLOCK)?.componentId).toBe('b');
    const pinned = released('a', { stage: 'first', isPinned: true });
    expect(firstCandidate([pinned, other], CLOCK)?.componentId).toBe('b');
  });

  it('calls nobody away before this server has listened for a minute', () => {
    const first = released('a', { stage: 'first', ...away });
    const justStarted = { now: NOW, since: NOW - 5000 };
    expect(firstCandidate([first, member('b')], justStarted)).toBeUndefined();
  });
});

describe('a stage', () => {
  const applies = { status: 'applied', message: null, generation: 4 };

  it('takes note of who runs the new config', () => {
    const first = released('a', { stage: 'first', outcome: applies });
    expect(step({}, first, member('b'))).toMatchObject({ applied: [{ componentId: 'a', generation: 4 }] });
  });

  it('lasts until everybody who is there runs it, and then the soak time', () => {
    const others = [member('b', { stage: 'tenth' }), member('c')];
    expect(step({}, released('a', { stage: 'first' }), ...others).stage).toBeUndefined();
    expect(step({}, applied('a', 299, { stage: 'first' }), ...others).stage).toBeUndefined();
    expect(step({}, applied('a', 300, { stage: 'first' }), ...others).stage).toBe('tenth');
  });

  it('gives its own their config, and the next one waits for the last of them', () => {
    const first = applied('a', 900, { stage: 'first' });
    const tenth = [member('b', { stage: 'tenth' }), member('c', { stage: 'tenth' })];
    expect(step({ stage: 'tenth' }, first, ...tenth, member('d')).release).toEqual(['b', 'c']);
    const half = [applied('b', 400, { stage: 'tenth' }), released('c', { stage: 'tenth' })];
    expect(step({ stage: 'tenth' }, first, ...half, member('d')).stage).toBeUndefined();
    const all = [applied('b', 400, { stage: 'tenth' }), applied('c', 300, { stage: 'tenth' })];
    expect(step({ stage: 'tenth' }, first, ...all, member('d')).stage).toBe('rest');
    expect(step({ stage: 'rest' }, first, ...all, member('d'), member('e')).release).toEqual(['d', 'e']);
  });

  it('does not wait for who is away, pinned, out or was in trouble before', () => {
    for (const more of [away, { isPinned: true }, { isApproved: false }, { wasHealthy: false }]) {
      const tenth = [applied('b', 300, { stage: 'tenth' }), released('c', { stage: 'tenth', ...more })];
      const stage = step(
        { stage: 'tenth' },
        applied('a', 900, { stage: 'first' }),
        ...tenth,
        member('d'),
      ).stage;
      expect(stage).toBe('rest');
    }
  });

  it('never ends at the first without anybody who runs it, as long as others are held', () => {
    expect(step({}, released('a', { stage: 'first', ...away }), member('b', away))).toEqual({
      applied: [],
      failed: [],
      release: [],
    });
  });

  it('is the last when nobody is held: done once rollbacks would have come', () => {
    expect(step({}, applied('a', 59, { stage: 'first' })).isDone).toBeUndefined();
    expect(step({}, applied('a', 60, { stage: 'first' })).isDone).toBe(true);
    expect(step({}, released('a', { stage: 'first', ...away })).isDone).toBe(true);
    const rest = [applied('a', 900, { stage: 'first' }), applied('b', 61), released('c', away)];
    expect(step({ stage: 'rest' }, ...rest).isDone).toBe(true);
    expect(step({ stage: 'rest' }, ...rest, released('d')).isDone).toBeUndefined();
  });
});

describe('a rollout stops', () => {
  const bad = (status: string) => ({ status, message: 'no output', generation: 4 });

  it.each(['validation_error', 'rolled_back', 'engine_down'])('at the first %s', (status) => {
    for (const state of ['released', 'applied'] as const) {
      const first = released('a', { name: 'hall-3', stage: 'first', state, outcome: bad(status) });
      expect(step({}, first, member('b'))).toMatchObject({
        stop: 'hall-3: no output',
        failed: [{ componentId: 'a' }],
        release: [],
      });
    }
  });

  it('not at one that was in trouble before, nor where a person gave it to everybody', () => {
    const first = applied('a', 900, { stage: 'first' });
    const sick = released('b', { wasHealthy: false, outcome: bad('engine_down') });
    expect(step({ stage: 'rest' }, first, sick)).toMatchObject({
      failed: [{ componentId: 'b' }],
      isDone: true,
    });
    expect(step({ stage: 'rest' }, first, sick).stop).toBeUndefined();
    const well = released('b', { outcome: bad('rolled_back') });
    const forced = step({ stage: 'rest', isForced: true }, first, well);
    expect(forced).toMatchObject({ failed: [{ componentId: 'b' }] });
    expect(forced.stop).toBeUndefined();
  });

  it('at one that is there and says nothing', () => {
    const silent = released('a', { stage: 'first', releasedAt: NOW - STUCK_MS - 1 });
    expect(step({}, silent, member('b')).stop).toMatch(/^a: has said neither/);
    expect(step({}, { ...silent, isOnline: false }, member('b')).stop).toBeUndefined();
  });
});
