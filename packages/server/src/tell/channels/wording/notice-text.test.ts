import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NoticedAlert } from '../notice.ts';
import { alertOf, anyText, noticeOf, ORIGIN } from '../notices.test-support.ts';
import { readNoticeText, renderNoticeText } from './notice-text.ts';

const URL = `${ORIGIN}/alerts/1`;

function rendered(text: string | null, alert: Partial<NoticedAlert> = {}, event = {}) {
  const read = text === null ? undefined : readNoticeText(text);
  if (read?.ok === false) throw new Error(read.faults.join('\n'));
  return renderNoticeText(read?.template ?? null, noticeOf(alert, event), alertOf(alert), URL);
}

describe('the text of a channel', () => {
  it.each([
    ['{{ $summary }}', 'Disk used /var on web-01: 97.2 % (above 95 %)'],
    ['{{ $node }}/{{ $instance }} in {{ $site }}, {{ $team }}', 'web-01//var in Berlin, Network team'],
    ['{{ $severity }} {{ $event }} {{ $definition }}', 'critical triggered Disk used'],
    ['{{ $value }} {{ $value | percent }} {{ $threshold | round 1 }}', '97.21 97.2 % 95'],
    ['{{ $labels.path }} {{ $url }}', `/var ${URL}`],
    ['one\r\n\r\n\r\n  two\t \n', 'one\n\ntwo'],
  ])('%j gives %j', (text, expected) => {
    expect(rendered(text)).toEqual({ text: expected, failure: null });
  });

  it('is empty where an alert may well have no such name', () => {
    const bare = { nodeName: null, siteName: null, instance: '' };
    expect(rendered('[{{ $node }}{{ $site }}{{ $instance }}]', bare)).toEqual({ text: '[]', failure: null });
    expect(rendered('{{ $node }}', { nodeName: null, componentName: 'edge' }).text).toBe('edge');
  });

  it.each<[string, Partial<NoticedAlert>, string]>([
    ['{{ $value }}', { value: null }, 'There is no value.'],
    ['{{ $threshold }}', { threshold: null }, 'There is no threshold.'],
    ['{{ $labels.disk }}', {}, 'There is no label `disk`.'],
    ['{{ $labels.constructor }}', {}, 'There is no label `constructor`.'],
    ['{{ $instance }}', { instance: '' }, 'The text is empty.'],
  ])('%j gives way to the built-in text, which says why', (text, alert, failure) => {
    expect(rendered(text, alert)).toEqual({
      text: 'Disk used /var on web-01: 97.2 % (above 95 %)',
      failure,
    });
  });

  it.each([
    ['', 'The text is empty.'],
    ['x'.repeat(2001), 'A text has 2000 characters at most'],
    ['{{ $colour }}', '`$colour` is no value. There are `$value`, `$threshold`, `$summary`'],
    ['{{ $node', '`{{` is not closed'],
    ['{{ $node | percent }}', '`percent` is for numbers: `$value` and `$threshold`.'],
    ['{{ if $value }}', 'a text has no logic'],
  ])('%j is refused', (text, fault) => {
    const read = readNoticeText(text);
    expect(read.ok).toBe(false);
    expect(!read.ok && read.faults.join('\n')).toContain(fault);
  });

  it('is bounded plain text, whatever others wrote, and reads none of it as a template', () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        const alert = { summary: text, nodeName: text, description: text, labels: { path: text } };
        for (const template of [null, 'a {{ $summary }}\n{{ $node }} {{ $labels.path }}']) {
          const result = rendered(template, alert);
          expect(Buffer.byteLength(result.text)).toBeLessThan(100_000);
          expect(result.text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|[\u202a-\u202e]/u);
          expect(result.text).not.toContain('\n\n\n');
        }
      }),
    );
    expect(rendered('{{ $summary }}', { summary: '{{ $url }} $&' }).text).toBe('{{ $url }} $&');
  });
});
