import { CREDENTIAL_TEST_OUTCOMES } from '@stratora/contract';
import { describe, expect, it } from 'vitest';
import { testWords } from './credential-test-words.ts';

describe('the words of a test of a credential', () => {
  it('are others for each outcome, and only what works is good', () => {
    const all = CREDENTIAL_TEST_OUTCOMES.map((outcome) => ({
      outcome,
      ...testWords({ outcome, state: 'done' }),
    }));
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
    expect(all.filter(({ tone }) => tone === 'good').map(({ outcome }) => outcome)).toEqual(['ok']);
  });

  it('do not blame the credential for what the collector did', () => {
    const tones = (['collector_offline', 'collector_silent', 'no_collector', 'unsupported'] as const).map(
      (outcome) => testWords({ outcome, state: 'done' }).tone,
    );
    expect(new Set(tones)).toEqual(new Set(['warn']));
    expect(testWords({ outcome: 'auth', state: 'done' }).tone).toBe('bad');
  });

  it('say what a test waits for', () => {
    expect(testWords({ outcome: null, state: 'waiting' }).title).toBe('Waiting');
    expect(testWords({ outcome: null, state: 'running' }).title).toBe('Logging in');
  });
});
