import type { CredentialTest, CredentialTestOutcome } from '@stratora/contract';
import type { Tone } from '../ui/tone.tsx';

const TITLES: Readonly<Record<CredentialTestOutcome, string>> = {
  ok: 'It works',
  auth: 'The login is refused',
  timeout: 'No answer',
  refused: 'It cannot be reached',
  untrusted: 'The certificate is not trusted',
  bad_answer: 'The answer makes no sense',
  unsupported: 'It cannot be tested',
  failed: 'The test failed',
  collector_offline: 'The collector is away',
  collector_silent: 'The collector did not answer',
  collector_outdated: 'The collector is too old',
  no_collector: 'There is no collector',
  changed: 'Something changed meanwhile',
};

/** Outcomes that say nothing about the credential. */
const UNDECIDED: ReadonlySet<CredentialTestOutcome> = new Set([
  'unsupported',
  'collector_offline',
  'collector_silent',
  'collector_outdated',
  'no_collector',
  'changed',
]);

/** Says what came of a test in a few words, with the tone of it. */
export function testWords({ outcome, state }: Pick<CredentialTest, 'outcome' | 'state'>): {
  tone: Tone;
  title: string;
} {
  if (outcome === null) return { tone: 'info', title: state === 'running' ? 'Logging in' : 'Waiting' };
  const tone = outcome === 'ok' ? 'good' : UNDECIDED.has(outcome) ? 'warn' : 'bad';
  return { tone, title: TITLES[outcome] };
}
