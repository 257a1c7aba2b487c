import type { Alert, BulkAlertsAnswer } from '@stratora/contract';
import { namedSummary } from '../../domain/alert-words.ts';
import { plural } from '../../ui/format/units.ts';

/** Says what became of an action: how many, and how many were over already. */
export function actedWords(answer: BulkAlertsAnswer, done: string): string {
  const over = answer.results.filter(({ result }) => result === 'resolved' || result === 'not_found').length;
  if (answer.affected === 0 && over > 0) {
    return over === 1 ? 'It was over already' : `All ${over} were over already`;
  }
  const text = `${plural(answer.affected, 'alert')} ${done}`;
  return over === 0 ? text : `${text}, ${over} ${over === 1 ? 'was' : 'were'} over already`;
}

const NAMED = 3;

/** Names the alerts that an action is about: the first few, and how many more. */
export function namesOf(alerts: readonly Pick<Alert, 'summary' | 'node_name'>[]): string {
  const named = alerts.slice(0, NAMED).map(namedSummary);
  const more = alerts.length - named.length;
  return `${named.join('; ')}${more > 0 ? `, and ${more} more` : ''}`;
}
