import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertOf, anyText, HOSTILE_TEXTS, messageOf, noticeOf } from '../notices.test-support.ts';
import { viewOf } from '../wording/message-view.ts';
import { escaped, slackBody } from './slack-blocks.ts';

interface Text {
  type: string;
  text: string;
}

/** Collects all texts of a body. */
function textsOf(value: unknown): Text[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  const { type, text } = value as Partial<Text>;
  const own = typeof text === 'string' && typeof type === 'string' ? [{ type, text }] : [];
  return [...own, ...Object.values(value).flatMap(textsOf)];
}

function bodyOf(...args: Parameters<typeof messageOf>) {
  return slackBody(viewOf(messageOf(...args), null));
}

function blocksOf(body: Record<string, unknown>): Record<string, unknown>[] {
  const [attachment] = body['attachments'] as { blocks: Record<string, unknown>[] }[];
  return attachment?.blocks ?? [];
}

describe('a message to Slack', () => {
  it('says what is wrong, why it is told, the facts and where to go', () => {
    const body = bodyOf();
    expect(body).toMatchObject({
      text: 'CRITICAL: Disk used /var on web-01: 97.2 % (above 95 %)',
      attachments: [{ color: '#d92d20' }],
    });
    const texts = textsOf(body).map(({ text }) => text);
    expect(texts).toContain('New alert.');
    expect(texts).toContain('Value: 97.2 % (above 95 %)'.replace('>', '&gt;'));
    expect(texts.at(-1)).toBe(
      '<https://monitor.example.net/alerts/01980000-0000-7000-8000-000000000001|Open alert> · ' +
        '<https://monitor.example.net/acknowledge/token-01980000-0000-7000-8000-000000000001|Acknowledge>',
    );
  });

  it('has no link to acknowledge what is over, or is taken on already', () => {
    const over = noticeOf({ state: 'resolved', resolvedAt: new Date() }, { event: 'resolved' });
    for (const notice of [over, noticeOf({ acknowledgedBy: 'anna' })]) {
      expect(JSON.stringify(bodyOf([notice]))).not.toContain('Acknowledge|');
      expect(JSON.stringify(bodyOf([notice]))).not.toContain('/acknowledge/');
    }
  });

  it('lists several alerts, the worst first, and says how many are left out', () => {
    const notices = Array.from({ length: 60 }, (_, index) =>
      noticeOf({ id: `id-${index}`, severity: index === 59 ? 'critical' : 'warning', summary: `n${index}` }),
    );
    const body = bodyOf(notices);
    expect(body['text']).toBe('60 notices: 1 critical, 59 warning');
    const blocks = blocksOf(body);
    expect(blocks).toHaveLength(41);
    expect(textsOf(blocks[0])[0]?.text).toBe('CRITICAL: web-01: n59');
    expect(textsOf(blocks.at(-1))[0]?.text).toContain('and 20 more · <https://monitor.example.net/alerts|');
  });

  it('holds nothing of what others wrote but plain text, whatever they wrote', () => {
    for (const text of HOSTILE_TEXTS) {
      const labels = { path: text };
      const alert = {
        nodeName: text,
        summary: text,
        description: text,
        instance: text,
        siteName: text,
        labels,
      };
      for (const { type, text: shown } of textsOf(bodyOf([noticeOf(alert)]))) {
        if (type === 'mrkdwn') expect(shown).not.toMatch(/evil|channel|script/);
        else expect(shown.replaceAll('\n', '')).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)|\u202e|\p{Cc}/u);
      }
    }
  });

  it('keeps within the limits of Slack and escapes every letter of its own', () => {
    fc.assert(
      fc.property(anyText(), anyText(), fc.integer({ min: 1, max: 60 }), (summary, name, count) => {
        const notices = Array.from({ length: count }, () => ({
          ...noticeOf(),
          alert: alertOf({ summary, nodeName: name, description: name }),
        }));
        const body = bodyOf(notices);
        expect(blocksOf(body).length).toBeLessThanOrEqual(50);
        for (const { type, text } of textsOf(body)) {
          expect(text.length).toBeLessThanOrEqual(3000);
          expect(text.length).toBeGreaterThan(0);
          if (type === 'plain_text') expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is cut between letters, and within no entity', () => {
    expect(escaped('<<<<', 11)).toBe('&lt;&lt;…');
    expect(escaped('😀😀😀', 5)).toBe('😀😀…');
    expect(escaped('', 10)).toBe('-');
  });
});
