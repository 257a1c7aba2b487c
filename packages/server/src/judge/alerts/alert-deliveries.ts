import type { Delivery } from '@stratora/contract';
import type { Database, Tx } from '../../platform/db/index.ts';

/** Most deliveries that are shown with an alert. */
export const SHOWN_DELIVERIES = 200;

/** Which deliveries of an alert are listed. */
export interface DeliverySearch {
  readonly most: number;
  /** Those alone that there were by then, and of these what had been sent first of all. */
  readonly until?: Date;
}

/** Lists who was told of an alert, newest first, and how many entries there are of that. */
export type ListDeliveries = (
  db: Database | Tx,
  alertId: string,
  search: DeliverySearch,
) => Promise<{ items: Delivery[]; total: number }>;

/** Most recipients that are named. */
const NAMED = 5;

/** Says in a sentence who was told of an alert until a moment, or why nobody was. No clock and no database. */
export function toldWords(deliveries: readonly Delivery[], at: Date): string {
  const until = deliveries.filter(({ created_at: createdAt }) => new Date(createdAt) <= at);
  const sent = until.filter(({ sent_at: sentAt }) => sentAt !== null && new Date(sentAt) <= at);
  if (sent.length > 0) return `Told: ${listed(sent.map(sentWords))}.`;
  const [newest] = until;
  if (newest === undefined) return 'Nobody was told by then: no notice had been planned.';
  return `Nobody was told by then: ${listed(until.map(unsentWords))}.`;
}

function sentWords({ recipient, channel_name: channel, event, sent_at: sentAt }: Delivery): string {
  return `${recipient} by “${channel}” at ${sentAt} (${event})`;
}

function unsentWords({
  recipient,
  channel_name: channel,
  state,
  reason,
  message,
  sent_at: sentAt,
}: Delivery): string {
  const whom = [recipient, channel === '' ? '' : `by “${channel}”`].filter((word) => word !== '').join(' ');
  // What was sent later was waiting at the moment.
  const what = state === 'sent' || sentAt !== null ? 'queued' : state;
  const why = (message ?? reason?.replaceAll('_', ' ') ?? '').replace(/\.$/, '');
  return [whom, what, why === '' || what === 'queued' ? '' : `(${why})`]
    .filter((word) => word !== '')
    .join(' ');
}

function listed(words: readonly string[]): string {
  const once = [...new Set(words)];
  const more = once.length - NAMED;
  return `${once.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
