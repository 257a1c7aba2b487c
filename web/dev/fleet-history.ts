/** What the made-up components were given and told: generations with their texts, reports, gaps, a rollout. */
import type {
  Component,
  ComponentGap,
  ComponentReport,
  ConfigDiff,
  ConfigGeneration,
  ConfigText,
  NodeDetail,
  RolloutDetail,
} from '@stratora/contract';
import { ROLLOUT_ID } from './fleet.ts';
import { ago } from './seeds.ts';

const NEWEST = 14;
const OLDEST = 1;

interface Step {
  readonly cause: string;
  readonly actor: string | null;
}
/** What each generation came from; those not named are a plain edit. */
const STEPS: Readonly<Record<number, Step>> = {
  1: { cause: 'Approved', actor: 'admin' },
  2: { cause: '6 nodes created', actor: 'admin' },
  5: { cause: 'Node ups-07 moved here from collector server', actor: 'operator' },
  7: { cause: 'Credential plant v3 attached to 4 nodes', actor: 'operator' },
  9: { cause: 'Device template generic-snmp reloaded', actor: null },
  11: { cause: 'Credential plant v3 changed', actor: 'admin' },
  12: { cause: '2 nodes updated', actor: 'operator' },
  13: { cause: 'Engine set to telegraf', actor: 'admin' },
  14: { cause: 'Node edge-router-03 updated: address', actor: 'operator' },
};

export class FleetHistory {
  readonly #nodes: readonly NodeDetail[];
  /** Generations that were made while the mock runs, by component. */
  readonly #made = new Map<string, Step[]>();

  constructor(nodes: readonly NodeDetail[]) {
    this.#nodes = nodes;
  }

  /** A change gives a component another generation, which it runs at once. */
  note(component: Component, step: Step): void {
    const made = this.#made.get(component.id) ?? [];
    this.#made.set(component.id, [...made, step]);
    const newest = NEWEST + made.length + 1;
    if (component.pinned_generation === null) this.give(component, newest);
  }

  newest(component: Component): number {
    return NEWEST + (this.#made.get(component.id)?.length ?? 0);
  }

  give(component: Component, generation: number): void {
    const hash = hashOf(generation);
    Object.assign(component, {
      desired_generation: generation,
      running_generation: generation,
      desired_config_hash: hash,
      running_config_hash: hash,
      config_status: 'applied',
      config_message: null,
    });
  }

  generations(component: Component): ConfigGeneration[] {
    if (component.desired_generation === null) return [];
    const newest = this.newest(component);
    return Array.from({ length: newest - OLDEST + 1 }, (_, index) =>
      this.#generation(component, newest - index),
    );
  }

  /** Ids of all that the newest configurations do without. */
  leftOut(components: readonly Component[]): readonly string[] {
    return components.flatMap((component) =>
      this.generations(component)
        .slice(0, 1)
        .flatMap(({ left_out: left }) => left.map(({ node_id: id }) => id)),
    );
  }

  #generation(component: Component, number: number): ConfigGeneration {
    const made = this.#made.get(component.id)?.[number - NEWEST - 1];
    const step = made ?? STEPS[number] ?? { cause: '1 node updated', actor: 'operator' };
    const failed = component.config_status !== 'applied' && number === component.desired_generation;
    const leftOut = component.name === 'col-munich' && number >= 12 ? this.#leftOut(component) : [];
    const text = this.#text(component, number);
    return {
      generation: number,
      hash: hashOf(number),
      created_at: ago(made === undefined ? (NEWEST + 1 - number) ** 2 * 5_400 - 3_000 : 4),
      cause: step.cause,
      actor: step.actor,
      node_count: this.#own(component, number).length - leftOut.length,
      left_out: leftOut,
      bytes: Buffer.byteLength(text),
      is_desired: number === component.desired_generation,
      is_running: number === component.running_generation,
      is_pinned: number === component.pinned_generation,
      outcome:
        number > (component.desired_generation ?? 0)
          ? null
          : failed
            ? component.config_status
            : number === 10
              ? 'validation_error'
              : 'applied',
      outcome_message: failed
        ? component.config_message
        : number === 10
          ? 'line 212: inputs.snmp: version must be 1, 2 or 3'
          : null,
      held_by_rollout_id: number > (component.desired_generation ?? 0) ? component.held_by_rollout_id : null,
    };
  }

  text(component: Component, number: number): ConfigText | undefined {
    const found = this.generations(component).find(({ generation }) => generation === number);
    return found && { ...found, text: this.#text(component, number), truncated: false };
  }

  diff(component: Component, number: number, against: number | undefined): ConfigDiff {
    const from = against ?? (number > OLDEST ? number - 1 : null);
    const lines = (generation: number | null) =>
      generation === null ? [] : this.#text(component, generation).trimEnd().split('\n');
    return diffOf(lines(from), lines(number), from, number);
  }

  #own(component: Component, number: number): readonly NodeDetail[] {
    const own = this.#nodes.filter(
      (node) => node.collector_id === component.id || node.agent_id === component.id,
    );
    return number < 5 ? own.slice(0, Math.max(1, own.length - 5 + number)) : own;
  }

  #leftOut(component: Component) {
    const reasons = [
      'the SNMP user name holds a character that a configuration cannot carry (U+0000)',
      'the address "10.12.0.300" is none',
    ];
    return this.#own(component, NEWEST)
      .slice(1, 3)
      .map(({ id, name }, index) => ({ node_id: id, name, reason: reasons[index] ?? '' }));
  }

  #text(component: Component, number: number): string {
    const left = new Set(
      component.name === 'col-munich' && number >= 12
        ? this.#leftOut(component).map(({ node_id: id }) => id)
        : [],
    );
    const nodes = this.#own(component, number).filter(({ id }) => !left.has(id));
    return `${[head(component, number), ...nodes.map((node, index) => blocks(node, index, number))].join('\n\n')}\n`;
  }

  reports(component: Component): ComponentReport[] {
    if (component.engine === null) return [];
    const engine = {
      engine_kind: component.engine.kind,
      engine_version: component.engine.version,
    };
    const reports = this.generations(component)
      .filter(({ outcome }) => outcome !== null)
      .map((generation) => ({
        at: new Date(Date.parse(generation.created_at) + 9_000).toISOString(),
        status: generation.outcome ?? 'applied',
        config_hash: generation.hash,
        generation: generation.generation,
        message: generation.outcome_message,
        ...engine,
        engine_running: generation.outcome !== 'engine_down',
      }));
    return reports;
  }

  gaps(component: Component): ComponentGap[] {
    if ((component.queue?.dropped ?? 0) === 0) return [];
    return [
      { from: ago(96_400), to: ago(91_200), count: 812_004, reported_at: ago(91_000) },
      { from: ago(310_000), to: ago(307_100), count: 391_870, reported_at: ago(306_000) },
      { from: ago(1_204_000), to: ago(1_203_960), count: 457, reported_at: ago(1_203_000) },
    ];
  }
}

function hashOf(generation: number): string {
  return generation === NEWEST
    ? 'f3a91c7be2d04455aa01d2c07be1a3f4'
    : `${(generation * 2_654_435_761).toString(16).padStart(10, '0')}cc4e1f9a3cd0e1557a60bb`;
}

function head(component: Component, number: number): string {
  const choice =
    number >= 13 && component.engine_choice !== 'auto'
      ? [`# stratora: engine = "${component.engine_choice}"`]
      : [];
  return [
    ...choice,
    '[agent]',
    'interval = "10s"',
    'round_interval = true',
    'collection_jitter = "3s"',
    'flush_interval = "1s"',
    'metric_batch_size = 5000',
    'metric_buffer_limit = 100000',
    `hostname = "${component.hostname}"`,
    'omit_hostname = true',
    '',
    '[global_tags]',
    `collector_id = "${component.id}"`,
  ].join('\n');
}

function blocks(node: NodeDetail, index: number, number: number): string {
  const address = index === 0 && number >= 14 ? node.ip_address.replace(/\d+$/, '201') : node.ip_address;
  const tags = (input: string) => [
    `[inputs.${input}.tags]`,
    `node_id = "${node.id}"`,
    `node_name = "${node.name}"`,
  ];
  const ping = [
    '[[inputs.ping]]',
    `urls = ["${address}"]`,
    'method = "native"',
    'count = 1',
    'timeout = 1.0',
    ...tags('ping'),
  ];
  if (node.template === 'linux-agent')
    return ['[[inputs.cpu]]', 'percpu = false', 'totalcpu = true', ...tags('cpu')].join('\n');
  if (node.template !== 'generic-snmp') return ping.join('\n');
  const snmp = [
    '[[inputs.snmp]]',
    `agents = ["udp://${address}:161"]`,
    'version = 3',
    `timeout = "${number >= 9 ? '5s' : '2s'}"`,
    `retries = ${number >= 9 ? 1 : 3}`,
    ...(number >= 9 ? ['max_repetitions = 25'] : []),
    'sec_name = "plant-reader"',
    'sec_level = "authPriv"',
    'auth_protocol = "SHA256"',
    `auth_password = "*** ${number >= 11 ? 'b71e04d9' : '8c1f22aa'}"`,
    'priv_protocol = "AES"',
    `priv_password = "*** ${number >= 11 ? '05aa91c3' : '77d0e61b'}"`,
    ...tags('snmp'),
    '[[inputs.snmp.field]]',
    'oid = ".1.3.6.1.2.1.1.3.0"',
    'name = "uptime"',
    '[[inputs.snmp.table]]',
    'name = "interface"',
    'oid = ".1.3.6.1.2.1.31.1.1"',
    ...(index === 1 && number >= 12
      ? [
          'filter = "ifType in (6, 117, 161, 131) and not ifDescr ~ \\"(Null|Vlan|Loopback|StackSub|unrouted).*\\" and ifAdminStatus = 1"',
        ]
      : []),
  ];
  return [...ping, '', ...snmp].join('\n');
}

interface Line {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Longest common subsequence: fine for the few hundred lines here. */
function compare(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: Line[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    if (row < before.length && column < after.length && before[row] === after[column]) {
      lines.push({ kind: 'same', text: before[row] ?? '' });
      row += 1;
      column += 1;
    } else if (
      row < before.length &&
      (column >= after.length || at(row + 1, column) >= at(row, column + 1))
    ) {
      lines.push({ kind: 'removed', text: before[row] ?? '' });
      row += 1;
    } else {
      lines.push({ kind: 'added', text: after[column] ?? '' });
      column += 1;
    }
  }
  return lines;
}

const CONTEXT = 3;

function diffOf(
  before: readonly string[],
  after: readonly string[],
  from: number | null,
  to: number,
): ConfigDiff {
  const lines = compare(before, after);
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ kind }) => kind !== 'same'),
  );
  const hunks: ConfigDiff['hunks'] = [];
  let old = 1;
  let fresh = 1;
  for (const [index, line] of lines.entries()) {
    if (near[index] === true) {
      if (near[index - 1] !== true) hunks.push({ from_line: old, to_line: fresh, lines: [] });
      hunks.at(-1)?.lines.push({ ...line });
    }
    if (line.kind !== 'added') old += 1;
    if (line.kind !== 'removed') fresh += 1;
  }
  const count = (kind: Line['kind']) => lines.filter((line) => line.kind === kind).length;
  return {
    from_generation: from,
    to_generation: to,
    added: count('added'),
    removed: count('removed'),
    hunks,
    truncated: false,
  };
}

/** A rollout of a template that stopped at one component, or one that goes on. */
export function makeRollout(components: readonly Component[], state: 'running' | 'stopped'): RolloutDetail {
  const collectors = components.filter(
    ({ component_type: type, approval }) => type === 'collector' && approval === 'approved',
  );
  const stage = state === 'stopped' ? 'tenth' : 'first';
  const members = collectors.map((component, index): RolloutDetail['components'][number] => ({
    component_id: component.id,
    name: component.name,
    stage: index === 0 ? 'first' : index < Math.max(3, collectors.length / 10) ? 'tenth' : 'rest',
    state:
      component.connection === 'offline'
        ? 'offline'
        : index === 0
          ? state === 'stopped'
            ? 'applied'
            : 'released'
          : index > 2 || state === 'running'
            ? 'held'
            : component.name === 'col-munich'
              ? 'failed'
              : 'applied',
  }));
  const count = (wanted: (typeof members)[number]['state']) =>
    members.filter(({ state: own }) => own === wanted).length;
  return {
    id: ROLLOUT_ID,
    component_type: 'collector',
    cause: 'Device template generic-snmp reloaded',
    actor: 'admin',
    templates: ['generic-snmp'],
    state,
    stage,
    soak_seconds: 600,
    stage_since: ago(200),
    created_at: ago(1_500),
    ended_at: null,
    message:
      state === 'stopped' ? 'The engine wrote nothing for 3 intervals with the new configuration.' : null,
    counts: {
      held: count('held'),
      released: count('released'),
      applied: count('applied'),
      failed: count('failed'),
      offline: count('offline'),
    },
    components: members,
  };
}
