/** The collectors and agents of the made-up plant: one in each state that the web UI tells apart. */
import type { Component, Site } from '@stratora/contract';
import { ago, idOf } from './seeds.ts';

export interface FleetOptions {
  /** Nobody has a trouble. */
  readonly well?: boolean;
  /** How many there are in all, for looking at large fleets. */
  readonly components?: number;
  /** The server has no program to give out. */
  readonly bare?: boolean;
}

export const ROLLOUT_ID = idOf(7, 0);
const DESIRED = 'f3a91c7be2d04455aa01d2c07be1a3f4';
const FORMER = '0b77de8821cc4e1f9a3cd0e1557a60bb';

function base(index: number, name: string, sites: readonly Site[]): Component {
  const site = sites[index % sites.length];
  return {
    id: idOf(2, index),
    component_type: 'collector',
    name,
    hostname: `${name}.plant.example`,
    version: '0.1.0',
    os: 'linux',
    os_version: 'Debian GNU/Linux 12',
    arch: 'x64',
    approval: 'approved',
    connection: 'online',
    site_id: site?.id ?? null,
    site_name: site?.name ?? null,
    node_id: null,
    node_count: 0,
    failing_node_count: 0,
    last_seen_at: ago(3 + (index % 7)),
    registered_at: ago(86_400 * 30 + index * 3_600),
    approved_at: ago(86_400 * 30),
    engine: { kind: 'embedded', version: '0.1.0', running: true, pid: 4242 + index },
    queue: { bytes: 0, oldest: null, dropped: 0 },
    running_config_hash: DESIRED,
    desired_config_hash: DESIRED,
    desired_generation: 14,
    running_generation: 14,
    pinned_generation: null,
    held_by_rollout_id: null,
    engine_choice: 'auto',
    config_status: 'applied',
    config_message: null,
    clock_skew_seconds: 0.2 + (index % 3) / 10,
    ip_addresses: [`10.${10 + (index % 240)}.0.250`, 'fd00:10::250'],
    fqdn: `${name}.plant.example`,
    roles: [],
    flags: [],
    previous_key_valid_until: null,
    ingest: {
      lines_accepted: 18_230_112 + index * 411_113,
      lines_rejected: 0,
      rejected_by_reason: {},
      last_ingest_at: ago(4),
      last_rejection: null,
    },
  };
}

const TELEGRAF = { kind: 'telegraf', version: '1.39.1', running: true, pid: 918 } as const;

/** Name and what is special about it, in the order of their ids. */
const COLLECTORS: readonly (readonly [string, Partial<Component>])[] = [
  ['server', { ip_addresses: ['127.0.0.1'] }],
  [
    'col-rotterdam',
    {
      engine: TELEGRAF,
      queue: { bytes: 48_234_496, oldest: ago(1900), dropped: 1_204_331 },
      previous_key_valid_until: ago(-86_400 * 5),
    },
  ],
  [
    'col-munich',
    {
      config_status: 'rolled_back',
      desired_config_hash: FORMER,
      running_generation: 13,
      config_message: 'The engine wrote nothing for 3 intervals with the new configuration.',
      ingest: {
        lines_accepted: 9_120_004,
        lines_rejected: 12,
        rejected_by_reason: { foreign_node: 12 },
        last_ingest_at: ago(4),
        last_rejection: 'interface,ifIndex=3,node_id=0190… is not a node of this component',
      },
    },
  ],
  [
    'col-dc-north',
    {
      engine: TELEGRAF,
      engine_choice: 'telegraf',
      pinned_generation: 11,
      desired_generation: 11,
      running_generation: 11,
    },
  ],
  ['col-oslo', { connection: 'offline', last_seen_at: ago(1260) }],
  ['col-line4', { held_by_rollout_id: ROLLOUT_ID, desired_generation: 13, running_generation: 13 }],
  [
    'press-07',
    {
      engine: { ...TELEGRAF, running: false },
      engine_choice: 'telegraf',
      config_status: 'engine_down',
      config_message: 'Telegraf ended with code 1: E! [agent] Error running agent: no such plugin',
      flags: [
        {
          code: 'crash_loop',
          message: 'Its engine does not stay up: telegraf ended with code 1 six times in 10 min',
          since: ago(580),
        },
      ],
    },
  ],
  ['col-dc-south', { running_generation: 12, running_config_hash: FORMER, version: '0.0.9' }],
  ['hall-3-old', { approval: 'revoked', connection: 'offline', last_seen_at: ago(86_400 * 12) }],
];

const AGENTS: readonly Partial<Component>[] = [
  {
    clock_skew_seconds: 42.3,
    flags: [{ code: 'clock_skew', message: "Its clock is 42 s ahead of the server's", since: ago(8_100) }],
  },
  {
    flags: [
      {
        code: 'shared_identity',
        message:
          'Two processes use the identity of this component: a copied disk or state directory. Enrol one of them anew.',
        since: ago(310),
      },
    ],
  },
  { roles: ['postgresql', 'docker'] },
  { roles: ['nginx'] },
  {
    os: 'windows',
    os_version: 'Windows Server 2022',
    engine: TELEGRAF,
    roles: ['hyper-v'],
    flags: [
      {
        code: 'hostname_changed',
        message: 'It was registered as win-hist-01 and calls itself win-hist-02 now',
        since: null,
      },
    ],
  },
];

const CALM: Partial<Component> = {
  connection: 'online',
  approval: 'approved',
  flags: [],
  pinned_generation: null,
  held_by_rollout_id: null,
  config_status: 'applied',
  config_message: null,
  running_config_hash: DESIRED,
  desired_config_hash: DESIRED,
  running_generation: 14,
  desired_generation: 14,
  clock_skew_seconds: 0.1,
  queue: { bytes: 0, oldest: null, dropped: 0 },
};

function calmed(component: Component): Component {
  return {
    ...component,
    ...CALM,
    last_seen_at: ago(4),
    engine: component.engine && { ...component.engine, running: true },
  };
}

export function makeFleet(sites: readonly Site[], options: FleetOptions): Component[] {
  const collectors = COLLECTORS.map(([name, special], index) => ({
    ...base(index, name, sites),
    ...special,
  }));
  const agents = AGENTS.map((special, index) => ({
    ...base(40 + index, `agent-${index}`, sites),
    component_type: 'agent' as const,
    ...special,
  }));
  const pending: Component = {
    ...base(20, 'col-lyon', sites),
    approval: 'pending',
    connection: 'never_seen',
    last_seen_at: null,
    engine: null,
    queue: null,
    approved_at: null,
    registered_at: ago(340),
    running_config_hash: null,
    desired_config_hash: null,
    running_generation: null,
    desired_generation: null,
    config_status: null,
    clock_skew_seconds: null,
  };
  const more = Array.from({ length: Math.max(0, (options.components ?? 0) - 15) }, (_, index) => {
    const component = base(100 + index, `site-${String(index + 1).padStart(4, '0')}`, sites);
    if (index % 97 === 5)
      return { ...component, connection: 'offline' as const, last_seen_at: ago(400 + index) };
    if (index % 131 === 7) return { ...component, clock_skew_seconds: -75 };
    if (index % 11 === 3) return { ...component, running_generation: 13, running_config_hash: FORMER };
    return component;
  });
  pending.ingest = { ...pending.ingest, lines_accepted: 0, last_ingest_at: null };
  for (const component of collectors.filter(({ connection }) => connection === 'offline'))
    component.ingest = { ...component.ingest, last_ingest_at: component.last_seen_at };
  const all = [...collectors, ...agents, ...(options.well === true ? [] : [pending]), ...more];
  return options.well === true ? all.filter(({ approval }) => approval === 'approved').map(calmed) : all;
}
