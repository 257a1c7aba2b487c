/** Channels, teams, deliveries and maintenance of the made-up plant. */
import type {
  Delivery,
  EscalationPreview,
  EscalationTeam,
  MaintenanceWindow,
  NotificationChannel,
  OnCallPerson,
  Rota,
} from '@stratora/contract';
import type { Plant } from './plant.ts';
import { ago, idOf } from './seeds.ts';

export const HOUR_S = 3_600;
export const DAY_S = 86_400;
export const later = (seconds: number) => ago(-seconds);
const CHANNEL = 30;
const TEAM = 31;
const DELIVERY = 32;
const WINDOW = 33;

function channel(index: number, given: Partial<NotificationChannel>): NotificationChannel {
  return {
    id: idOf(CHANNEL, index),
    name: 'Channel',
    type: 'email',
    enabled: true,
    text: null,
    max_per_minute: 60,
    config: { to: ['oncall@example.com', 'plant@example.com', 'it@example.com'] },
    last_accepted_at: ago(200),
    last_failure: null,
    queued_count: 0,
    created_at: ago(40 * DAY_S),
    updated_at: ago(9 * DAY_S),
    ...given,
  };
}

export const CHANNELS: readonly NotificationChannel[] = [
  channel(0, { name: 'Mail of the shift' }),
  channel(1, {
    name: 'Ticket system',
    type: 'webhook',
    config: {
      url: 'https://tickets.example.com/hooks/stratora',
      headers: { Authorization: '********' },
      signing_secret: '********',
    },
    last_accepted_at: ago(3 * HOUR_S),
    last_failure: {
      at: ago(70),
      reason: 'server_busy',
      message: 'The other end is busy: 503 Service Unavailable, try again later',
    },
    queued_count: 14,
  }),
  channel(2, {
    name: 'Slack ops',
    type: 'slack',
    config: { url: 'https://hooks.slack.com/********' },
    last_accepted_at: null,
    text: '{{ $severity }}: {{ $summary }}',
  }),
  channel(3, {
    name: 'Teams of plant 2',
    type: 'teams',
    enabled: false,
    config: { url: 'https://prod-12.westeurope.logic.azure.com/********' },
  }),
];

const PEOPLE = ['Anna Berger', 'Ben Okafor', 'Chloé Martin'];

export function person(index: number, from: string, to: string, isOverride = false): OnCallPerson {
  return {
    member_id: idOf(5, index),
    name: PEOPLE[index] ?? '',
    email: index === 2 ? null : `${(PEOPLE[index] ?? '').split(' ')[0]?.toLowerCase()}@example.com`,
    from,
    to,
    is_override: isOverride,
  };
}

/** Thirteen weeks of three people, with a day that another stands in and a hole of two days. */
export function rotaOf(): Rota {
  const shifts: Rota['shifts'] = [];
  const monday = Date.now() - ((new Date().getUTCDay() + 6) % 7) * DAY_S * 1000;
  const begin = Math.floor(monday / (DAY_S * 1000)) * DAY_S * 1000 + 7 * HOUR_S * 1000;
  const at = (days: number) => new Date(begin + days * DAY_S * 1000).toISOString();
  const add = (from: number, to: number, who: number | null, isOverride = false) =>
    shifts.push({
      from: from === 0 ? new Date().toISOString() : at(from),
      to: at(to),
      person: who === null ? null : person(who, at(from), at(to), isOverride),
    });
  for (let week = 0; week < 13; week += 1) {
    const day = week * 7;
    if (week === 1) {
      add(day, day + 3, week % 3);
      add(day + 3, day + 4, 2, true);
      add(day + 4, day + 7, week % 3);
    } else if (week === 5) {
      add(day, day + 5, week % 3);
      add(day + 5, day + 7, null);
    } else {
      add(day, day + 7, week % 3);
    }
  }
  return { timezone: 'Europe/Berlin', shifts, warnings: [] };
}

export function teamsOf({ sites }: Plant): EscalationTeam[] {
  const base: EscalationTeam = {
    id: idOf(TEAM, 0),
    name: 'Everybody',
    enabled: true,
    is_default: true,
    match: { severities: [], site_ids: [], group_ids: [], definition_ids: [] },
    active: { type: 'always' },
    steps: [{ after_seconds: 0 }],
    repeat: null,
    rotation: null,
    on_call: null,
    warnings: [],
    created_at: ago(40 * DAY_S),
    updated_at: ago(40 * DAY_S),
  };
  const none = { from: null, to: null, member_id: null, channel_id: null };
  return [
    base,
    {
      ...base,
      id: idOf(TEAM, 1),
      name: 'Night shift',
      is_default: false,
      match: { ...base.match, severities: ['critical'], site_ids: sites.slice(0, 2).map(({ id }) => id) },
      active: {
        type: 'hours',
        timezone: 'Europe/Berlin',
        windows: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '18:00', to: '08:00' }],
      },
      steps: [
        { after_seconds: 0, on_call: 'current', channel_ids: [idOf(CHANNEL, 2)] },
        { after_seconds: 900, on_call: 'next' },
        { after_seconds: 1800, channel_ids: [idOf(CHANNEL, 0), idOf(CHANNEL, 1)] },
      ],
      repeat: { every_seconds: 1800, times: 3 },
      rotation: {
        timezone: 'Europe/Berlin',
        handoff: { day: 'mo', time: '08:00' },
        member_ids: [0, 1, 2].map((index) => idOf(5, index)),
        overrides: [],
      },
      on_call: person(0, ago(3 * DAY_S), later(4 * DAY_S)),
      warnings: [
        { ...none, kind: 'hole', message: 'Nobody is on call from Sat, 9 Jan, 08:00 to Mon, 11 Jan, 08:00.' },
        { ...none, kind: 'unreachable_member', message: 'Chloé Martin has no mail address.' },
        { ...none, kind: 'channel_unproven', message: 'Slack ops has never delivered anything.' },
      ],
    },
  ];
}

export function escalation(): EscalationPreview {
  const team = { team_id: idOf(TEAM, 1), team_name: 'Night shift', repeat: 0 };
  const told = (name: string, recipient: string, skipped: Delivery['reason'] = null) => ({
    channel_id: null,
    channel_name: name,
    recipient,
    skipped,
  });
  return {
    items: [
      {
        ...team,
        at: later(0),
        event: 'triggered',
        step: 0,
        recipients: [
          told('On call: Anna Berger', 'anna@example.com'),
          told('Slack ops', 'hooks.slack.com'),
          told('Teams of plant 2', 'prod-12.westeurope.logic.azure.com', 'channel_disabled'),
        ],
      },
      {
        ...team,
        at: later(900),
        event: 'escalated',
        step: 1,
        recipients: [told('Chloé Martin', '', 'no_address')],
      },
      {
        ...team,
        at: later(1800),
        event: 'escalated',
        step: 2,
        recipients: [
          told('Mail of the shift', 'oncall@example.com'),
          told('Ticket system', 'tickets.example.com'),
        ],
      },
      {
        ...team,
        at: later(3600),
        event: 'repeated',
        step: 2,
        repeat: 1,
        recipients: [told('Mail of the shift', 'oncall@example.com')],
      },
    ],
  };
}

export function deliveriesOf(plant: Plant): Delivery[] {
  const node = plant.nodes[3];
  const base: Delivery = {
    id: idOf(DELIVERY, 0),
    alert_id: idOf(20, 40),
    alert_summary: 'CPU of sw-03 is at 98 % for 5 min',
    node_id: node?.id ?? null,
    node_name: node?.name ?? null,
    event: 'triggered',
    step: 0,
    team_id: idOf(TEAM, 1),
    team_name: 'Night shift',
    channel_id: idOf(CHANNEL, 0),
    channel_name: 'Mail of the shift',
    recipient: 'oncall@example.com',
    state: 'sent',
    attempts: 1,
    reason: null,
    message: null,
    created_at: ago(200),
    next_attempt_at: null,
    sent_at: ago(199),
    idempotency_key: 'n-0190-1-abc',
  };
  const outcomes: readonly Partial<Delivery>[] = [
    {
      channel_id: idOf(CHANNEL, 1),
      channel_name: 'Ticket system',
      recipient: 'tickets.example.com',
      event: 'escalated',
      step: 2,
      state: 'queued',
      attempts: 4,
      reason: 'server_busy',
      message: 'The other end is busy: 503 Service Unavailable, try again later',
      next_attempt_at: later(42),
      sent_at: null,
    },
    {},
    { attempts: 3, recipient: 'plant@example.com' },
    {
      recipient: 'gone@example.com',
      state: 'failed',
      reason: 'recipient_rejected',
      message: 'The recipient was refused: 550 5.1.1 no such user here',
      sent_at: null,
    },
    {
      channel_id: null,
      channel_name: 'On call: Chloé Martin',
      recipient: '',
      event: 'escalated',
      step: 1,
      state: 'skipped',
      attempts: 0,
      reason: 'no_address',
      sent_at: null,
    },
    { event: 'resolved', state: 'merged', attempts: 0, reason: 'resolved_before', sent_at: null },
    {
      event: 'test',
      alert_id: null,
      alert_summary: null,
      node_id: null,
      node_name: null,
      team_id: null,
      team_name: null,
    },
  ];
  return Array.from({ length: 120 }, (_, index) => ({
    ...base,
    ...outcomes[index % outcomes.length],
    id: idOf(DELIVERY, index),
    created_at: ago(200 + index * 900),
  }));
}

export function windowsOf({ sites, nodes }: Plant): MaintenanceWindow[] {
  const [site, other] = sites;
  const base: MaintenanceWindow = {
    id: idOf(WINDOW, 0),
    name: 'Switch replacement in hall 3',
    scope: { type: 'site', id: site?.id ?? null },
    scope_name: site?.name ?? null,
    starts_at: ago(HOUR_S),
    ends_at: later(40 * 60),
    rrule: null,
    exdates: [],
    timezone: 'Europe/Berlin',
    reason: 'New core switch, ticket 4711',
    state: 'active',
    active: true,
    current_starts_at: ago(HOUR_S),
    current_ends_at: later(40 * 60),
    next_starts_at: null,
    next_ends_at: null,
    ended_early_at: null,
    created_by: 'anna',
    created_at: ago(3 * DAY_S),
    updated_at: ago(3 * DAY_S),
  };
  const planned = (
    index: number,
    inSeconds: number,
    given: Partial<MaintenanceWindow>,
  ): MaintenanceWindow => ({
    ...base,
    id: idOf(WINDOW, index),
    state: 'scheduled',
    active: false,
    current_starts_at: null,
    current_ends_at: null,
    starts_at: later(inSeconds),
    ends_at: later(inSeconds + 2 * HOUR_S),
    next_starts_at: later(inSeconds),
    next_ends_at: later(inSeconds + 2 * HOUR_S),
    reason: null,
    ...given,
  });
  return [
    base,
    planned(1, 8 * HOUR_S, {
      name: 'Patch day',
      scope: { type: 'global', id: null },
      scope_name: null,
      rrule: 'FREQ=MONTHLY;BYDAY=2TU',
    }),
    planned(2, 2 * DAY_S, {
      name: 'Backup window',
      scope: { type: 'node', id: nodes[4]?.id ?? null },
      scope_name: nodes[4]?.name ?? null,
      rrule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    }),
    planned(3, 9 * DAY_S, {
      name: 'Power works',
      scope: { type: 'site', id: other?.id ?? null },
      scope_name: other?.name ?? null,
    }),
    planned(4, -2 * DAY_S, {
      name: 'Firmware of the UPS',
      state: 'over',
      next_starts_at: null,
      next_ends_at: null,
    }),
  ];
}
