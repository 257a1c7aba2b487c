import fc from 'fast-check';
import type { Notice, NoticedAlert, OutgoingMessage } from './notice.ts';

export const AT = new Date('2026-03-29T00:59:30.000Z');
export const ORIGIN = 'https://monitor.example.net';

/** Makes an alert of which nothing is odd but what is given. */
export function alertOf(more: Partial<NoticedAlert> = {}): NoticedAlert {
  return {
    id: '01980000-0000-7000-8000-000000000001',
    alertKey: 'disk_used:/var',
    nodeId: '01980000-0000-7000-8000-000000000002',
    nodeName: 'web-01',
    componentName: null,
    siteName: 'Berlin',
    severity: 'critical',
    previousSeverity: null,
    state: 'active',
    summary: 'Disk used /var on web-01: 97.2 % (above 95 %)',
    description: null,
    definitionName: 'Disk used',
    definitionSlug: 'disk_used',
    kind: 'metric',
    instance: '/var',
    value: 97.21,
    threshold: 95,
    unit: 'percent',
    comparison: '>',
    query: 'disk_used_percent',
    startedAt: new Date(AT.getTime() - 90_000),
    triggeredAt: new Date(AT.getTime() - 60_000),
    resolvedAt: null,
    labels: { path: '/var' },
    runbookUrl: null,
    acknowledgedBy: null,
    ...more,
  };
}

export function noticeOf(alert: Partial<NoticedAlert> = {}, more: Partial<Notice> = {}): Notice {
  return {
    event: 'triggered',
    at: AT,
    alert: alertOf(alert),
    teamName: 'Network team',
    step: 0,
    stepCount: 2,
    maintenance: null,
    ...more,
  };
}

export function messageOf(
  notices: readonly Notice[] = [noticeOf()],
  more: Partial<OutgoingMessage> = {},
): OutgoingMessage {
  return {
    key: '0198-key-1',
    recipient: 'oncall@example.com',
    notices,
    urls: {
      alert: (id) => `${ORIGIN}/alerts/${id}`,
      acknowledge: (id) => `${ORIGIN}/acknowledge/token-${id}`,
      all: `${ORIGIN}/alerts`,
    },
    threadKeys: [],
    ...more,
  };
}

/** Names as nobody should give them, and some do. */
export const HOSTILE_TEXTS = [
  'a\r\nBcc: everybody@example.com\r\n\r\nhello',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><a href="https://evil.example">click</a>',
  '<!channel> <@U024BE7LH> <https://evil.example|log in>',
  '*bold* _it_ `code` [log in](https://evil.example) ![x](https://evil.example/x.png)',
  '<at>everyone</at> &lt;b&gt;',
  '\u202egnp.exe\u202c \u2066\u2069',
  '=?utf-8?q?=0D=0ABcc:_x?=',
  ':smile: @channel #general',
  'x'.repeat(6000),
  '\ud800 lone \udfff',
  '\u0000\u001b[31m',
] as const;

/** Any text, of up to some ten thousand characters: strange letters and hostile pieces in any order. */
export function anyText(): fc.Arbitrary<string> {
  // A number for each piece: what is drawn this way is drawn fast.
  const piece = fc.oneof(
    fc.integer({ min: -HOSTILE_TEXTS.length, max: -1 }),
    fc.integer({ min: 0, max: 0xffff }),
  );
  return fc
    .array(piece, { maxLength: 40 })
    .map((pieces) => pieces.map((at) => HOSTILE_TEXTS[-at - 1] ?? String.fromCharCode(at)).join(''));
}
