import type { HttpAnswer } from '@stratora/runtime';
import type { Refusal } from '../sender/ingest-answer.ts';
import { parseProblem } from '../server-answer.ts';

export type PullOutcome =
  /** `hash` is the one of our hashes that the server means, where it names one. */
  | { kind: 'unchanged'; hash: string | undefined }
  /** The server knows us and has nothing for us yet. */
  | { kind: 'none' }
  | { kind: 'config'; hash: string; text: string }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'unclear'; reason: string };

const REFUSALS: ReadonlySet<string> = new Set<Refusal>([
  'api_key_invalid',
  'component_not_approved',
  'component_revoked',
  'component_mismatch',
]);

/**
 * Judges the answer to a config pull. Only a TOML document with an entity tag is a config; a page of a proxy is not.
 */
export function judgePull(answer: HttpAnswer): PullOutcome {
  const hash = /^(?:W\/)?"([\x21\x23-\x7e]{1,128})"$/.exec(answer.headers['etag'] ?? '')?.[1];
  if (answer.status === 304) return { kind: 'unchanged', hash };
  if (answer.status === 200) {
    const isToml = /^application\/toml\b/i.test(answer.headers['content-type'] ?? '');
    if (!hash || !isToml) return { kind: 'unclear', reason: 'an answer that is no config' };
    return { kind: 'config', hash, text: answer.text() };
  }
  const problem = parseProblem(answer);
  if (problem && REFUSALS.has(problem.code) && (answer.status === 401 || answer.status === 403)) {
    return { kind: 'refused', refusal: problem.code as Refusal };
  }
  if (answer.status === 404 && problem?.code === 'not_found') return { kind: 'none' };
  return { kind: 'unclear', reason: problem ? `${answer.status} ${problem.code}` : `${answer.status}` };
}
