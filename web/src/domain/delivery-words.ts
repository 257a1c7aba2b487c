import type { Delivery, DeliveryEvent, DeliveryReason, DeliveryState } from '@stratora/contract';
import { formatAgo } from '../ui/format/time.ts';
import { plural } from '../ui/format/units.ts';
import type { Tone } from '../ui/tone.tsx';

const EVENTS: Readonly<Record<DeliveryEvent, string>> = {
  triggered: 'New alert',
  changed: 'Got worse',
  escalated: 'Escalated',
  repeated: 'Repeated',
  resolved: 'All-clear',
  reminder: 'Maintenance ends soon',
  test: 'Test',
};
/** Why notices go out, in the order of an alert's life. */
export const DELIVERY_EVENT_OPTIONS = (Object.keys(EVENTS) as DeliveryEvent[]).map((value) => ({
  value,
  label: EVENTS[value],
}));

/** Why a notice goes out: "New alert", "All-clear". */
export function eventName(event: DeliveryEvent): string {
  return EVENTS[event];
}

/** Of what it tells: the alert's text, with its node. */
export function subjectText({ alert_summary: summary, node_name: node, event }: Delivery): string {
  if (summary === null) return event === 'reminder' ? 'A maintenance window' : 'A test of the channel';
  return node === null || summary.includes(node) ? summary : `${node}: ${summary}`;
}

const STATES: Readonly<Record<DeliveryState, string>> = {
  queued: 'Waiting',
  sent: 'Accepted',
  failed: 'Failed',
  skipped: 'Not sent',
  merged: 'Merged',
};
export const DELIVERY_STATE_OPTIONS = (Object.keys(STATES) as DeliveryState[]).map((value) => ({
  value,
  label: STATES[value],
}));

export function deliveryStateName(state: DeliveryState): string {
  return STATES[state];
}

const REASONS: Readonly<Record<DeliveryReason, string>> = {
  timeout: 'no answer in time',
  connection_failed: 'no connection',
  name_not_found: 'the name of the server is not known',
  tls_failed: 'no trusted encryption',
  address_refused: 'this address may not be called',
  login_failed: 'the login was refused',
  rate_limited: 'the other end asks for fewer messages',
  server_busy: 'the other end is busy',
  rejected: 'the message was refused',
  recipient_rejected: 'the recipient was refused',
  too_large: 'the message is too large',
  no_mail_server: 'no mail server is set',
  channel_disabled: 'the channel is switched off',
  channel_deleted: 'the channel was deleted',
  no_address: 'they have no mail address',
  nobody_on_call: 'nobody is on call',
  member_disabled: 'their account is switched off',
  no_channel: 'there is no channel',
  resolved_before: 'it was over before it could go out',
  grouped: 'it stands within another message',
  no_longer_relevant: 'it no longer mattered',
  tried_too_often: 'it was tried too often',
  internal_fault: 'a fault of the product',
};

export function reasonWords(reason: DeliveryReason): string {
  return REASONS[reason] ?? reason;
}

export interface DeliveryWords {
  readonly tone: Tone;
  /** What came of it, in one clause: "Accepted", "Failed after 5 tries". */
  readonly text: string;
  /** Why, where it did not just go out. */
  readonly why: string | undefined;
}

type Outcome = Pick<Delivery, 'state' | 'attempts' | 'reason' | 'message' | 'next_attempt_at'>;

/** Says what came of a delivery. Accepted by the other end is not called seen. */
export function deliveryWords(delivery: Outcome, nowMs: number): DeliveryWords {
  const { state, attempts } = delivery;
  const why = whyOf(delivery);
  switch (state) {
    case 'sent':
      return {
        tone: 'good',
        text: attempts > 1 ? `Accepted at try ${attempts}` : 'Accepted',
        why: undefined,
      };
    case 'queued':
      return attempts === 0
        ? { tone: why === undefined ? 'neutral' : 'warn', text: 'Waiting to go out', why }
        : { tone: 'warn', text: `Tried ${timesWords(attempts)}${nextWords(delivery, nowMs)}`, why };
    case 'failed':
      return {
        tone: 'bad',
        text: attempts > 1 ? `Failed after ${plural(attempts, 'try', 'tries')}` : 'Failed',
        why,
      };
    case 'skipped':
      return { tone: 'warn', text: 'Not sent', why };
    case 'merged':
      return { tone: 'neutral', text: 'Not sent by itself', why };
  }
}

function whyOf({ message, reason }: Outcome): string | undefined {
  if (message !== null && message !== '') return message;
  return reason === null ? undefined : reasonWords(reason);
}

function timesWords(attempts: number): string {
  return attempts === 1 ? 'once' : `${attempts} times`;
}

function nextWords({ next_attempt_at: next }: Outcome, nowMs: number): string {
  if (next === null) return '';
  const at = Date.parse(next);
  return at <= nowMs ? ', again at once' : `, again ${formatAgo(at, nowMs)}`;
}

/** "New alert, step 1 of Night shift": why somebody was to be told, and by which step of whom. */
export function occasionWords({
  event,
  step,
  team_name: team,
}: Pick<Delivery, 'event' | 'step' | 'team_name'>): string {
  const name = eventName(event);
  if (team === null) return name;
  // The all-clear goes to whoever was told, by whichever step.
  return event === 'resolved' ? `${name}, ${team}` : `${name}, step ${step + 1} of ${team}`;
}
