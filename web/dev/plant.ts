/**
 * A plausible plant for looking at the web UI without a backend: nodes, components, sites and credentials made from
 * one seed, so that every picture shows the same plant.
 */
import type {
  Component,
  Credential,
  EnrollmentToken,
  NodeDetail,
  NodeStatus,
  Site,
  User,
} from '@stratora/contract';
import { type FleetOptions, makeFleet } from './fleet.ts';
import { ago, idOf, seeded } from './seeds.ts';

export interface Plant {
  readonly sites: Site[];
  readonly nodes: NodeDetail[];
  readonly components: Component[];
  readonly tokens: EnrollmentToken[];
  readonly credentials: Credential[];
  readonly users: User[];
}

/** Each agent reports one of the servers. */
function linkAgents(components: readonly Component[], nodes: readonly NodeDetail[]): void {
  const servers = nodes.filter(({ template }) => template === 'linux-agent');
  const agents = components.filter(({ component_type: type }) => type === 'agent');
  for (const [index, agent] of agents.entries()) {
    const node = servers[index];
    if (node === undefined) continue;
    node.agent_id = agent.id;
    agent.node_id = node.id;
    agent.name = node.name;
    agent.hostname = `${node.name}.plant.example`;
    agent.fqdn = agent.hostname;
  }
}

const SITE_NAMES = [
  'Headquarters',
  'Rotterdam terminal',
  'Munich plant',
  'Line 4 cell',
  'Data centre north',
  'Data centre south',
  'Warehouse Lyon',
  'Branch Oslo',
];

const KINDS = [
  { type: 'switch', template: 'generic-snmp', prefix: 'sw-access' },
  { type: 'switch', template: 'generic-snmp', prefix: 'sw-dist' },
  { type: 'router', template: 'generic-snmp', prefix: 'edge-router' },
  { type: 'firewall', template: 'generic-snmp', prefix: 'fw' },
  { type: 'server', template: 'linux-agent', prefix: 'srv-app' },
  { type: 'server', template: 'linux-agent', prefix: 'srv-db' },
  { type: 'ups', template: 'generic-snmp', prefix: 'ups' },
  { type: 'plc', template: 'ping', prefix: 'plc' },
  { type: 'access_point', template: 'generic-snmp', prefix: 'ap' },
  { type: 'website', template: 'ping', prefix: 'portal' },
] as const;

const REASONS: Readonly<Partial<Record<NodeStatus, readonly string[]>>> = {
  offline: ['No answer to ping and SNMP for more than 5 min', 'The agent has not been heard from'],
  critical: ['Disk /var is 97 % full', 'Processor at 98 % for 5 min'],
  warning: ['Memory at 91 %', 'Packet loss 8 %', 'Interface Gi1/0/24 is down'],
  unknown: ['Its collector col-oslo is not heard from'],
  discovering: ['Waiting for the first data'],
};

function pickStatus(random: () => number, index: number): NodeStatus {
  if (index % 14 === 9) return 'unknown';
  if (index === 3) return 'offline';
  if (index === 7) return 'critical';
  const draw = random();
  if (draw < 0.02) return 'offline';
  if (draw < 0.04) return 'critical';
  if (draw < 0.1) return 'warning';
  if (draw < 0.13) return 'unknown';
  if (draw < 0.15) return 'maintenance';
  if (draw < 0.17) return 'discovering';
  return 'healthy';
}

export function makePlant(nodeCount: number, options: FleetOptions = {}): Plant {
  const random = seeded(42);
  const sites = makeSites();
  const components = makeFleet(sites, options);
  const collectors = components.filter(
    ({ component_type: type, approval }) => type === 'collector' && approval === 'approved',
  );
  const away = collectors.find(({ connection }) => connection === 'offline');
  const present = collectors.filter((collector) => collector !== away);
  const credentials = makeCredentials();
  const nodes = Array.from({ length: nodeCount }, (_, index): NodeDetail => {
    const kind = KINDS[Math.floor(random() * KINDS.length)] ?? KINDS[0];
    const site = sites[Math.floor(random() ** 1.6 * sites.length)] ?? sites[0];
    if (site === undefined) throw new Error('a plant has sites');
    const status = pickStatus(random, index);
    const byAgent = kind.template === 'linux-agent';
    const collector =
      status === 'unknown' ? (away ?? present[0]) : present[index % Math.min(present.length, 7)];
    if (!byAgent && collector !== undefined) collector.node_count += 1;
    const reasons = REASONS[status];
    const since = ago(status === 'healthy' ? 3600 * 20 * random() * 30 : 60 + 7200 * random());
    const auth = index === 12;
    if (auth && collector !== undefined) collector.failing_node_count += 1;
    site.node_count += 1;
    return {
      id: idOf(1, index),
      name: `${kind.prefix}-${String(index + 1).padStart(nodeCount > 999 ? 5 : 2, '0')}`,
      ip_address: `10.${10 + sites.indexOf(site)}.${Math.floor(index / 250)}.${(index % 250) + 1}`,
      fqdn: byAgent ? `${kind.prefix}-${index + 1}.plant.example` : null,
      node_type: kind.type,
      site_id: site.id,
      site_name: site.name,
      template: kind.template,
      collector_id: byAgent ? null : (collector?.id ?? null),
      collector_chosen: !byAgent && index % 6 === 0,
      agent_id: byAgent ? idOf(2, 40) : null,
      environment: random() < 0.7 ? 'production' : null,
      group_ids: [],
      snmp_port: 161,
      url: kind.type === 'website' ? 'https://portal.example' : null,
      snmp_pace: null,
      status,
      status_since: since,
      status_reason: auth
        ? 'SNMP authentication failed'
        : (reasons?.[Math.floor(random() * reasons.length)] ?? null),
      last_seen_at:
        status === 'discovering'
          ? null
          : status === 'offline' || status === 'unknown'
            ? ago(400 + 3000 * random())
            : ago(4),
      approval: 'approved',
      os: byAgent ? 'Debian GNU/Linux 12' : null,
      created_at: ago(86_400 * 40),
      updated_at: ago(86_400 * 3),
      collection: byAgent
        ? []
        : [
            { input: 'ping', status: 'ok', message: '', detail: null, since: ago(86_400) },
            ...(kind.template === 'generic-snmp'
              ? [
                  auth
                    ? ({
                        input: 'snmp',
                        status: 'auth',
                        message:
                          'The device refuses the SNMPv3 login: authentication password or protocol is wrong.',
                        detail: 'agent udp://10.0.0.1:161: wrong digest (auth_protocol, auth_password)',
                        since: ago(240),
                      } as const)
                    : ({
                        input: 'snmp',
                        status: 'ok',
                        message: '',
                        detail: null,
                        since: ago(86_400),
                      } as const),
                ]
              : []),
          ],
      credentials:
        kind.template === 'generic-snmp'
          ? [{ purpose: 'snmp', credential_id: idOf(4, 0), name: 'plant v3', type: 'snmp_v3' }]
          : [],
    };
  });
  linkAgents(components, nodes);
  return { sites, nodes, components, tokens: makeTokens(sites), credentials, users: makeUsers() };
}

export function makeEmptyPlant(): Plant {
  const [site] = makeSites();
  if (site === undefined) throw new Error('a plant has sites');
  return {
    sites: [{ ...site, name: 'Default site', description: null }],
    nodes: [],
    components: [],
    tokens: [],
    credentials: [],
    users: makeUsers().slice(0, 1),
  };
}

function makeSites(): Site[] {
  return SITE_NAMES.map((name, index) => ({
    id: idOf(3, index),
    name,
    description: index === 3 ? 'Robots and PLCs, no inbound connections' : null,
    default_collector_id: index > 2 ? idOf(2, (index % 4) + 1) : null,
    is_default: index === 0,
    node_count: 0,
    created_at: ago(86_400 * 90),
    updated_at: ago(86_400 * 9),
  }));
}

function makeCredentials(): Credential[] {
  const base = {
    description: null,
    enabled: true,
    created_at: ago(86_400 * 30),
    updated_at: ago(86_400 * 2),
  };
  return [
    {
      ...base,
      id: idOf(4, 0),
      name: 'plant v3',
      type: 'snmp_v3',
      secret_fields: [
        'username',
        'security_level',
        'auth_protocol',
        'auth_password',
        'priv_protocol',
        'priv_password',
      ],
      node_count: 31,
    },
    {
      ...base,
      id: idOf(4, 1),
      name: 'old switches',
      type: 'snmp_v2c',
      secret_fields: ['community'],
      node_count: 8,
    },
    {
      ...base,
      id: idOf(4, 2),
      name: 'UPS cards',
      type: 'snmp_v1',
      secret_fields: ['community'],
      node_count: 3,
      enabled: false,
    },
  ];
}

function makeTokens(sites: readonly Site[]): EnrollmentToken[] {
  const base = {
    multi_use: true,
    max_uses: null,
    site_id: null,
    component_type: null,
    auto_approve: false,
    created_by: 'admin',
  };
  return [
    {
      ...base,
      id: idOf(5, 0),
      description: 'Lyon roll-out',
      use_count: 1,
      expires_at: ago(-72_000),
      state: 'active',
      created_at: ago(14_400),
      site_id: sites[6]?.id ?? null,
      component_type: 'collector',
    },
    {
      ...base,
      id: idOf(5, 1),
      description: 'Linux servers',
      use_count: 14,
      max_uses: 50,
      expires_at: null,
      state: 'active',
      created_at: ago(864_000),
      component_type: 'agent',
      auto_approve: true,
    },
    {
      ...base,
      id: idOf(5, 2),
      description: null,
      multi_use: false,
      use_count: 1,
      expires_at: ago(3600),
      state: 'exhausted',
      created_at: ago(90_000),
    },
    {
      ...base,
      id: idOf(5, 3),
      description: 'Trial',
      use_count: 0,
      expires_at: ago(400_000),
      state: 'expired',
      created_at: ago(490_000),
    },
  ];
}

function makeUsers(): User[] {
  const base = {
    email: null,
    enabled: true,
    must_change_password: false,
    created_at: ago(86_400 * 60),
    updated_at: ago(86_400),
  };
  return [
    {
      ...base,
      id: idOf(6, 0),
      username: 'admin',
      display_name: null,
      role: 'admin',
      last_login_at: ago(300),
    },
    {
      ...base,
      id: idOf(6, 1),
      username: 'operator',
      display_name: 'Ines Okafor',
      email: 'ines.okafor@plant.example',
      role: 'operator',
      last_login_at: ago(86_000),
    },
    {
      ...base,
      id: idOf(6, 2),
      username: 'viewer',
      display_name: 'Wall screen',
      role: 'viewer',
      last_login_at: ago(600),
    },
    {
      ...base,
      id: idOf(6, 3),
      username: 'new.person',
      display_name: 'Tomas Lind',
      role: 'viewer',
      last_login_at: null,
      must_change_password: true,
    },
  ];
}
