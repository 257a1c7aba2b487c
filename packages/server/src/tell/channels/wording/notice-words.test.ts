import { describe, expect, it } from 'vitest';
import type { Notice, NoticedAlert } from '../notice.ts';
import { AT, messageOf, noticeOf } from '../notices.test-support.ts';
import { viewOf } from './message-view.ts';
import { durationSeconds, factsOf, headlineOf, markOf, reasonOf } from './notice-words.ts';
import { plainMessage } from './plain-message.ts';

const later = (seconds: number) => new Date(AT.getTime() + seconds * 1000);
const REMINDER: Partial<Notice> = {
  event: 'reminder',
  alert: null,
  maintenance: { name: 'Firmware', scopeName: 'Berlin', endsAt: later(600) },
};

describe('a notice', () => {
  it.each<[Partial<NoticedAlert>, Partial<Notice>, string, string]>([
    [{}, {}, 'CRITICAL', 'New alert.'],
    [
      { previousSeverity: 'warning' },
      { event: 'changed' },
      'CRITICAL',
      'The severity rose from warning to critical.',
    ],
    [{}, { event: 'changed' }, 'CRITICAL', 'The severity rose.'],
    [
      { severity: 'warning' },
      { event: 'escalated', step: 1, stepCount: 3 },
      'WARNING',
      'Nobody has acknowledged it yet: this is step 2 of 3.',
    ],
    [{}, { event: 'repeated' }, 'CRITICAL', 'It is still active, and nobody has acknowledged it.'],
    [
      { resolvedAt: later(3600), state: 'resolved' },
      { event: 'resolved' },
      'RESOLVED',
      'It is over, after 1 h 1 min.',
    ],
    [{}, { event: 'test', alert: null }, 'TEST', 'Somebody asked for this test. Nothing is wrong.'],
    [
      {},
      REMINDER,
      'MAINTENANCE',
      'The maintenance window ends at 2026-03-29 01:09:30 UTC; alerts are told again from then on.',
    ],
  ])('%j %j is marked %s and says why', (alert, more, word, reason) => {
    const notice = noticeOf(alert, more);
    expect(markOf(notice).word).toBe(word);
    expect(reasonOf(notice)).toBe(reason);
  });

  it('has one line that says most', () => {
    expect(headlineOf(noticeOf())).toBe('CRITICAL: Disk used /var on web-01: 97.2 % (above 95 %)');
    expect(headlineOf(noticeOf({ summary: 'Not reachable for 2 min' }))).toBe(
      'CRITICAL: web-01: Not reachable for 2 min',
    );
    expect(headlineOf(noticeOf({ summary: 'No answer', nodeName: null, componentName: 'col-1' }))).toBe(
      'CRITICAL: col-1: No answer',
    );
    expect(headlineOf(noticeOf({}, REMINDER))).toBe('Maintenance ends soon: Firmware (Berlin)');
    expect(headlineOf(noticeOf({}, { event: 'test', alert: null }))).toBe('Test message from Stratora');
    expect(headlineOf(noticeOf({ summary: `a\r\nb${'c'.repeat(900)}` }))).toMatch(
      /^CRITICAL: web-01: a b[^\n]{190,200}$/,
    );
  });

  it('lists what is known and leaves out what is not', () => {
    const facts = factsOf(
      noticeOf({ siteName: null, runbookUrl: 'docs/a.md', comparison: '<', unit: 'bytes' }),
    );
    expect(facts).toEqual([
      { name: 'Node', value: 'web-01' },
      { name: 'Instance', value: '/var' },
      { name: 'Value', value: '97 B (below 95 B)' },
      { name: 'Rule', value: 'Disk used' },
      { name: 'Since', value: '2026-03-29 00:58:00 UTC' },
      { name: 'Team', value: 'Network team' },
    ]);
    const linked = factsOf(noticeOf({ runbookUrl: 'https://wiki.example/a' }));
    expect(linked.at(-1)).toEqual({ name: 'Runbook', value: 'https://wiki.example/a' });
    expect(factsOf(noticeOf({}, { event: 'test', alert: null }))).toEqual([]);
  });

  it('lasts from its trigger, and not less than nothing', () => {
    expect(durationSeconds({ ...alert(), resolvedAt: later(0) })).toBe(60);
    expect(durationSeconds({ ...alert(), resolvedAt: later(-600) })).toBe(0);
    expect(durationSeconds(alert())).toBeUndefined();
  });
});

describe('a message as plain text', () => {
  it('of one alert has the line that says most, the reason, the facts and the links', () => {
    expect(plainMessage(viewOf(messageOf([noticeOf({ siteName: null, instance: '' })]), null))).toBe(
      [
        'CRITICAL: Disk used /var on web-01: 97.2 % (above 95 %)',
        '',
        'New alert.',
        '',
        'Node:  web-01',
        'Value: 97.2 % (above 95 %)',
        'Rule:  Disk used',
        'Since: 2026-03-29 00:58:00 UTC',
        'Team:  Network team',
        '',
        'Open alert: https://monitor.example.net/alerts/01980000-0000-7000-8000-000000000001',
        'Acknowledge: https://monitor.example.net/acknowledge/token-01980000-0000-7000-8000-000000000001',
      ].join('\n'),
    );
  });

  it('says nothing twice: of a text that begins with the summary the rest is shown', () => {
    const [entry] = viewOf(messageOf([noticeOf({ description: 'Full in 3 h.' })]), null).entries;
    expect(entry).toMatchObject({
      more: 'Full in 3 h.',
      text: 'Disk used /var on web-01: 97.2 % (above 95 %)\nFull in 3 h.',
    });
  });

  it('of many says how many it leaves out', () => {
    const notices = Array.from({ length: 250 }, (_, at) => noticeOf({ id: `id-${at}` }));
    const text = plainMessage(viewOf(messageOf(notices), null));
    expect(text).toMatch(/^250 notices: 250 critical\n/);
    expect(text).toContain('and 50 more');
    expect(text).toMatch(/All alerts: https:\/\/monitor\.example\.net\/alerts$/);
  });
});

function alert(): NoticedAlert {
  const { alert: made } = noticeOf();
  if (made === null) throw new Error('a notice about no alert');
  return made;
}
