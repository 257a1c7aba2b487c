import { ALERT_EVENTS, type AlertTimelineEntry } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { timelineWords } from './timeline-words.ts';

const words = (
  event: AlertTimelineEntry['event'],
  detail: AlertTimelineEntry['detail'],
  actor: string | null = null,
) => timelineWords({ at: '2026-11-29T12:00:00Z', event, actor, detail }, { unit: 'percent' }, 'utc');

describe('the timeline of an alert', () => {
  it('says each change with its values, in their unit', () => {
    expect(words('triggered', { severity: 'warning', value: 91.2, threshold: 90, summary: 'Busy' })).toEqual({
      text: 'Triggered as warning at 91.2 % (limit 90 %)',
      note: 'Busy',
    });
    expect(words('severity_changed', { from: 'warning', to: 'critical', value: 97 }).text).toBe(
      'Rose to critical at 97 %',
    );
    expect(words('severity_changed', { from: 'critical', to: 'warning' }).text).toBe('Fell to warning');
    expect(words('severity_changed', { from: 'warning', to: 'critical', value: '+Inf' }).text).toBe(
      'Rose to critical at infinite',
    );
    expect(words('resolved', { value: 40, seconds: 720 }).text).toBe('Resolved at 40 % after 12 min');
    expect(words('resolved', { reason: 'Nothing judges it any more.' }).note).toBe(
      'Nothing judges it any more.',
    );
  });

  it('says who did what, and what they wrote', () => {
    expect(words('acknowledged', { comment: 'on it' }, 'anna')).toEqual({
      text: 'Acknowledged by anna',
      note: 'on it',
    });
    expect(words('muted', { until: '2026-11-29T14:00:00Z' }, 'anna').text).toBe('Muted by anna for 2 h');
    expect(words('unmuted', { reason: 'ended' }).text).toBe('The mute is over');
    expect(words('muted', { until: null }, 'anna').text).toBe('Muted by anna until it resolves');
    expect(words('unacknowledged', { reason: 'severity_rose' }).text).toContain('got worse');
    expect(words('unacknowledged', {}, 'anna').text).toBe('Acknowledgement taken back by anna');
  });

  it('has words for every event, also where its facts are absent or of another kind', () => {
    for (const event of ALERT_EVENTS) {
      for (const detail of [
        {},
        { severity: 7, value: 'x', by: 'toString', to: null, changes: null, until: 3 },
      ]) {
        const { text, note = '' } = words(event, detail);
        expect(text).toMatch(/^[A-Z]/);
        expect(text + note).not.toMatch(/undefined|null|\[object|function/);
      }
    }
  });
});
