import { signatureOf } from '@stratora/notifier';
import { describe, expect, it } from 'vitest';
import { AT, messageOf, noticeOf } from '../notices.test-support.ts';
import { viewOf } from '../wording/message-view.ts';
import { webhookBody } from './webhook-body.ts';

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies of any shape
function bodyOf(...args: Parameters<typeof messageOf>): any {
  const message = messageOf(...args);
  return JSON.parse(JSON.stringify(webhookBody(message, viewOf(message, null))));
}

describe('the body of a webhook', () => {
  it('of one alert has its fields at the top, and once more in the list', () => {
    const body = bodyOf();
    expect(body).toMatchObject({
      type: 'alert',
      source: 'stratora',
      timestamp: '2026-03-29T00:59:30.000Z',
      alert_id: '01980000-0000-7000-8000-000000000001',
      node_id: '01980000-0000-7000-8000-000000000002',
      node_name: 'web-01',
      severity: 'critical',
      summary: 'Disk used /var on web-01: 97.2 % (above 95 %)',
      description: 'Disk used /var on web-01: 97.2 % (above 95 %)',
      alert_type: 'metric',
      alert_key: 'disk_used:/var',
      triggered_at: '2026-03-29T00:58:30.000Z',
      escalation: 'Network team',
      escalation_step: 0,
      details: {
        event: 'triggered',
        reason: 'New alert.',
        key: '0198-key-1',
        count: 1,
        left_out: 0,
        value: 97.21,
        threshold: 95,
        labels: { path: '/var' },
        url: 'https://monitor.example.net/alerts/01980000-0000-7000-8000-000000000001',
      },
    });
    expect(body).not.toHaveProperty('resolved_at');
    const { source: _, timestamp: __, escalation: ___, escalation_step: ____, details, ...top } = body;
    const [listed] = details.alerts;
    expect(listed).toMatchObject(top);
    expect(details).toMatchObject(listed.details);
  });

  it('of an alert that is over says since when and after how many seconds', () => {
    const resolvedAt = new Date(AT.getTime() + 30_000);
    const notice = noticeOf({ state: 'resolved', resolvedAt }, { event: 'resolved' });
    expect(bodyOf([notice])).toMatchObject({
      type: 'alert_resolved',
      resolved_at: '2026-03-29T01:00:00.000Z',
      duration: 90,
    });
  });

  it('of a test and of a reminder has no alert', () => {
    const test = bodyOf([noticeOf({}, { event: 'test', alert: null, teamName: null })]);
    expect(test).toMatchObject({
      type: 'test',
      alert_id: null,
      node_name: null,
      severity: null,
      escalation: null,
    });
    const endsAt = new Date(AT.getTime() + 600_000);
    const maintenance = { name: 'Firmware', scopeName: 'Berlin', endsAt };
    expect(bodyOf([noticeOf({}, { event: 'reminder', alert: null, maintenance })])).toMatchObject({
      type: 'maintenance_reminder',
      details: {
        maintenance: { name: 'Firmware', scope_name: 'Berlin', ends_at: '2026-03-29T01:09:30.000Z' },
      },
    });
  });

  it('of several has the worst at the top and all in the list', () => {
    const body = bodyOf([
      noticeOf({ id: 'over', state: 'resolved', resolvedAt: AT }, { event: 'resolved' }),
      noticeOf({ id: 'mild', severity: 'warning' }),
      noticeOf({ id: 'worst' }),
    ]);
    expect(body).toMatchObject({ type: 'alert', alert_id: 'worst' });
    expect(body).not.toHaveProperty('resolved_at');
    expect(body.details.alerts.map((one: { alert_id: string }) => one.alert_id)).toEqual([
      'worst',
      'mild',
      'over',
    ]);
    expect(body.details).toMatchObject({ count: 3, left_out: 0 });
  });

  it('lists five hundred at most and says how many it leaves out', () => {
    const body = bodyOf(Array.from({ length: 510 }, (_, at) => noticeOf({ id: `id-${at}` })));
    expect(body.details.alerts).toHaveLength(500);
    expect(body.details).toMatchObject({ count: 510, left_out: 10 });
  });

  it('says infinite values as JSON can', () => {
    expect(bodyOf([noticeOf({ value: Number.POSITIVE_INFINITY })]).details.value).toBe('+Inf');
    expect(bodyOf([noticeOf({ value: null })]).details.value).toBeNull();
  });

  it('is signed as anybody can check', () => {
    // printf '{}' | openssl dgst -sha256 -hmac secret-key
    expect(signatureOf('{}', 'secret-key')).toBe(
      'sha256=99922a0dbb1fe95624c93c7204445c2eff8a014b0c9b585ddf2da0c21083a34e',
    );
  });
});
