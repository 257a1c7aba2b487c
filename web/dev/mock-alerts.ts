/** Alerts of the mock: an outage with what is behind it, single troubles, and a history. */
import type { Alert, AlertCounts, AlertDefinition, AlertDetail, NodeDetail } from '@stratora/contract';
import { type Call, page, Refusal } from './mock-call.ts';
import { makeDefinitions } from './mock-definitions.ts';
import type { Plant } from './plant.ts';
import { ago, idOf, seeded } from './seeds.ts';

const KIND = 20;
const BEHIND = 11;
const PAST = 420;

/** A series that the mock of the metrics has, for each definition that has alerts. */
const SERIES: Readonly<Record<string, string>> = {
  cpu_usage_percent: 'cpu_usage_user',
  disk_used_percent: 'disk_used_percent',
  interface_down: 'interface_ifOperStatus',
  packet_loss: 'ping_percent_packet_loss',
  host_rebooted: 'system_uptime',
};

interface Trouble {
  readonly slug: string;
  readonly severity: Alert['severity'];
  readonly value: number;
  readonly instance?: string;
  readonly labels?: Record<string, string>;
  readonly text: (node: NodeDetail) => string;
}

const TROUBLES: readonly Trouble[] = [
  {
    slug: 'cpu_usage_percent',
    severity: 'critical',
    value: 98.4,
    text: ({ name }) => `The CPU of ${name} is 98.4 % busy`,
  },
  {
    slug: 'disk_used_percent',
    severity: 'warning',
    value: 87.2,
    instance: '/var',
    labels: { path: '/var' },
    text: ({ name }) => `/var of ${name} is 87.2 % full`,
  },
  {
    slug: 'interface_down',
    severity: 'warning',
    value: 2,
    instance: 'Gi1/0/24',
    labels: { ifName: 'Gi1/0/24' },
    text: ({ name }) => `Gi1/0/24 of ${name} is down`,
  },
  {
    slug: 'packet_loss',
    severity: 'warning',
    value: 8,
    text: ({ name }) => `8 % of the pings to ${name} are lost`,
  },
  {
    slug: 'host_rebooted',
    severity: 'info',
    value: 420,
    text: ({ name }) => `${name} was restarted 7 min ago`,
  },
];

export class AlertState {
  readonly definitions: AlertDefinition[];
  readonly alerts: Alert[];

  constructor(plant: Plant, isCalm: boolean) {
    this.definitions = makeDefinitions(plant);
    const past = Array.from({ length: plant.nodes.length === 0 ? 0 : PAST }, (_, index) =>
      this.#past(plant, index),
    );
    this.alerts = [...(isCalm || plant.nodes.length < 40 ? [] : this.#active(plant.nodes)), ...past];
  }

  #make(index: number, node: NodeDetail, trouble: Trouble, given: Partial<Alert>): Alert {
    const rule = this.definitions.find(({ slug }) => slug === trouble.slug) ?? this.definitions[0];
    const key = trouble.instance === undefined ? trouble.slug : `${trouble.slug}:${trouble.instance}`;
    return {
      id: idOf(KIND, index),
      state: 'active',
      severity: trouble.severity,
      node_id: node.id,
      node_name: node.name,
      component_id: null,
      component_name: null,
      site_id: node.site_id,
      site_name: node.site_name,
      definition_id: rule?.id ?? idOf(KIND, 0),
      definition_slug: trouble.slug,
      definition_name: rule?.name ?? trouble.slug,
      alert_key: key,
      instance: trouble.instance ?? '',
      labels: trouble.labels ?? {},
      value: trouble.value,
      peak: trouble.value * 1.01,
      value_at: ago(20),
      threshold: (trouble.severity === 'critical' ? rule?.critical : rule?.warning) ?? null,
      comparison: rule?.comparison ?? '>',
      unit: rule?.unit ?? null,
      summary: trouble.text(node),
      query: rule?.expr ?? '',
      started_at: ago(1_500 + index * 30),
      triggered_at: ago(1_200 + index * 30),
      resolved_at: null,
      acknowledged: null,
      muted: null,
      muted_until: null,
      held: null,
      behind_count: 0,
      flapping_since: null,
      changes: 0,
      ...given,
    };
  }

  #active(nodes: readonly NodeDetail[]): Alert[] {
    const at = (index: number) => nodes[index] as NodeDetail;
    const away: Trouble = {
      slug: 'node_unreachable',
      severity: 'critical',
      value: 812,
      text: ({ name }) => `${name} does not answer for 13 min`,
    };
    const cause = this.#make(1, at(3), away, { peak: 812, behind_count: BEHIND });
    const behind = Array.from({ length: BEHIND }, (_, index) =>
      this.#make(10 + index, at(20 + index), away, {
        held: { by: 'upstream', since: ago(700), alert_id: cause.id, node_id: at(3).id, window_id: null },
      }),
    );
    const marks: readonly Partial<Alert>[] = [
      {},
      { acknowledged: { at: ago(300), by: 'anna', comment: 'Old logs are being removed' } },
      {
        flapping_since: ago(900),
        changes: 7,
        held: { by: 'flapping', since: ago(900), alert_id: null, node_id: null, window_id: null },
      },
      { muted: { at: ago(200), by: 'admin', until: new Date(Date.now() + 7_000_000).toISOString() } },
      { held: { by: 'maintenance', since: ago(900), alert_id: null, node_id: null, window_id: idOf(22, 1) } },
    ];
    const single = TROUBLES.map((trouble, index) =>
      this.#make(40 + index, at(7 + index), trouble, marks[index] ?? {}),
    );
    return [cause, ...behind, ...single];
  }

  #past({ nodes }: Plant, index: number): Alert {
    const random = seeded(index + 1);
    const node = nodes[Math.floor(random() * nodes.length)] as NodeDetail;
    const trouble = TROUBLES[Math.floor(random() * TROUBLES.length)] as Trouble;
    const end = 5_000 + index * 2_700 * (0.5 + random());
    return this.#make(1_000 + index, node, trouble, {
      state: 'resolved',
      started_at: ago(end + 900 + 4_000 * random()),
      triggered_at: ago(end + 120 + 3_000 * random()),
      resolved_at: ago(end),
    });
  }
}

function matching(alerts: readonly Alert[], query: URLSearchParams): readonly Alert[] {
  const is = (name: string, value: string | null) => query.get(name) === null || query.get(name) === value;
  const search = (query.get('search') ?? '').toLowerCase();
  return alerts.filter(
    (alert) =>
      is('state', alert.state) &&
      is('severity', alert.severity) &&
      is('node_id', alert.node_id) &&
      is('site_id', alert.site_id) &&
      is('definition_id', alert.definition_id) &&
      is('held', String(alert.held !== null)) &&
      is('muted', String(alert.muted !== null)) &&
      is('acknowledged', String(alert.acknowledged !== null)) &&
      alert.summary.toLowerCase().includes(search),
  );
}

const RANKS = ['info', 'warning', 'critical'];

function sorted(alerts: readonly Alert[], sort: string): readonly Alert[] {
  const name = sort.replace(/^-/, '');
  const keyOf = (alert: Alert): string => {
    if (name === 'severity') return String(RANKS.indexOf(alert.severity));
    const value = alert[name as keyof Alert];
    return typeof value === 'string' ? value : '';
  };
  const sign = sort.startsWith('-') ? -1 : 1;
  return alerts.toSorted((a, b) => sign * keyOf(a).localeCompare(keyOf(b)));
}

function counts(alerts: readonly Alert[]): AlertCounts {
  const active = alerts.filter(({ state }) => state === 'active');
  const of = (severity: Alert['severity']) => active.filter((alert) => alert.severity === severity).length;
  return {
    active: active.length,
    by_severity: { info: of('info'), warning: of('warning'), critical: of('critical') },
    acknowledged: active.filter(({ acknowledged }) => acknowledged !== null).length,
    muted: active.filter(({ muted }) => muted !== null).length,
    held: active.filter(({ held }) => held !== null).length,
    open: active.filter(({ held, muted, acknowledged }) => !held && !muted && !acknowledged).length,
  };
}

function detailOf(alert: Alert, { alerts, definitions }: AlertState): AlertDetail {
  const rule = definitions.find(({ id }) => id === alert.definition_id);
  const behind = alerts.filter(({ held }) => held?.alert_id === alert.id);
  const cause = alerts.find(({ id }) => id === alert.held?.alert_id);
  const said = {
    severity: alert.severity,
    value: alert.value,
    threshold: alert.threshold,
    summary: alert.summary,
  };
  const timeline: AlertDetail['timeline'] = [
    { at: alert.triggered_at, event: 'triggered', actor: null, detail: said },
  ];
  if (alert.held !== null)
    timeline.push({ at: alert.held.since, event: 'held', actor: null, detail: { ...alert.held } });
  if (alert.acknowledged !== null) {
    const { at, by, comment } = alert.acknowledged;
    timeline.push({ at, event: 'acknowledged', actor: by, detail: { comment } });
  }
  if (alert.muted !== null) {
    const { at, by, until } = alert.muted;
    timeline.push({ at, event: 'muted', actor: by, detail: { until } });
  }
  if (alert.resolved_at !== null)
    timeline.push({
      at: alert.resolved_at,
      event: 'resolved',
      actor: null,
      detail: { value: 40, seconds: 900 },
    });
  const around = 1_800_000;
  return {
    ...alert,
    scope: rule?.scope ?? { type: 'global', id: null },
    duration_seconds: rule?.duration_seconds ?? 0,
    runbook_url: rule?.runbook_url ?? null,
    timeline,
    timeline_total: timeline.length,
    deliveries: [],
    deliveries_total: 0,
    cause: cause ?? null,
    behind: { total: behind.length, items: behind },
    links: {
      node: `/api/v1/nodes/${alert.node_id}`,
      definition: rule === undefined ? null : `/api/v1/alert-definitions/${rule.id}`,
      chart:
        alert.query === ''
          ? null
          : {
              query: `${SERIES[alert.definition_slug] ?? 'cpu_usage_user'}{node_id="${alert.node_id ?? ''}"}`,
              from: new Date(Date.parse(alert.started_at) - around).toISOString(),
              to: alert.resolved_at && new Date(Date.parse(alert.resolved_at) + around).toISOString(),
            },
    },
  };
}

function bulk({ alerts }: AlertState, { body }: Call): unknown {
  const ids = body['alert_ids'] as string[];
  for (const alert of alerts.filter(({ id }) => ids.includes(id))) {
    const at = ago(0);
    const comment = (body['comment'] as string | undefined) ?? null;
    const until = (body['until'] as string | null | undefined) ?? null;
    if (body['action'] === 'acknowledge') alert.acknowledged = { at, by: 'admin', comment };
    if (body['action'] === 'unacknowledge') alert.acknowledged = null;
    if (body['action'] === 'mute') alert.muted = { at, by: 'admin', until };
    if (body['action'] === 'unmute') alert.muted = null;
  }
  return { affected: ids.length, results: ids.map((id) => ({ alert_id: id, result: 'changed' })) };
}

/** Answers calls about alerts and their definitions; undefined for any other. */
export function answerAlerts(call: Call, state: AlertState): unknown {
  const [name = '', id, action] = call.path.split('/').slice(1);
  if (name === 'alert-definitions') return answerDefinitions(call, state.definitions, { id, action });
  if (name !== 'alerts') return undefined;
  if (id === undefined) {
    const found = matching(state.alerts, call.query);
    const query = new URLSearchParams(call.query);
    query.delete('search');
    return page(sorted(found, call.query.get('sort') ?? '-triggered_at'), query);
  }
  if (id === 'counts') return counts(state.alerts);
  if (id === 'bulk') return bulk(state, call);
  const alert = state.alerts.find((candidate) => candidate.id === id);
  if (alert === undefined) throw new Refusal(404, 'not_found', 'There is no such alert.');
  return detailOf(alert, state);
}

function answerDefinitions(
  call: Call,
  definitions: AlertDefinition[],
  { id, action }: { id: string | undefined; action: string | undefined },
): unknown {
  if (id === undefined && call.method === 'GET') return page(definitions, call.query);
  const found = definitions.find((definition) => definition.id === id);
  if (id === undefined || action === 'clone') {
    const made = {
      ...(found ?? (definitions[0] as AlertDefinition)),
      ...call.body,
      id: crypto.randomUUID(),
      is_shipped: false,
    } as AlertDefinition;
    definitions.push(made);
    return made;
  }
  if (found === undefined) throw new Refusal(404, 'not_found', 'There is no such alert definition.');
  if (call.method === 'DELETE') definitions.splice(definitions.indexOf(found), 1);
  else if (call.method === 'PATCH') Object.assign(found, call.body);
  return found;
}
