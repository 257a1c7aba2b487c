import type { Alert, AlertAction, AlertDetail, BulkAlerts, BulkAlertsAnswer } from '@stratora/contract';
import { type Actor, appendAudit, once } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { appError, fieldError, notFound, type Precondition } from '../../platform/http/index.ts';
import { type ActedRow, findTime, lockAlerts, setAcknowledged, setMuted } from './alert-action-queries.ts';
import { chartOf } from './alert-chart.ts';
import { type ListDeliveries, SHOWN_DELIVERIES } from './alert-deliveries.ts';
import { alertsChanged } from './alert-notice.ts';
import type { AlertObserver } from './alert-observer.ts';
import {
  findLiving,
  findReference,
  findShownAlert,
  listBehind,
  listTimeline,
  toAlert,
} from './alert-queries.ts';
import type { AlertEventRow } from './alert-row.ts';
import { insertAlertEvents } from './alert-writing-queries.ts';

/** What a person does to alerts. */
export interface AlertActing {
  readonly action: AlertAction;
  /** With `acknowledge`. */
  readonly comment?: string | null | undefined;
  /** With `mute`: RFC 3339; null or absent: until the alert resolves. */
  readonly until?: string | null | undefined;
}

export interface AlertServiceOptions {
  db: Database;
  /** Hears of the alerts that people act on. */
  observe: AlertObserver;
  listDeliveries: ListDeliveries;
}

/** The service by which people see one alert, and acknowledge and mute alerts. */
export class AlertService {
  readonly #db: Database;
  readonly #observe: AlertObserver;
  readonly #listDeliveries: ListDeliveries;

  constructor({ db, observe, listDeliveries }: AlertServiceOptions) {
    this.#db = db;
    this.#observe = observe;
    this.#listDeliveries = listDeliveries;
  }

  get(id: string): Promise<AlertDetail> {
    return this.#get(this.#db, id);
  }

  async #get(db: Database | Tx, id: string): Promise<AlertDetail> {
    const alert = await getAlert(db, id);
    const { items, total } = await this.#listDeliveries(db, id, { most: SHOWN_DELIVERIES });
    return { ...alert, deliveries: items, deliveries_total: total };
  }

  /** Acts on one alert. @throws AppError invalid_state for one that is resolved */
  act(
    actor: Actor,
    { id, match }: { id: string; match: Precondition<AlertDetail> | undefined },
    acting: AlertActing,
  ): Promise<AlertDetail> {
    return once(this.#db, actor, async (tx) => {
      const rows = await lockAlerts(tx, [id]);
      if (rows.length === 0) throw notFound('This alert');
      if (match) match(await this.#get(tx, id));
      const done = await actOn(tx, actor, rows, { acting, observe: this.#observe });
      if (done.get(id) === 'resolved') {
        throw appError('invalid_state', 'This alert is resolved; nothing can be done to it any more.');
      }
      return this.#get(tx, id);
    });
  }

  /** Acts on many alerts; those that are gone or resolved are named, and keep nobody from the others. */
  actOnMany(actor: Actor, { alert_ids: ids, ...acting }: BulkAlerts): Promise<BulkAlertsAnswer> {
    return once(this.#db, actor, async (tx) => {
      const done = await actOn(tx, actor, await lockAlerts(tx, ids), { acting, observe: this.#observe });
      const results = ids.map((id) => ({ alert_id: id, result: done.get(id) ?? ('not_found' as const) }));
      const affected = new Set(
        results
          .filter(({ result }) => result === 'changed' || result === 'unchanged')
          .map(({ alert_id: id }) => id),
      );
      return { affected: affected.size, results };
    });
  }
}

type Outcome = Exclude<BulkAlertsAnswer['results'][number]['result'], 'not_found'>;

/** Acts on locked alerts, by as many statements for many as for one. @returns the outcome by id */
async function actOn(
  tx: Tx,
  actor: Actor,
  rows: readonly ActedRow[],
  { acting, observe }: { acting: AlertActing; observe: AlertObserver },
): Promise<Map<string, Outcome>> {
  const at = await findTime(tx);
  const until = untilOf(acting, at);
  const comment = acting.comment?.trim() || null;
  const outcomes = new Map<string, Outcome>(
    rows.map((row) => [
      row.id,
      row.state === 'resolved' ? 'resolved' : isSo(row, acting.action, { until, comment, at }),
    ]),
  );
  const changed = rows.filter(({ id }) => outcomes.get(id) === 'changed');
  if (changed.length === 0) return outcomes;
  const ids = changed.map(({ id }) => id);
  await write(tx, ids, { action: acting.action, at, by: actor.name, comment, until });
  const events = changed.map(
    ({ id }): AlertEventRow => ({
      alert_id: id,
      event: EVENTS[acting.action],
      detail: detailOf(acting.action, { comment, until }),
    }),
  );
  await insertAlertEvents(tx, events, { at, actor: actor.name });
  await observe(tx, ids, at);
  const notice = alertsChanged(changed.map((row) => ({ row, isNew: false, isNoteworthy: true })));
  if (notice) await publishEvents(tx, [notice]);
  await record(tx, actor, changed, {
    action: acting.action,
    detail: detailOf(acting.action, { comment, until }),
  });
  return outcomes;
}

const EVENTS = {
  acknowledge: 'acknowledged',
  unacknowledge: 'unacknowledged',
  mute: 'muted',
  unmute: 'unmuted',
} as const satisfies Record<AlertAction, AlertEventRow['event']>;

interface ActingFacts {
  readonly comment: string | null;
  readonly until: Date | null;
}

function untilOf({ action, until }: AlertActing, now: Date): Date | null {
  if (action !== 'mute' || until === undefined || until === null) return null;
  const time = new Date(until);
  if (time.getTime() <= now.getTime()) throw fieldError('until', 'must be in the future');
  // An offset may push it beyond the last year that RFC 3339 can write.
  if (time.getUTCFullYear() > 9999) throw fieldError('until', 'must be before the year 10000');
  return time;
}

/** Says whether an alert is already as an action would make it. A comment is added to an acknowledgement by another one. */
function isSo(
  row: ActedRow,
  action: AlertAction,
  { until, comment, at }: ActingFacts & { at: Date },
): 'changed' | 'unchanged' {
  const isMuted = row.muted_at !== null && (row.muted_until === null || row.muted_until > at);
  const is: Record<AlertAction, boolean> = {
    acknowledge: row.acknowledged_at !== null && (comment === null || comment === row.acknowledged_comment),
    unacknowledge: row.acknowledged_at === null,
    mute: isMuted && row.muted_until?.getTime() === until?.getTime(),
    unmute: !isMuted,
  };
  return is[action] ? 'unchanged' : 'changed';
}

async function write(
  tx: Tx,
  ids: readonly string[],
  { action, at, by, comment, until }: ActingFacts & { action: AlertAction; at: Date; by: string },
): Promise<void> {
  switch (action) {
    case 'acknowledge':
      return setAcknowledged(tx, ids, { at, by, comment });
    case 'unacknowledge':
      return setAcknowledged(tx, ids, null);
    case 'mute':
      return setMuted(tx, ids, { at, by, until });
    case 'unmute':
      return setMuted(tx, ids, null);
  }
}

function detailOf(action: AlertAction, { comment, until }: ActingFacts): Record<string, unknown> {
  if (action === 'acknowledge') return comment === null ? {} : { comment };
  return action === 'mute' ? { until: until?.toISOString() ?? null } : {};
}

/** Writes one entry of the audit log, however many alerts there are. */
async function record(
  tx: Tx,
  actor: Actor,
  rows: readonly ActedRow[],
  { action, detail }: { action: AlertAction; detail: Record<string, unknown> },
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const one = {
    objectId: first.id,
    detail: { ...detail, name: first.subject_name, alert_key: first.alert_key },
    ...(first.node_id === null ? {} : { nodeId: first.node_id }),
  };
  const many = { detail: { ...detail, count: rows.length, ids: rows.map(({ id }) => id) } };
  await appendAudit(tx, actor, {
    action: `alert.${action}`,
    objectType: 'alert',
    ...(rows.length === 1 ? one : many),
  });
}

async function getAlert(
  db: Database | Tx,
  id: string,
): Promise<Omit<AlertDetail, 'deliveries' | 'deliveries_total'>> {
  const row = await findShownAlert(db, id);
  if (!row) throw notFound('This alert');
  const timeline = await listTimeline(db, id);
  const { hasNode, hasDefinition } = await findLiving(db, row);
  const alert: Alert = toAlert(row);
  return {
    ...alert,
    scope: { type: row.scope_type, id: row.scope_id },
    duration_seconds: row.duration_seconds,
    runbook_url: row.runbook_url,
    timeline: timeline.entries,
    timeline_total: timeline.total,
    cause: row.held_alert_id === null ? null : await findReference(db, row.held_alert_id),
    behind: await listBehind(db, id),
    links: {
      node: hasNode ? `/api/v1/nodes/${row.node_id}` : null,
      definition: hasDefinition ? `/api/v1/alert-definitions/${row.definition_id}` : null,
      chart: chartOf(row),
    },
  };
}
