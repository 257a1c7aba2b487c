import { composeMail, messageId, subjectLine } from '@stratora/notifier';
import { escapeHtml } from '@stratora/runtime';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { anyText, HOSTILE_TEXTS, messageOf, noticeOf } from '../notices.test-support.ts';
import { viewOf } from '../wording/message-view.ts';
import { mailOf } from './mail-message.ts';

const FRAME = {
  from: 'stratora@example.net',
  host: 'monitor.example.net',
  date: new Date('2026-03-29T05:00:00Z'),
};

async function readMailOf(...args: Parameters<typeof messageOf>) {
  const message = messageOf(...args);
  const raw = await composeMail(mailOf(message, viewOf(message, null)), FRAME);
  return { raw: raw.toString('latin1'), mail: await simpleParser(raw) };
}

function headOf(raw: string): string[] {
  return raw
    .slice(0, raw.indexOf('\r\n\r\n'))
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
}

describe('a mail', () => {
  it('tells in its head who wrote it, to whom, and that it was a machine', async () => {
    const { mail } = await readMailOf();
    expect(mail.subject).toBe('CRITICAL: Disk used /var on web-01: 97.2 % (above 95 %)');
    expect(mail.from?.value).toEqual([{ name: 'Stratora', address: 'stratora@example.net' }]);
    expect(mail.to).toMatchObject({ value: [{ address: 'oncall@example.com' }] });
    expect(mail.messageId).toBe('<0198-key-1@monitor.example.net>');
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.date?.toISOString()).toBe('2026-03-29T05:00:00.000Z');
    expect(mail.inReplyTo).toBeUndefined();
  });

  it('is an answer to the earlier ones of its alert, and never to itself', async () => {
    const { mail } = await readMailOf([noticeOf()], { threadKeys: ['k1', 'k2', '0198-key-1'] });
    expect(mail.inReplyTo).toBe('<k2@monitor.example.net>');
    expect(mail.references).toEqual(['<k1@monitor.example.net>', '<k2@monitor.example.net>']);
  });

  it('names no more than the newest twenty of them', async () => {
    const threadKeys = Array.from({ length: 200 }, (_, at) => `k${at}`);
    const { mail } = await readMailOf([noticeOf()], { threadKeys });
    expect(mail.references).toHaveLength(20);
    expect(mail.inReplyTo).toBe('<k199@monitor.example.net>');
  });

  it('says the same as plain text and as HTML', async () => {
    const { mail } = await readMailOf();
    for (const text of [mail.text, mail.html || '']) {
      expect(text).toContain('Disk used /var on web-01: 97.2 %');
      expect(text).toContain('New alert.');
      expect(text).toContain('Network team');
      expect(text).toContain('https://monitor.example.net/alerts/01980000-0000-7000-8000-000000000001');
      expect(text).toContain('https://monitor.example.net/acknowledge/token-');
    }
  });

  it('loads nothing from anywhere', async () => {
    const { mail } = await readMailOf();
    expect(mail.html).not.toMatch(/<(?:img|link|script|iframe)|url\(|@import/i);
  });

  it('stays one mail with one recipient, whatever others wrote', async () => {
    for (const text of HOSTILE_TEXTS) {
      const alert = { nodeName: text, summary: text, description: text, instance: text, siteName: text };
      const { raw, mail } = await readMailOf([noticeOf(alert, { teamName: text })]);
      const names = headOf(raw).map((line) => line.slice(0, line.indexOf(':')).toLowerCase());
      expect(names).not.toContain('bcc');
      expect(new Set(names).size).toBe(names.length);
      expect(mail.to).toMatchObject({ value: [{ address: 'oncall@example.com' }] });
      expect(mail.attachments).toEqual([]);
      expect(mail.html || '').not.toMatch(
        /<script|<img|onerror=alert\(1\)>|<a href="https:\/\/evil|\u202e|<at>/,
      );
      expect(mail.html || '').not.toContain('<!channel>');
      const links = [...(mail.html || '').matchAll(/href="([^"]*)"/g)].map(([, url]) => url);
      expect(links.every((url) => url?.startsWith('https://monitor.example.net/'))).toBe(true);
      expect(mail.text?.replaceAll('\n', '')).not.toMatch(/\u202e|\p{Cc}/u);
    }
  });

  it('lists several alerts under a title that counts them', async () => {
    const notices = [
      noticeOf({ id: 'id-1', severity: 'warning', summary: 'first' }),
      noticeOf({ id: 'id-2', summary: 'second' }),
      noticeOf({ id: 'id-3', summary: 'third', state: 'resolved' }, { event: 'resolved' }),
    ];
    const { mail } = await readMailOf(notices);
    expect(mail.subject).toBe('3 notices: 1 critical, 1 warning, 1 resolved');
    expect(mail.text?.indexOf('CRITICAL: web-01: second')).toBeLessThan(
      mail.text?.indexOf('WARNING: web-01: first') ?? 0,
    );
    expect(mail.text).toContain('RESOLVED: web-01: third');
    expect(mail.headers.has('x-stratora-alert')).toBe(false);
  });

  it('has a subject of one line and bounded length, whatever it is about', () => {
    fc.assert(
      fc.property(anyText(), (summary) => {
        const subject = subjectLine(viewOf(messageOf([noticeOf({ summary })]), null).title);
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(Array.from(subject).length).toBeLessThanOrEqual(180);
      }),
    );
  });
});

describe('HTML', () => {
  it('has none of the letters of others unescaped', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)/);
      }),
    );
  });
});

describe('the id of a mail', () => {
  it.each([
    ['monitor.example.net', '<k@monitor.example.net>'],
    ['10.0.0.5', '<k@[10.0.0.5]>'],
    ['[fd00::1]', '<k@[IPv6:fd00::1]>'],
  ])('at %s is %s', (host, id) => {
    expect(messageId('k', host)).toBe(id);
  });

  it('ends with its key, whatever that holds', () => {
    expect(messageId('a> \r\nBcc: x', 'h')).toBe('<a____Bcc__x@h>');
  });
});
