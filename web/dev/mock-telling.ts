/** Telling people in the mock: an installation that does, and one that does not yet. */
import type {
  ChannelPreview,
  Delivery,
  EscalationTeam,
  MaintenanceWindow,
  NotificationChannel,
} from '@stratora/contract';
import { type Call, page, Refusal } from './mock-call.ts';
import type { Plant } from './plant.ts';
import { ago, idOf } from './seeds.ts';
import {
  CHANNELS,
  DAY_S,
  deliveriesOf,
  escalation,
  HOUR_S,
  later,
  person,
  rotaOf,
  teamsOf,
  windowsOf,
} from './telling-plant.ts';

const MAIL = `<html><body style="margin:0;background:#f4f5f7;font-family:Arial,sans-serif"><table width="100%"><tr><td align="center" style="padding:24px"><table width="520" style="background:#fff;border:1px solid #ddd"><tr><td style="border-left:6px solid #bd1f2b;padding:16px"><div style="color:#bd1f2b;font-weight:bold">Critical</div><div style="font-size:18px">CPU of sw-03 is at 98 %</div><p>Site Munich, for 5 min</p></td></tr></table></td></tr></table></body></html>`;

function previews(type: unknown, text: unknown): ChannelPreview {
  const own = typeof text === 'string' ? text : null;
  if (own?.includes('$nope') === true) {
    throw new Refusal(400, 'validation_failed', 'The request is not valid.', [
      { path: 'text', message: 'line 1, column 4: there is no value $nope' },
    ]);
  }
  const summary = (own ?? '{{ $summary }}')
    .replaceAll(/\{\{\s*\$summary\s*\}\}/g, 'CPU of sw-03 is at 98 % for 5 min')
    .replaceAll(/\{\{\s*\$severity\s*\}\}/g, 'critical');
  return {
    items: (['triggered', 'changed', 'escalated', 'repeated', 'resolved', 'reminder', 'test'] as const).map(
      (event) => ({
        event,
        title: type === 'webhook' ? null : `[${event}] sw-03: CPU`,
        text: `${summary}\nsw-03, site Munich`,
        html: type === 'email' ? MAIL : null,
        body: type === 'email' ? null : { type: 'alert', source: 'stratora', severity: 'critical', summary },
        failure: null,
      }),
    ),
  };
}

/** What the mock keeps of telling people. */
export class TellingState {
  readonly channels: NotificationChannel[];
  readonly teams: EscalationTeam[];
  readonly deliveries: readonly Delivery[];
  readonly windows: MaintenanceWindow[];

  constructor(plant: Plant) {
    const isEmpty = plant.nodes.length === 0;
    this.channels = isEmpty ? [] : structuredClone([...CHANNELS]);
    this.teams = teamsOf(plant).slice(0, isEmpty ? 1 : undefined);
    this.deliveries = isEmpty ? [] : deliveriesOf(plant);
    this.windows = isEmpty ? [] : windowsOf(plant);
  }
}

function found<T extends { id: string }>(list: readonly T[], id: string | undefined): T {
  const item = list.find((one) => one.id === id);
  if (item === undefined) throw new Refusal(404, 'not_found', 'There is no such thing.');
  return item;
}

/** Answers a call about telling people; undefined for any other. */
export function answerTelling(call: Call, state: TellingState): unknown {
  const [name, id, action] = call.path.split('/').slice(1);
  switch (name) {
    case 'notification-channels':
      return answerChannels(call, state, [id, action]);
    case 'escalation-teams':
      return answerTeams(call, state, [id, action]);
    case 'deliveries':
      return page(state.deliveries.filter(isAsked(call.query)), call.query);
    case 'maintenance-windows':
      return answerWindows(call, state, [id, action]);
    case 'settings':
      return {
        heartbeat: null,
        public_origin: state.channels.length === 0 ? null : 'https://stratora.example.com',
        smtp:
          state.channels.length === 0
            ? null
            : {
                host: 'mail.example.com',
                port: 587,
                security: 'starttls',
                username: 'stratora',
                password: '********',
                from: 'stratora@example.com',
                ca_pem: null,
              },
      };
    default:
      return undefined;
  }
}

function isAsked(query: URLSearchParams): (delivery: Delivery) => boolean {
  const [channel, event] = [query.get('channel_id'), query.get('event')];
  return (delivery) =>
    (channel === null || delivery.channel_id === channel) && (event === null || delivery.event === event);
}

type Path = readonly [id: string | undefined, action: string | undefined];

function answerChannels(call: Call, { channels, deliveries }: TellingState, [id, action]: Path): unknown {
  if (id === 'preview') return previews(call.body['type'], call.body['text']);
  if (id === undefined) return call.method === 'GET' ? page(channels, call.query) : channels[0];
  const item = found(channels, id);
  if (action === 'test')
    return {
      delivery_id: deliveries.find(({ event, channel_id: own }) => event === 'test' && own === id)?.id ?? '',
    };
  return item;
}

function answerTeams(call: Call, { teams }: TellingState, [id, action]: Path): unknown {
  if (id === 'preview') return escalation();
  if (id === undefined) return call.method === 'GET' ? page(teams, call.query) : teams[1];
  const item = found(teams, id);
  if (action === 'rota') return rotaOf();
  if (action === 'on-call')
    return {
      at: ago(0),
      current: item.on_call,
      next: person(2, later(4 * DAY_S), later(11 * DAY_S)),
    };
  return item;
}

function answerWindows(call: Call, { windows }: TellingState, [id, action]: Path): unknown {
  if (id === 'preview') return occurrences();
  if (id === 'calendar') {
    const items = windows.flatMap(({ id: window, name, scope, scope_name, starts_at, ends_at, rrule }) =>
      Array.from({ length: rrule === null ? 1 : 5 }, (_, index) => ({
        window_id: window,
        name,
        scope,
        scope_name,
        starts_at: new Date(Date.parse(starts_at) + index * DAY_S * 1000).toISOString(),
        ends_at: new Date(Date.parse(ends_at) + index * DAY_S * 1000).toISOString(),
      })),
    );
    return { items, complete: true };
  }
  if (id === undefined) {
    const running = windows.filter(({ active }) => active);
    return call.method === 'GET'
      ? page(call.query.get('active') === 'true' ? running : windows, call.query)
      : windows[0];
  }
  const item = found(windows, id);
  if (action !== 'held') return item;
  return {
    occurrence: item.active ? { starts_at: item.starts_at, ends_at: item.ends_at, ended_at: null } : null,
    total: item.active ? 2 : 0,
    items: item.active
      ? [1, 2].map((index) => ({
          alert_id: idOf(20, 40 + index),
          node_id: idOf(1, index),
          node_name: `sw-0${index}`,
          definition_name: 'Interface down',
          instance: 'Gi1/0/1',
          severity: index === 1 ? 'critical' : 'warning',
          summary: `Interface Gi1/0/${index} of sw-0${index} is down`,
          held_since: ago(1_800),
          state_at_end: 'active',
          resolved_at: index === 2 ? ago(300) : null,
        }))
      : [],
  };
}

/** Ten Tuesdays, of which one is on a day on which the clocks go forward. */
function occurrences() {
  const first = Date.parse('2026-12-08T21:00:00Z');
  return {
    timezone: 'Europe/Berlin',
    items: Array.from({ length: 10 }, (_, index) => {
      const at = first + index * 28 * DAY_S * 1000;
      const summer = index > 3 && index < 11;
      const local = (time: number) =>
        `${new Date(time + (summer ? 2 : 1) * HOUR_S * 1000).toISOString().slice(0, 19)}+0${summer ? 2 : 1}:00`;
      return {
        starts_at: new Date(at).toISOString(),
        ends_at: new Date(at + 5_400_000).toISOString(),
        local_starts_at: local(at),
        local_ends_at: local(at + 5_400_000),
        duration_seconds: 5_400,
        notes: index === 4 ? ['The clocks go forward over its begin: it begins as soon as they have.'] : [],
      };
    }),
  };
}
