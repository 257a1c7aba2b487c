import { describe, expect, it } from 'vitest';
import { standingWords, type TestFacts, verdictAtOnce } from './credential-test-words.ts';

const FACTS: TestFacts = {
  type: 'snmp_v2c',
  isEnabled: true,
  credentialName: 'plant',
  nodeName: 'press-07',
  url: null,
  isReported: false,
  collector: {
    name: 'hall-3',
    approval: 'approved',
    lastSeenAt: new Date('2026-03-29T01:00:00Z'),
    silentSeconds: 12,
  },
};

function collector(changes: Partial<NonNullable<TestFacts['collector']>>): Partial<TestFacts> {
  return { collector: { ...(FACTS.collector as NonNullable<TestFacts['collector']>), ...changes } };
}

describe('what is said of a test without asking the device', () => {
  it('is nothing where a collector can log in', () => {
    expect(verdictAtOnce(FACTS)).toBeUndefined();
    expect(verdictAtOnce({ ...FACTS, ...collector({ silentSeconds: 60 }) })).toBeUndefined();
  });

  it.each<[string, Partial<TestFacts>, string, string]>([
    ['nobody speaks WMI', { type: 'wmi' }, 'unsupported', 'do not speak WMI'],
    ['nobody speaks SSH', { type: 'ssh' }, 'unsupported', 'do not speak SSH'],
    ['an agent reports it', { isReported: true, collector: undefined }, 'no_collector', 'its own agent'],
    ['nobody polls it', { collector: undefined }, 'no_collector', 'No collector polls press-07'],
    ['it has no web address', { type: 'http' }, 'unsupported', 'no web address'],
    ['the collector waits', collector({ approval: 'pending' }), 'collector_offline', 'waits for approval'],
    ['the collector is revoked', collector({ approval: 'revoked' }), 'collector_offline', 'was revoked'],
    [
      'the collector never came',
      collector({ lastSeenAt: null, silentSeconds: null }),
      'collector_offline',
      'never heard',
    ],
    [
      'the collector is away',
      collector({ silentSeconds: 61 }),
      'collector_offline',
      'heard last at 2026-03-29 01:00:00 UTC',
    ],
  ])('is why not: %s', (_, changes, outcome, words) => {
    const found = verdictAtOnce({ ...FACTS, ...changes });
    expect(found?.outcome).toBe(outcome);
    expect(found?.message).toContain(words);
  });

  it('tells in four ways how a test stands that nobody has answered', () => {
    const all = (['waiting', 'running', 'expired', 'lost'] as const).map((standing) =>
      standingWords(standing, 'hall-3', 45),
    );
    expect(new Set(all).size).toBe(4);
    for (const words of all) expect(words).toContain('hall-3');
    expect(all[2]).toContain('45 s');
  });
});
