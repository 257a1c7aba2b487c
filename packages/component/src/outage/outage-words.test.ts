import { describe, expect, it } from 'vitest';
import { durationWords, type OutageMessageFacts, wordOutage } from './outage-words.ts';

const FACTS: OutageMessageFacts = {
  event: 'away',
  outageId: 'o-1',
  collector: { id: 'c-1', name: 'Hall 3' },
  hostname: 'hall-3.plant.example',
  serverUrl: 'https://10.0.0.5:8443',
  serverOrigin: 'https://monitor.example',
  since: '2026-03-29T00:00:00.000Z',
  seconds: 305,
  lastError: 'connect ECONNREFUSED. Nothing answers at port 8443 of 10.0.0.5.',
  site: {
    total: 4,
    answering: 2,
    troubled: 1,
    unknown: 1,
    silent: [{ id: 'n-1', name: 'press-07', message: 'ping: no answer' }],
  },
  queue: { pendingBytes: 1_234_567, oldestAt: Date.parse('2026-03-29T00:00:02Z'), droppedLines: 0 },
  now: new Date('2026-03-29T00:05:05Z'),
};

describe('what a collector tells', () => {
  it('says what is away, since when, why, what answers here and what is kept', () => {
    expect(wordOutage(FACTS).text).toBe(`Hall 3: the Stratora server has not answered for 5 min 5 s

It was last heard at 2026-03-29 00:00:00 UTC, at https://10.0.0.5:8443. While it is away it tells nobody of alerts: this message comes from the collector itself.

Last error: connect ECONNREFUSED. Nothing answers at port 8443 of 10.0.0.5.
Nodes: 2 of 4 answer as last polled, 1 of them with trouble, 1 not polled yet since the collector was started. 1 does not answer:
  - press-07 (ping: no answer)
Kept for the server: 1.2 MB, the oldest from 2026-03-29 00:00:02 UTC
Host of the collector: hall-3.plant.example
`);
  });

  it('says to a program the same in fields', () => {
    expect(wordOutage(FACTS).body).toMatchObject({
      type: 'server_away',
      source: 'stratora',
      severity: 'critical',
      triggered_at: '2026-03-29T00:00:00.000Z',
      details: {
        event: 'away',
        outage_id: 'o-1',
        collector: { id: 'c-1', name: 'Hall 3', hostname: 'hall-3.plant.example' },
        nodes: { total: 4, answering: 2, silent_count: 1, silent: [{ name: 'press-07' }] },
        queue: { bytes: 1_234_567, oldest: '2026-03-29T00:00:02.000Z', dropped: 0 },
      },
    });
  });

  it('says that the server is back in three lines', () => {
    const message = wordOutage({ ...FACTS, event: 'back', seconds: 3_660 });
    expect(message.title).toBe('Hall 3: the Stratora server answers again, after 1 h 1 min');
    expect(message.text).toContain('https://monitor.example');
    expect(message.body).toMatchObject({
      type: 'server_back',
      duration: 3660,
      details: { outage_id: 'o-1' },
    });
  });

  it('names fifty nodes in a mail, and counts the rest', () => {
    const silent = Array.from({ length: 120 }, (_, index) => ({
      id: `${index}`,
      name: `n${index}`,
      message: '',
    }));
    const { text } = wordOutage({ ...FACTS, site: { ...FACTS.site, silent } });
    expect(text.match(/^ {2}- n/gm)).toHaveLength(50);
    expect(text).toContain('  and 70 more\n');
  });

  it('keeps what a device calls itself on its line', () => {
    const silent = [{ id: 'n', name: 'a\r\nBcc: x@evil.example\u001b[2J\u202e', message: 'b\nc' }];
    const message = wordOutage({
      ...FACTS,
      collector: { id: 'c', name: 'x\r\ny' },
      site: { ...FACTS.site, silent },
    });
    expect(message.title).toMatch(/^x y: /);
    expect(message.text).toContain('  - a Bcc: x@evil.example[2J (b c)\n');
  });

  it.each([
    [0, '0 s'],
    [59.6, '1 min'],
    [3600, '1 h'],
    [90_061, '1 d 1 h'],
    [86_400 + 120, '1 d'],
  ])('%d s are %j', (seconds, words) => {
    expect(durationWords(seconds)).toBe(words);
  });
});
