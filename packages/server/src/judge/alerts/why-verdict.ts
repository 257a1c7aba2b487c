import {
  type AlertWhy,
  INFINITE_WORDS,
  type WhyAlert,
  type WhyValue,
  type WhyVerdict,
} from '@stratora/contract';
import type { PastPeriod } from '../maintenance/index.ts';
import type { UnjudgedTime } from './why-queries.ts';

/** A maintenance window that was in force. */
export type WhyPeriod = Pick<PastPeriod, 'window_id' | 'window_name' | 'ends_at'>;

/** What is known of a node, a definition and a moment. */
export interface WhyFacts {
  readonly at: Date;
  readonly node: AlertWhy['node'] & { readonly createdAt: Date };
  /** Null where no definition of the family judges the node. */
  readonly definition: AlertWhy['definition'];
  readonly noDefinition: 'off' | 'out_of_scope';
  readonly alerts: readonly WhyAlert[];
  /** Who was told of each of them until then, in a sentence, by their ids. */
  readonly told: ReadonlyMap<string, string>;
  /** Windows that were in force then: those that held the alerts, and those that are for the node by where it stands now. */
  readonly periods: readonly WhyPeriod[];
  /** Undefined where the definition has no expression; a text where the store did not answer. */
  readonly values: readonly WhyValue[] | string | undefined;
  /** When the definition judged nothing, within the time that decides on an alert at that moment. */
  readonly unjudged: readonly UnjudgedTime[];
}

/** Decides why nobody was told, and says it in words. No clock and no database. */
export function explainWhy(facts: WhyFacts): Pick<AlertWhy, 'verdict' | 'sentences'> {
  const [verdict, ...sentences] = decide(facts);
  return { verdict, sentences: [...sentences, ...around(facts)] };
}

function decide({ alerts, ...facts }: WhyFacts): [WhyVerdict, ...string[]] {
  if (alerts.length > 0) return ofAlerts(alerts, facts);
  const { definition, values, node, noDefinition } = facts;
  if (definition === null) {
    return noDefinition === 'off'
      ? ['not_judged', `The rule is switched off for ${node.name}.`]
      : ['not_judged', `The rule does not judge ${node.name}: it is outside of its scope.`];
  }
  const stopped = facts.unjudged.find((time) => holdsAt(time, facts.at));
  if (stopped !== undefined) return ['not_evaluated', `${unjudgedWords(stopped, definition.name)}.`];
  if (values === undefined) {
    const status = node.status === null ? 'not known' : `“${node.status}”`;
    return [
      'by_hearing',
      `There was no alert. The server judges ${definition.name} by what it hears, and of that it keeps no history; the status of the node was ${status}.`,
    ];
  }
  if (typeof values === 'string')
    return ['unknown', `There was no alert, and the value cannot be read: ${values}`];
  return ofValues(facts, definition, values);
}

/** Takes the verdict of an alert that nothing held back, if there is one, else that of the first. */
function ofAlerts(
  alerts: readonly WhyAlert[],
  { told, periods }: Pick<WhyFacts, 'told' | 'periods'>,
): [WhyVerdict, ...string[]] {
  const judged = alerts.map((alert) => ({ alert, ...ofAlert(alert, periods) }));
  const loudest = judged.find(({ verdict }) => verdict === 'active') ?? judged[0];
  const sentences = judged.flatMap(({ alert, sentence }) => [sentence, told.get(alert.id) ?? '']);
  return [loudest?.verdict ?? 'active', ...sentences.filter((sentence) => sentence !== '')];
}

function ofAlert(alert: WhyAlert, periods: readonly WhyPeriod[]): { verdict: WhyVerdict; sentence: string } {
  const { instance, held, muted_by: mutedBy, acknowledged_by: acknowledgedBy, severity } = alert;
  const of = instance === '' ? '' : ` of ${instance}`;
  const what = `The alert “${alert.definition_name}”${of} (${severity}) was active since ${alert.triggered_at}`;
  if (held?.by === 'maintenance') {
    const period = periods.find(({ window_id: id }) => id === held.window_id);
    const by = period === undefined ? HELD_WORDS.maintenance : windowWords(period);
    return { verdict: 'in_maintenance', sentence: `${what} and told nobody: ${by}.` };
  }
  if (held) return { verdict: 'held', sentence: `${what} and told nobody: ${HELD_WORDS[held.by]}.` };
  if (mutedBy !== null) return { verdict: 'muted', sentence: `${what}, and was muted by ${mutedBy}.` };
  if (acknowledgedBy !== null)
    return { verdict: 'acknowledged', sentence: `${what}, and ${acknowledgedBy} had acknowledged it.` };
  return {
    verdict: 'active',
    sentence: `${what}, and nothing held it back.`,
  };
}

function windowWords({ window_name: name, ends_at: endsAt }: WhyPeriod): string {
  return `in maintenance: window “${name}” until ${endsAt.toISOString()}`;
}

const HELD_WORDS = {
  unreachable: 'the node itself was away, and another alert said so',
  upstream: 'a device before it was down, or suspected to be',
  maintenance: 'a maintenance window covered it',
  flapping: 'it came and went, and one notice stood for all',
} as const;

function ofValues(
  { at, node }: Pick<WhyFacts, 'at' | 'node'>,
  definition: NonNullable<AlertWhy['definition']>,
  values: readonly WhyValue[],
): [WhyVerdict, ...string[]] {
  const present = values.filter(({ value }) => value !== null);
  if (present.length === 0) {
    const since = node.createdAt > at ? `; the node was added later, at ${node.createdAt.toISOString()}` : '';
    return ['no_data', `There was no data of ${definition.name} of ${node.name}${since}.`];
  }
  const bad = present.filter(({ severity }) => severity !== null);
  const [worst] = bad;
  if (worst?.bad_since === undefined || worst.bad_since === null) {
    const [first] = present;
    return ['good', `The value was good: ${first ? valueWords(first, definition) : 'none'}.`];
  }
  const longest = bad.reduce((a, b) => ((b.bad_since ?? '') < (a.bad_since ?? '') ? b : a), worst);
  const seconds = Math.round((at.getTime() - new Date(longest.bad_since ?? at).getTime()) / 1000);
  const was = `The value was bad (${valueWords(longest, definition)}) for ${seconds} s`;
  if (seconds < definition.duration_seconds) {
    return ['pending', `${was}; an alert needs ${definition.duration_seconds} s.`];
  }
  return [
    'unexplained',
    `${was}, which is as long as an alert needs, and there was none: time in which nobody evaluated does not count, nor the first minutes of a new node or series.`,
  ];
}

function valueWords(
  { instance, value }: WhyValue,
  { comparison, warning, critical, unit }: NonNullable<AlertWhy['definition']>,
): string {
  const of = instance === '' ? '' : `${instance}: `;
  const limits = [warning, critical].filter((threshold) => threshold !== null).join(' and ');
  const words =
    typeof value === 'string' ? INFINITE_WORDS[value] : `${value}${unit === null ? '' : ` ${unit}`}`;
  return `${of}${words}, bad is ${comparison} ${limits}`;
}

function holdsAt({ from_at: from, until_at: until }: UnjudgedTime, at: Date): boolean {
  return from <= at && (until === null || until > at);
}

/** Says that a rule judged nothing, without a full stop. */
function unjudgedWords({ kind, reason, from_at: from, until_at: until }: UnjudgedTime, name: string): string {
  const span = `from ${from.toISOString()} ${until === null ? 'on' : `until ${until.toISOString()}`}`;
  if (kind === 'stopped') return `No rule was evaluated ${span}: the server was stopped, or stood still`;
  const words =
    kind === 'refused' ? 'the metric store refused its expression' : 'the metric store did not answer';
  const cause = reason === null || reason === '' ? '' : ` (${reason.replace(/\.$/, '')})`;
  return `${name} was not evaluated ${span}: ${words}${cause}`;
}

/** What else may be the reason. */
function around({ at, definition, node, periods, alerts, unjudged }: WhyFacts): string[] {
  const sentences: string[] = [];
  // What was so at the moment itself is the answer, unless there was an alert all the same.
  for (const time of unjudged) {
    if (definition === null || (alerts.length === 0 && holdsAt(time, at))) continue;
    sentences.push(`${unjudgedWords(time, definition.name)}. That time counts for nothing.`);
  }
  if (definition && new Date(definition.updated_at) > at) {
    sentences.push(
      `${definition.name} was changed after that, at ${definition.updated_at}; this is judged by it as it is now.`,
    );
  }
  if (node.status === 'unknown' || node.status === 'offline') {
    // A reason is a sentence of its own.
    const reason = node.status_reason === null ? '' : ` (${node.status_reason.replace(/\.$/, '')})`;
    sentences.push(`The status of ${node.name} was “${node.status}”${reason}.`);
  }
  // That it was in maintenance is what its status said; which window it was is known by where the node stands now.
  if (node.status === 'maintenance' && alerts.length === 0) {
    const [period] = periods;
    const by = period === undefined ? 'in maintenance' : windowWords(period);
    sentences.push(`${node.name} was ${by}; an alert would have told nobody.`);
  }
  return sentences;
}
