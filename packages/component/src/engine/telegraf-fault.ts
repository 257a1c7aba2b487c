import { failedForOtherReason } from '@stratora/engine/words';
import { sanitizeText } from '@stratora/runtime';
import type { TargetFacts } from './target-facts.ts';
import {
  connectionRules,
  hostRules,
  nameRules,
  pageRules,
  pingRules,
  type Rule,
  snmpRules,
  type TargetFault,
  tlsRules,
  vsphereRules,
} from './telegraf-rules.ts';

/** What Telegraf met, as our own engine would say it, and Telegraf's own words. */
export interface FaultWords {
  readonly status: TargetFault;
  readonly message: string;
  readonly detail: string;
}

/** Rules of each input, the most telling first; inputs that are not named here gather the host. */
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  snmp: snmpRules,
  ping: pingRules,
  // Without a connection there is no answer that could be a bad one.
  http_response: [...pageRules, ...tlsRules.map((rule) => ({ ...rule, status: asRefusal(rule.status) }))],
  vsphere: vsphereRules,
  x509_cert: tlsRules,
};

const MAX_DETAIL_BYTES = 2048;

/** Translates a line of Telegraf's log on a target. What no rule knows was an answer that makes no sense. */
export function faultWords(said: string, facts: TargetFacts): FaultWords {
  const detail = stableDetail(said);
  const table = /\bgathering table ([^\s:]+): /.exec(detail)?.[1];
  const own = RULES[facts.input] ?? hostRules;
  for (const { status, pattern, say } of [...nameRules, ...own, ...connectionRules]) {
    const found = pattern.exec(detail);
    if (found) return { status, message: sanitizeText(say(facts, { ...found.groups, table })), detail };
  }
  return { status: 'bad_answer', message: failedForOtherReason(), detail };
}

function asRefusal(status: TargetFault): TargetFault {
  return status === 'bad_answer' ? 'refused' : status;
}

/** Removes from what was said what differs from one try to the next, such as the port of our own side. */
function stableDetail(said: string): string {
  const text = said
    .replace(/^Error in plugin: /, '')
    .replace(/\b(read|write|dial) (tcp|udp)[46]? \S+->/g, '$1 $2 ')
    .replace(/ \(after \d+ retries\)/, '');
  return sanitizeText(text, MAX_DETAIL_BYTES);
}
