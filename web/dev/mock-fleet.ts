/** The part of the mock API about collectors and agents: history, pins, engines, rollouts, deployment, arrivals. */
import type { Component, Deployment, RolloutDetail } from '@stratora/contract';
import type { FleetOptions } from './fleet.ts';
import { FleetHistory, makeRollout } from './fleet-history.ts';
import { type Call, page, Refusal } from './mock-call.ts';
import type { Plant } from './plant.ts';

/** How long it takes until a host appears after its token was made, and until it calls after its approval. */
const ARRIVAL_MS = 900;

export class FleetState {
  readonly plant: Plant;
  readonly history: FleetHistory;
  readonly rollouts: RolloutDetail[];
  readonly deployment: Deployment;
  /** Hear of components that changed. */
  readonly listeners = new Set<(id: string) => void>();

  constructor(plant: Plant, options: FleetOptions & { readonly rollout?: 'running' | 'stopped' }) {
    this.plant = plant;
    this.history = new FleetHistory(plant.nodes);
    this.deployment = options.bare === true ? { ...DEPLOYMENT, scripts: NO_SCRIPTS } : DEPLOYMENT;
    const left = new Set(this.history.leftOut(plant.components));
    for (const node of plant.nodes.filter(({ id }) => left.has(id))) {
      Object.assign(node, { status: 'discovering', status_reason: null, last_seen_at: null, collection: [] });
    }
    const calm = options.well === true || plant.components.length === 0;
    this.rollouts = calm ? [] : [makeRollout(plant.components, options.rollout ?? 'stopped')];
  }

  tell(id: string): void {
    for (const listener of this.listeners) listener(id);
  }
}

const DEPLOYMENT: Deployment = {
  version: '0.1.0',
  server_url: 'https://monitor.plant.example:8443',
  ca_sha256: 'c47be2d04455aa01d2c07be1a3f4f3a91c7be2d04455aa01d2c07be1a3f40b77',
  scripts: {
    linux: {
      path: '/install/linux.sh',
      sha256: '9c1f22aa05aa91c377d0e61bb71e04d9f3a91c7be2d04455aa01d2c07be1a3f4',
    },
    windows: {
      path: '/install/windows.ps1',
      sha256: '77d0e61bb71e04d99c1f22aa05aa91c3f3a91c7be2d04455aa01d2c07be1a3f4',
    },
    container: {
      path: '/install/container.sh',
      sha256: '05aa91c377d0e61bb71e04d99c1f22aaf3a91c7be2d04455aa01d2c07be1a3f4',
    },
  },
};

const NO_SCRIPTS = { linux: null, windows: null, container: null };

/** @returns undefined for calls that are about something else */
export function answerFleet(call: Call, fleet: FleetState): unknown {
  const [name, id, action, sub, tail] = call.path.split('/').slice(1);
  if (name === 'deployment') return fleet.deployment;
  if (name === 'rollouts') return answerRollouts(call, fleet, id, action);
  if (name !== 'components' || id === undefined) return undefined;
  const component = fleet.plant.components.find((candidate) => candidate.id === id);
  if (component === undefined) throw new Refusal(404, 'not_found', 'This component does not exist.');
  if (action === undefined && call.method === 'PATCH') return update(component, call, fleet);
  if (action === 'config-pin') return pin(component, call, fleet);
  if (action === 'reports') return page(fleet.history.reports(component), call.query);
  if (action === 'gaps') return page(fleet.history.gaps(component), call.query);
  if (action === 'approve') {
    if (component.connection === 'never_seen') firstCall(component, fleet);
    return undefined;
  }
  if (action !== 'configs') return undefined;
  if (sub === undefined) return page(fleet.history.generations(component), call.query);
  const text = fleet.history.text(component, Number(sub));
  if (text === undefined) throw new Refusal(404, 'not_found', 'This generation does not exist.');
  if (tail !== 'diff') return text;
  const against = call.query.get('against');
  return fleet.history.diff(component, Number(sub), against === null ? undefined : Number(against));
}

function update(component: Component, call: Call, fleet: FleetState): Component {
  const choice = call.body['engine_choice'];
  Object.assign(component, call.body);
  const site = fleet.plant.sites.find(({ id }) => id === component.site_id);
  component.site_name = site?.name ?? null;
  if (choice === 'telegraf' || choice === 'embedded') {
    component.engine = {
      kind: choice,
      version: choice === 'telegraf' ? '1.39.1' : '0.1.0',
      running: true,
      pid: 77,
    };
    component.flags = component.flags.filter(({ code }) => code !== 'crash_loop');
  }
  if (typeof choice === 'string')
    fleet.history.note(component, { cause: `Engine set to ${choice}`, actor: 'admin' });
  fleet.tell(component.id);
  return component;
}

function pin(component: Component, call: Call, fleet: FleetState): Component {
  if (call.method === 'DELETE') {
    component.pinned_generation = null;
    fleet.history.give(component, fleet.history.newest(component));
  } else {
    component.pinned_generation = Number(call.body['generation']);
    fleet.history.give(component, component.pinned_generation);
  }
  fleet.tell(component.id);
  return component;
}

function answerRollouts(
  call: Call,
  fleet: FleetState,
  id: string | undefined,
  action: string | undefined,
): unknown {
  if (id === undefined) {
    const state = call.query.get('state');
    return page(
      fleet.rollouts.filter((rollout) => state === null || rollout.state === state),
      call.query,
    );
  }
  const rollout = fleet.rollouts.find((candidate) => candidate.id === id);
  if (rollout === undefined) throw new Refusal(404, 'not_found', 'This rollout does not exist.');
  if (action === 'resume')
    Object.assign(rollout, { state: 'running', stage_since: new Date().toISOString() });
  if (action === 'finish') Object.assign(rollout, { state: 'done', ended_at: new Date().toISOString() });
  return rollout;
}

/** A host that was given the command appears a moment later. */
export function arrivals(fleet: FleetState, token: Record<string, unknown>): void {
  const like = fleet.plant.components[0];
  setTimeout(() => {
    const approved = token['auto_approve'] === true;
    const component: Component = {
      ...(like ?? bare()),
      id: crypto.randomUUID(),
      component_type: token['component_type'] === 'agent' ? 'agent' : 'collector',
      name: 'press-09',
      hostname: 'press-09.plant.example',
      approval: approved ? 'approved' : 'pending',
      connection: 'never_seen',
      last_seen_at: null,
      registered_at: new Date().toISOString(),
      node_count: 0,
      failing_node_count: 0,
      queue: null,
      engine: null,
      desired_generation: null,
      desired_config_hash: null,
      running_generation: null,
      running_config_hash: null,
      config_status: null,
      flags: [],
    };
    fleet.plant.components.push(component);
    fleet.tell(component.id);
    if (approved) firstCall(component, fleet);
  }, ARRIVAL_MS).unref();
}

function firstCall(component: Component, fleet: FleetState): void {
  setTimeout(() => {
    Object.assign(component, {
      approval: 'approved',
      connection: 'online',
      last_seen_at: new Date().toISOString(),
      engine: { kind: 'embedded', version: '0.1.0', running: true, pid: 991 },
      queue: { bytes: 0, oldest: null, dropped: 0 },
    });
    fleet.tell(component.id);
  }, ARRIVAL_MS).unref();
}

/** For a system that has nobody to be like. */
function bare(): Component {
  return {
    id: '',
    component_type: 'collector',
    name: '',
    hostname: '',
    version: '0.1.0',
    os: 'linux',
    os_version: 'Debian GNU/Linux 12',
    arch: 'x64',
    approval: 'pending',
    connection: 'never_seen',
    site_id: null,
    site_name: null,
    node_id: null,
    node_count: 0,
    failing_node_count: 0,
    last_seen_at: null,
    registered_at: new Date().toISOString(),
    approved_at: null,
    engine: null,
    queue: null,
    running_config_hash: null,
    desired_config_hash: null,
    desired_generation: null,
    running_generation: null,
    pinned_generation: null,
    held_by_rollout_id: null,
    engine_choice: 'auto',
    config_status: null,
    config_message: null,
    clock_skew_seconds: null,
    ip_addresses: ['10.16.0.9'],
    fqdn: null,
    roles: [],
    flags: [],
    previous_key_valid_until: null,
    ingest: {
      lines_accepted: 0,
      lines_rejected: 0,
      rejected_by_reason: {},
      last_ingest_at: null,
      last_rejection: null,
    },
  };
}
