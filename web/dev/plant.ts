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

export interface Plant {
  readonly sites: Site[];
  readonly nodes: NodeDetail[];
  readonly components: Component[];
  readonly tokens: EnrollmentToken[];
  readonly credentials: Credential[];
  readonly users: User[];
}

/** A small generator of repeatable numbers in 0..1 (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function idOf(kind: number, index: number): string {
  return `0190${kind.toString(16).padStart(4, '0')}-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
}

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

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

export function makePlant(nodeCount: number): Plant {
  const random = seeded(42);
  const sites = makeSites();
  const components = makeComponents(sites);
  const collectors = components.filter(
    ({ component_type: type, approval }) => type === 'collector' && approval === 'approved',
  );
  const credentials = makeCredentials();
  const nodes = Array.from({ length: nodeCount }, (_, index): NodeDetail => {
    const kind = KINDS[Math.floor(random() * KINDS.length)] ?? KINDS[0];
    const site = sites[Math.floor(random() ** 1.6 * sites.length)] ?? sites[0];
    if (site === undefined) throw new Error('a plant has sites');
    const status = pickStatus(random, index);
    const byAgent = kind.template === 'linux-agent';
    const collector = status === 'unknown' ? collectors.at(-1) : collectors[index % (collectors.length - 1)];
    const reasons = REASONS[status];
    const since = ago(status === 'healthy' ? 3600 * 20 * random() * 30 : 60 + 7200 * random());
    const auth = index === 12;
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
      agent_id: byAgent ? idOf(2, 40) : null,
      environment: random() < 0.7 ? 'production' : null,
      group_ids: [],
      snmp_port: 161,
      url: kind.type === 'website' ? 'https://portal.example' : null,
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
            { input: 'ping', status: 'ok', message: '', since: ago(86_400) },
            ...(kind.template === 'generic-snmp'
              ? [
                  auth
                    ? ({
                        input: 'snmp',
                        status: 'auth',
                        message: 'usmStatsWrongDigests.0 counted up',
                        since: ago(240),
                      } as const)
                    : ({ input: 'snmp', status: 'ok', message: '', since: ago(86_400) } as const),
                ]
              : []),
          ],
      credentials:
        kind.template === 'generic-snmp'
          ? [{ purpose: 'snmp', credential_id: idOf(4, 0), name: 'plant v3', type: 'snmp_v3' }]
          : [],
    };
  });
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

function makeComponents(sites: readonly Site[]): Component[] {
  const base = (index: number, name: string, type: Component['component_type']): Component => ({
    id: idOf(2, index),
    component_type: type,
    name,
    hostname: `${name}.plant.example`,
    version: '0.1.0',
    os: 'linux',
    os_version: 'Debian GNU/Linux 12',
    arch: 'x64',
    approval: 'approved',
    connection: 'online',
    site_id: sites[index % sites.length]?.id ?? null,
    node_id: null,
    node_count: type === 'collector' ? 12 + index * 3 : 0,
    last_seen_at: ago(5),
    registered_at: ago(86_400 * 30),
    approved_at: ago(86_400 * 30),
    engine: { kind: 'embedded', version: '0.1.0', running: true, pid: 4242 },
    queue: { bytes: 0, oldest: null, dropped: 0 },
    running_config_hash: 'f3a91c7be2d04455aa01',
    desired_config_hash: 'f3a91c7be2d04455aa01',
    config_status: 'applied',
    config_message: null,
    clock_skew_seconds: 0.2,
    ip_addresses: [`10.${10 + index}.0.250`],
    ingest: {
      lines_accepted: 18_230_112,
      lines_rejected: index === 2 ? 12 : 0,
      rejected_by_reason: index === 2 ? { foreign_node: 12 } : {},
      last_ingest_at: ago(4),
      last_rejection: index === 2 ? 'interface,node_id=… is not a node of this component' : null,
    },
  });
  const collectors = ['server', 'col-rotterdam', 'col-munich', 'col-dc-north', 'col-oslo'].map(
    (name, index) => base(index, name, 'collector'),
  );
  const [, rotterdam, munich, , oslo] = collectors;
  Object.assign(rotterdam ?? {}, {
    queue: { bytes: 48_234_496, oldest: ago(1900), dropped: 0 },
    clock_skew_seconds: 42,
  });
  Object.assign(munich ?? {}, {
    config_status: 'rolled_back',
    desired_config_hash: '0b77de8821cc4e1f9a3c',
    config_message:
      'The engine wrote nothing for 3 intervals with the new configuration; the old one runs again.',
  });
  Object.assign(oslo ?? {}, { connection: 'offline', last_seen_at: ago(1260) });
  const pending = {
    ...base(20, 'col-lyon', 'collector'),
    approval: 'pending' as const,
    connection: 'never_seen' as const,
    engine: null,
    queue: null,
    approved_at: null,
    running_config_hash: null,
    node_count: 0,
  };
  const agents = ['srv-app-05', 'srv-db-06', 'srv-app-17', 'stratora'].map((name, index) => ({
    ...base(40 + index, name, 'agent'),
    node_id: idOf(1, index + 4),
  }));
  return [...collectors, pending, ...agents];
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
  const base = { enabled: true, must_change_password: false, created_at: ago(86_400 * 60) };
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
