import { ALERT_SEVERITIES, type AlertReference, type AlertsChangedEvent } from '@stratora/contract';
import type { ServerEvent } from '../../platform/events/index.ts';
import type { ReferredRow } from './alert-row.ts';

/** Most bytes of the list in a notice, and characters of a text in it: a notification of the database is small. */
const LIST_MAX_BYTES = 6000;
const TEXT_MAX = 200;

/** An alert as a draft of the writer, or of an action on it, has it. */
export interface NoticedAlert {
  readonly row: ReferredRow;
  readonly isNew: boolean;
  readonly isNoteworthy: boolean;
}

/**
 * Builds the one event that tells browsers what became of alerts, however many there are; undefined where nothing did. The
 * worst are named as long as there is room.
 */
export function alertsChanged(alerts: readonly NoticedAlert[]): ServerEvent | undefined {
  const told = alerts.filter(({ isNoteworthy }) => isNoteworthy);
  if (told.length === 0) return undefined;
  const named = told.map(({ row, isNew }) => ({ row, change: changeOf(row, isNew) }));
  const count = (change: Change) => named.filter((one) => one.change === change).length;
  const data: AlertsChangedEvent = {
    triggered: count('triggered'),
    changed: count('changed'),
    resolved: count('resolved'),
    alerts: [],
  };
  let bytes = 0;
  for (const { row, change } of named.toSorted((a, b) => rank(b) - rank(a))) {
    const entry = { ...referenceTo(row), summary: cut(row.summary), change };
    bytes += Buffer.byteLength(JSON.stringify(entry)) + 1;
    if (bytes > LIST_MAX_BYTES) break;
    data.alerts.push(entry);
  }
  return { name: 'alerts_changed', data: { ...data } };
}

type Change = AlertsChangedEvent['alerts'][number]['change'];

function changeOf({ state }: ReferredRow, isNew: boolean): Change {
  if (state === 'resolved') return 'resolved';
  return isNew ? 'triggered' : 'changed';
}

/** Orders by severity, and what begins before what goes on. */
function rank({ row, change }: { row: ReferredRow; change: Change }): number {
  return ALERT_SEVERITIES.indexOf(row.severity) * 2 + (change === 'triggered' ? 1 : 0);
}

/** Returns an alert as others refer to it. */
export function referenceTo(row: ReferredRow): AlertReference {
  const { id, state, severity, node_id: nodeId, subject_name: name, summary } = row;
  return { id, state, severity, node_id: nodeId, node_name: nodeId === null ? null : name, summary };
}

function cut(text: string): string {
  return text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX - 1).toWellFormed()}…`;
}
