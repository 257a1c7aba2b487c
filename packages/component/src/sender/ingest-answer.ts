import { REJECTED_LINES_HEADER, STORE_EPOCH_HEADER } from '@stratora/contract/wire';
import type { HttpAnswer } from '@stratora/runtime';
import { parseProblem, parseRetryAfterMs } from '../server-answer.ts';

/** The server's reason to refuse data of this component; shown to people. */
export type Refusal =
  | 'api_key_invalid'
  | 'component_not_approved'
  | 'component_revoked'
  | 'component_mismatch';

/** The sender's treatment of a batch after an answer. Everything that is not understood keeps the data. */
export type Verdict =
  | { kind: 'delivered'; epoch: string; rejectedLines: number }
  | { kind: 'split' }
  | { kind: 'quarantine'; reason: string }
  | { kind: 'keep'; reason: string; retryAfterMs?: number; refusal?: Refusal };

const REFUSALS: ReadonlySet<string> = new Set<Refusal>([
  'api_key_invalid',
  'component_not_approved',
  'component_revoked',
  'component_mismatch',
]);
/** Codes of a 400 for what happened on the way and not for the lines: the same batch may do the next time. */
const TRANSPORT_FAULTS: ReadonlySet<string> = new Set(['truncated_body', 'unsupported_encoding']);

/**
 * Judges an answer. 204 alone says that the data is kept. Only 413 splits, and only a 400 that the server itself wrote
 * (a problem document) sets a batch aside: pages of proxies, redirects and answers of any other kind leave it where it
 * is.
 */
export function judgeAnswer(answer: HttpAnswer, now: number): Verdict {
  const { status } = answer;
  if (status === 204) {
    return {
      kind: 'delivered',
      epoch: answer.headers[STORE_EPOCH_HEADER] ?? '',
      rejectedLines: Number.parseInt(answer.headers[REJECTED_LINES_HEADER] ?? '0', 10) || 0,
    };
  }
  if (status === 413) return { kind: 'split' };
  const problem = parseProblem(answer);
  if (status === 400 && problem && !TRANSPORT_FAULTS.has(problem.code)) {
    return { kind: 'quarantine', reason: `${problem.code} ${problem.detail}`.trim().slice(0, 500) };
  }
  const retryAfterMs = parseRetryAfterMs(answer.headers['retry-after'], now);
  const refusal =
    problem && (status === 401 || status === 403) && REFUSALS.has(problem.code)
      ? (problem.code as Refusal)
      : undefined;
  return {
    kind: 'keep',
    reason: problem ? `${status} ${problem.code}` : `${status}`,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(refusal ? { refusal } : {}),
  };
}
