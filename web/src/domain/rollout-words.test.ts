import type { Rollout, RolloutDetail } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { rolloutCounts, rolloutSubject, soakLeft, stageProgress } from './rollout-words.ts';

const ROLLOUT: Rollout = {
  id: '01900000-0000-7000-8000-000000000001',
  component_type: 'collector',
  cause: 'template reloaded',
  actor: null,
  templates: ['generic-snmp'],
  state: 'running',
  stage: 'tenth',
  soak_seconds: 600,
  stage_since: '2026-03-01T12:00:00Z',
  created_at: '2026-03-01T11:00:00Z',
  ended_at: null,
  message: null,
  counts: { held: 8, released: 1, applied: 2, failed: 0, offline: 1 },
};
const member = (stage: 'first' | 'tenth' | 'rest', state: RolloutDetail['components'][number]['state']) => ({
  component_id: '01900000-0000-7000-8000-000000000002',
  name: 'x',
  stage,
  state,
});

describe('a rollout in words', () => {
  it('tells of each stage whether it is done and how many of it run the new configuration', () => {
    const stages = stageProgress(ROLLOUT, [
      member('first', 'applied'),
      member('tenth', 'applied'),
      member('tenth', 'failed'),
      member('rest', 'held'),
    ]);
    expect(stages.map(({ phase, total, applied, failed }) => [phase, total, applied, failed])).toEqual([
      ['done', 1, 1, 0],
      ['now', 2, 1, 1],
      ['later', 1, 0, 0],
    ]);
  });

  it('counts components', () => {
    expect(rolloutCounts(ROLLOUT)).toBe('2 of 12 collectors run it, 1 is about to, 1 is away');
    expect(
      rolloutCounts({
        ...ROLLOUT,
        component_type: 'agent',
        counts: { held: 0, released: 0, applied: 0, failed: 1, offline: 0 },
      }),
    ).toBe('0 of 1 agent runs it, 1 failed');
  });

  it('names its templates', () => {
    expect(rolloutSubject(ROLLOUT)).toBe('template generic-snmp');
    expect(rolloutSubject({ ...ROLLOUT, templates: ['a', 'b', 'c', 'd'] })).toBe('templates a, b and 2 more');
    expect(rolloutSubject({ ...ROLLOUT, templates: [] })).toBe('template reloaded');
  });

  it('says how long the stage has to run yet, and nothing once it stopped', () => {
    const now = Date.parse('2026-03-01T12:04:00Z');
    expect(soakLeft(ROLLOUT, now)).toBe(360);
    expect(soakLeft(ROLLOUT, now + 3_600_000)).toBe(0);
    expect(soakLeft({ ...ROLLOUT, state: 'stopped' }, now)).toBeUndefined();
  });
});
