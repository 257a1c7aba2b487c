import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText, HOSTILE_TEXTS, messageOf, noticeOf } from '../notices.test-support.ts';
import { viewOf } from '../wording/message-view.ts';
import { TEAMS_MAX_BYTES, teamsBody } from './teams-card.ts';

interface Element {
  type: string;
  [name: string]: unknown;
}

function bodyOf(...args: Parameters<typeof messageOf>) {
  return teamsBody(viewOf(messageOf(...args), null));
}

function cardOf(body: Record<string, unknown>): Element {
  return (body['attachments'] as { content: Element }[])[0]?.content ?? { type: '' };
}

/** Collects the elements of a card, each with what stands in it. */
function elementsOf(value: unknown): Element[] {
  if (Array.isArray(value)) return value.flatMap(elementsOf);
  if (typeof value !== 'object' || value === null) return [];
  const own = 'type' in value ? [value as Element] : [];
  return [...own, ...Object.values(value).flatMap(elementsOf)];
}

function linksOf(body: unknown): unknown[] {
  return elementsOf(body)
    .filter(({ type }) => type === 'Action.OpenUrl')
    .map(({ url }) => url);
}

const sizeOf = (body: unknown): number => Buffer.byteLength(JSON.stringify(body));

describe('a card for Teams', () => {
  it('is wrapped as a Workflow takes it, and leads to the alert', () => {
    const body = bodyOf();
    expect(body).toMatchObject({
      type: 'message',
      attachments: [
        {
          contentType: 'application/vnd.microsoft.card.adaptive',
          content: { type: 'AdaptiveCard', version: '1.4' },
        },
      ],
    });
    expect(linksOf(body)).toEqual([
      'https://monitor.example.net/alerts/01980000-0000-7000-8000-000000000001',
      'https://monitor.example.net/acknowledge/token-01980000-0000-7000-8000-000000000001',
    ]);
  });

  it('holds what others wrote in runs alone, which know no Markdown and no mentions', () => {
    for (const text of HOSTILE_TEXTS) {
      const alert = { nodeName: text, summary: text, description: text, instance: text, siteName: text };
      const body = bodyOf([noticeOf(alert)]);
      const card = cardOf(body);
      expect(elementsOf(card['body']).map(({ type }) => type)).not.toContain('TextBlock');
      expect(
        elementsOf(card['body']).every(({ type }) => type === 'RichTextBlock' || type === 'TextRun'),
      ).toBe(true);
      expect(JSON.stringify(card['msteams'])).toBe('{"width":"Full"}');
      expect(linksOf(body).every((url) => String(url).startsWith('https://monitor.example.net/'))).toBe(true);
      expect(JSON.stringify(body)).not.toMatch(/\\u0000|\u202e|\\r/);
    }
  });

  it('has 24 KB at most and its link, whatever the texts and however many', () => {
    const huge = fc.constantFrom(
      '😀'.repeat(5000),
      '"'.repeat(5000),
      '\u0001'.repeat(5000),
      'ä'.repeat(5000),
    );
    const text = fc.oneof(anyText(), huge);
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 120 }), (summary, other, count) => {
        const alert = { summary, description: `${other}\n${other}`, nodeName: other, siteName: other };
        const body = bodyOf(Array.from({ length: count }, (_, at) => noticeOf({ ...alert, id: `id-${at}` })));
        expect(sizeOf(body)).toBeLessThanOrEqual(TEAMS_MAX_BYTES);
        const expected =
          count === 1 ? 'https://monitor.example.net/alerts/id-0' : 'https://monitor.example.net/alerts';
        expect(linksOf(body)).toContain(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('says how many it leaves out', () => {
    const long = 'y'.repeat(490);
    const body = bodyOf(Array.from({ length: 400 }, (_, at) => noticeOf({ summary: long, id: `id-${at}` })));
    expect(JSON.stringify(body)).toMatch(/and \d+ more/);
    expect(linksOf(body).length).toBeGreaterThan(20);
  });
});
