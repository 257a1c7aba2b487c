import type { DeliveryEvent } from '@stratora/contract';
import type { Database } from '../../platform/db/index.ts';
import type { Notice, NoticedAlert, NoticeUrls, OutgoingMessage } from '../channels/index.ts';
import type { TakenNotice } from './claim-queries.ts';
import { listNoticedAlerts, listThreadKeys } from './notice-queries.ts';

/** Makes the addresses in a message to a recipient that was formed at a time: each try of it has the same. */
export type UrlsOf = (recipient: string, formedAt: Date) => NoticeUrls;

/** Events by what they say first, where a message would tell of one alert twice. */
const LOUDEST: readonly DeliveryEvent[] = [
  'resolved',
  'triggered',
  'changed',
  'escalated',
  'repeated',
  'reminder',
  'test',
];

/**
 * Builds the message of notices that go out together, of their alerts as they are now. Of an alert it tells once.
 * @param laneId whose earlier messages it answers; undefined where messages answer none
 */
export async function buildMessage(
  db: Database,
  taken: readonly TakenNotice[],
  { laneId, urls }: { laneId: string | undefined; urls: UrlsOf },
): Promise<OutgoingMessage> {
  const [first] = taken;
  if (first === undefined) throw new Error('a message without a notice');
  const alertIds = [...new Set(taken.map(({ alertId }) => alertId).filter((id) => id !== null))];
  const alerts = new Map((await listNoticedAlerts(db, alertIds)).map((alert) => [alert.id, alert]));
  const { key, recipient, formedAt } = first;
  return {
    key,
    recipient,
    notices: noticesOf(taken, alerts),
    urls: urls(recipient, formedAt),
    threadKeys:
      laneId === undefined
        ? []
        : (await listThreadKeys(db, { alertIds, laneId, recipient })).filter((one) => one !== key),
  };
}

function noticesOf(taken: readonly TakenNotice[], alerts: ReadonlyMap<string, NoticedAlert>): Notice[] {
  const byAlert = Map.groupBy(taken, ({ id, alertId }) => alertId ?? id);
  return [...byAlert.values()].map((of) => {
    const loudest = of.toSorted(
      (a, b) => LOUDEST.indexOf(a.event) - LOUDEST.indexOf(b.event),
    )[0] as TakenNotice;
    const alert = loudest.alertId === null ? undefined : alerts.get(loudest.alertId);
    return {
      event: loudest.event,
      at: loudest.createdAt,
      alert: alert
        ? { ...alert, previousSeverity: loudest.previousSeverity as NoticedAlert['previousSeverity'] }
        : null,
      teamName: loudest.teamName,
      step: loudest.step,
      stepCount: loudest.stepCount,
      maintenance: loudest.event === 'reminder' ? maintenanceOf(loudest.detail ?? {}) : null,
    };
  });
}

function maintenanceOf(detail: Record<string, unknown>): Notice['maintenance'] {
  return {
    name: String(detail['name']),
    scopeName: String(detail['scopeName']),
    endsAt: new Date(String(detail['endsAt'])),
  };
}
