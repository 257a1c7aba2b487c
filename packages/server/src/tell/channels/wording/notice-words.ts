import { formatValue, shownValue, withUnit } from '../../../judge/summary-text/index.ts';
import type { Notice, NoticedAlert } from '../notice.ts';

/** How a notice is marked, and in which tone: for a colour. */
export interface NoticeMark {
  /** In capitals, before the summary. */
  word: string;
  tone: NoticeTone;
}

export type NoticeTone = 'critical' | 'warning' | 'info' | 'resolved' | 'neutral';

/** A fact of an alert, for a table. */
export interface Fact {
  name: string;
  value: string;
}

/** Most characters of a headline. */
const HEADLINE_MAX = 200;

export function markOf({ event, alert }: Notice): NoticeMark {
  if (event === 'test') return { word: 'TEST', tone: 'neutral' };
  if (event === 'reminder') return { word: 'MAINTENANCE', tone: 'neutral' };
  if (event === 'resolved') return { word: 'RESOLVED', tone: 'resolved' };
  if (alert === null) return { word: 'NOTICE', tone: 'neutral' };
  return { word: alert.severity.toUpperCase(), tone: alert.severity };
}

/** Writes the one line that says most: a subject, a title. */
export function headlineOf(notice: Notice): string {
  const { event, alert, maintenance } = notice;
  const { word } = markOf(notice);
  if (event === 'test') return 'Test message from Stratora';
  if (maintenance !== null) {
    return `Maintenance ends soon: ${shownValue(maintenance.name)} (${shownValue(maintenance.scopeName)})`;
  }
  return alert === null ? word : `${word}: ${aboutOf(alert)}${shownValue(alert.summary, HEADLINE_MAX)}`;
}

/** Names what an alert is about, where its summary does not: a line on a phone must say which device it is. */
function aboutOf({ nodeName, componentName, summary }: NoticedAlert): string {
  const name = shownValue(nodeName ?? componentName ?? '');
  return name === '' || shownValue(summary).toLowerCase().includes(name.toLowerCase()) ? '' : `${name}: `;
}

/** Says why a notice goes out, in a sentence. */
export function reasonOf(notice: Notice): string {
  const { event, alert } = notice;
  switch (event) {
    case 'triggered':
      return 'New alert.';
    case 'changed':
      return alert?.previousSeverity == null
        ? 'The severity rose.'
        : `The severity rose from ${alert.previousSeverity} to ${alert.severity}.`;
    case 'escalated':
      return `Nobody has acknowledged it yet: this is step ${notice.step + 1}${ofSteps(notice)}.`;
    case 'repeated':
      return 'It is still active, and nobody has acknowledged it.';
    case 'resolved':
      return resolvedWords(alert);
    case 'reminder':
      return notice.maintenance === null
        ? 'A maintenance window ends soon.'
        : `The maintenance window ends at ${timeWords(notice.maintenance.endsAt)}; alerts are told again from then on.`;
    case 'test':
      return 'Somebody asked for this test. Nothing is wrong.';
  }
}

function ofSteps({ step, stepCount }: Notice): string {
  return stepCount > step ? ` of ${stepCount}` : '';
}

function resolvedWords(alert: NoticedAlert | null): string {
  const seconds = alert === null ? undefined : durationSeconds(alert);
  return seconds === undefined ? 'It is over.' : `It is over, after ${formatValue(seconds, 'duration')}.`;
}

/** Returns the seconds from the trigger of an alert to its end; undefined while it is active. */
export function durationSeconds({ triggeredAt, resolvedAt }: NoticedAlert): number | undefined {
  if (resolvedAt === null) return undefined;
  return Math.max(0, Math.round((resolvedAt.getTime() - triggeredAt.getTime()) / 1000));
}

/** Lists the facts of a notice, the most telling first. */
export function factsOf({ alert, teamName, maintenance }: Notice): Fact[] {
  if (alert === null) {
    if (maintenance === null) return [];
    return [
      { name: 'Window', value: shownValue(maintenance.name) },
      { name: 'For', value: shownValue(maintenance.scopeName) },
      { name: 'Ends', value: timeWords(maintenance.endsAt) },
    ];
  }
  const facts: [string, string | null | undefined][] = [
    ['Node', alert.nodeName],
    ['Component', alert.componentName],
    ['Site', alert.siteName],
    ['Instance', alert.instance],
    ['Value', valueWords(alert)],
    ['Rule', alert.definitionName],
    ['Since', timeWords(alert.startedAt)],
    ['Resolved', alert.resolvedAt === null ? null : timeWords(alert.resolvedAt)],
    ['Acknowledged by', alert.acknowledgedBy],
    ['Team', teamName],
    // A path within the product's documentation leads nowhere from a message.
    ['Runbook', /^https?:/i.test(alert.runbookUrl ?? '') ? alert.runbookUrl : null],
  ];
  return facts.flatMap(([name, value]) => {
    const shown = shownValue(value ?? '', FACT_MAX);
    return shown === '' ? [] : [{ name, value: shown }];
  });
}

/** Most characters of a fact. */
const FACT_MAX = 300;

function valueWords({ value, threshold, comparison, unit }: NoticedAlert): string | null {
  if (value === null) return null;
  const bound = comparison === '>' ? 'above' : 'below';
  return `${withUnit(value, unit)}${threshold === null ? '' : ` (${bound} ${withUnit(threshold, unit)})`}`;
}

/** Writes a time to the second: `2026-01-31 12:00:00 UTC`. */
export function timeWords(time: Date): string {
  return `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
