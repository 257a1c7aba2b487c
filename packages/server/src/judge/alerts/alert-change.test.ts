import { describe, expect, it } from 'vitest';
import { ALERT_KEY_MAX, alertKeyOf, conditionKey } from './alert-change.ts';

describe('the key of an alert', () => {
  it('is the slug, and the instance where there is one', () => {
    expect(alertKeyOf('cpu_usage_percent', '')).toBe('cpu_usage_percent');
    expect(alertKeyOf('disk_used_percent', 'C:')).toBe('disk_used_percent:C:');
  });

  it('is cut where it is too long, and still told apart from its neighbours', () => {
    const long = alertKeyOf('disk_used_percent', `${'x'.repeat(500)}1`);
    expect(long).toHaveLength(ALERT_KEY_MAX);
    expect(alertKeyOf('disk_used_percent', `${'x'.repeat(500)}1`)).toBe(long);
    expect(alertKeyOf('disk_used_percent', `${'x'.repeat(500)}2`)).not.toBe(long);
  });

  it('holds nothing that the database refuses', () => {
    expect(alertKeyOf('disk', 'a\u0000b\ud800')).toBe('disk:ab\ufffd');
  });

  it('is never cut inside a character', () => {
    for (let length = 0; length < 4; length += 1) {
      expect(alertKeyOf('x'.repeat(length), '\u{1f525}'.repeat(300)).isWellFormed()).toBe(true);
    }
  });
});

describe('the identity of an alert', () => {
  it('is that of its node or component, or the system', () => {
    const of = (nodeId: string | null, componentId: string | null) =>
      conditionKey({ subject: { nodeId, componentId }, alertKey: 'k' });
    expect([of('n', null), of(null, 'c'), of(null, null)]).toEqual(['n k', 'c k', 'system k']);
  });
});
