import type { TargetStatus } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';

/** A reason why a target gave no (good) answer. */
export type TargetFault = Exclude<TargetStatus['status'], 'ok'>;

/**
 * Words of Telegraf's inputs, of gosnmp, and of Go's net, TLS and HTTP packages, most telling first. What none of them
 * knows was an answer that makes no sense.
 */
const FAULT_PATTERNS: readonly (readonly [TargetFault, RegExp])[] = [
  [
    'auth',
    /wrong digest|unknown user ?name|unknown username|unknown security name|authentication (?:failure|error|failed)|authenticat\w+ parameters|not authentic|not in time window|unsupported security level|authorizationerror|unauthori[sz]ed|decryption error|wrong password|bad credentials/i,
  ],
  [
    'timeout',
    /time(?:d)? ?out|deadline exceeded|took longer than expected|did not complete within|no response/i,
  ],
  [
    'refused',
    /refused|no route to host|unreachable|no such host|server misbehaving|connection reset|broken pipe|not permitted|permission denied|cannot assign requested address|no such device|lookup /i,
  ],
  ['limit', /too (?:many|large|big|long)|exceed(?:s|ed) .*(?:limit|maximum)/i],
];

export function faultOf(message: string): TargetFault {
  return FAULT_PATTERNS.find(([, pattern]) => pattern.test(message))?.[0] ?? 'bad_answer';
}

/** Removes from a message what differs from one try to the next, such as the port of our own side. */
export function stableMessage(message: string): string {
  const text = message
    .replace(/^Error in plugin: /, '')
    .replace(/\b(read|write|dial) (tcp|udp)[46]? \S+->/g, '$1 $2 ')
    .replace(/ \(after \d+ retries\)/, '');
  return sanitizeText(text, 1024);
}
