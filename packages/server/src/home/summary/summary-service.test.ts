import { describe, expect, it } from 'vitest';
import { describeActivity } from './activity-text.ts';
import { healthScore } from './summary-service.ts';

const none = { discovering: 0, healthy: 0, warning: 0, critical: 0, offline: 0, unknown: 0, maintenance: 0 };

describe('the health score', () => {
  it('says nothing where nothing is known', () => {
    expect(healthScore({ ...none, discovering: 5, unknown: 3, maintenance: 1 })).toBeNull();
  });

  it('counts a warning and an unknown state half', () => {
    expect(healthScore({ ...none, healthy: 10, unknown: 90 })).toBe(55);
    expect(healthScore({ ...none, healthy: 7, warning: 2, offline: 1 })).toBe(80);
  });
});

describe('a health score of 100', () => {
  it('says that nothing is wrong, whatever the rounding', () => {
    expect(healthScore({ ...none, healthy: 9999, unknown: 1 })).toBe(99);
    expect(healthScore({ ...none, healthy: 9999, warning: 1 })).toBe(99);
    expect(healthScore({ ...none, healthy: 60 }, 1)).toBe(99);
    expect(healthScore({ ...none, healthy: 60, maintenance: 2, discovering: 3 })).toBe(100);
  });
});

describe('activity', () => {
  const row = {
    id: '1',
    time: new Date(0),
    node_id: null,
    node_name: null,
    site_name: null,
    old_status: null,
    new_status: null,
    actor: null,
    detail: null,
  };

  it('is told in words', () => {
    expect(
      describeActivity({
        ...row,
        kind: 'node_status',
        node_name: 'press-07',
        old_status: 'healthy',
        new_status: 'offline',
      }).text,
    ).toBe('press-07 is offline');
    expect(
      describeActivity({
        ...row,
        kind: 'node_status',
        node_name: 'press-07',
        old_status: 'offline',
        new_status: 'healthy',
      }).text,
    ).toBe('press-07 is healthy again');
    expect(describeActivity({ ...row, kind: 'enrollment_token.revoke', actor: 'anna' }).text).toBe(
      'anna revoked enrollment token',
    );
    expect(
      describeActivity({ ...row, kind: 'node.create', actor: 'anna', detail: { name: 'press-07' } }).text,
    ).toBe('anna created node press-07');
  });
});
