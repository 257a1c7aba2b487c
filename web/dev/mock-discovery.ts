/** Discovery in the mock: jobs as they are, one that moves on, and devices that can be imported. */
import type { DiscoveredDevice, DiscoveryJob, DiscoveryRun } from '@stratora/contract';
import { parseDiscoveryTarget } from '@stratora/contract/discovery-target';
import { changesOf, devicesOf, jobIdOf, jobsOf, ledgerOf, runOf } from './discovery-plant.ts';
import { type Call, page, Refusal } from './mock-call.ts';
import type { Plant } from './plant.ts';

const DEVICES = 58;

/** What the mock keeps of discovery. */
export class DiscoveryState {
  readonly jobs: DiscoveryJob[];
  readonly devices: readonly DiscoveredDevice[];

  constructor(plant: Plant) {
    const isEmpty = plant.nodes.length === 0;
    this.jobs = isEmpty ? [] : jobsOf(plant);
    this.devices = devicesOf(plant, jobIdOf(0), DEVICES);
  }
}

function makeJob(state: DiscoveryState, body: Record<string, unknown>): DiscoveryJob {
  const targets = (body['targets'] ?? []) as string[];
  const errors = targets.flatMap((target, at) => {
    const { fault } = parseDiscoveryTarget(target);
    return fault === undefined ? [] : [{ path: `targets.${at}`, message: fault }];
  });
  if (errors.length > 0) throw new Refusal(400, 'validation_failed', 'The body is not valid.', errors);
  const id = crypto.randomUUID();
  const progress = { phase: 'ping', done: 12, total: 254, found: 3 } as const;
  const run = runOf(id, 1, {
    status: 'running',
    progress,
    ended_at: null,
    started_at: new Date().toISOString(),
  });
  const job = {
    ...(state.jobs[0] ?? ({} as DiscoveryJob)),
    ...(body as unknown as DiscoveryJob),
    id,
    status: 'running',
    progress,
    run,
    next_run_at: null,
    collector_name: null,
    site_name: null,
    message: null,
    devices: { new: 3, monitored: 0, ignored: 0, gone: 0 },
    created_by: 'admin',
    created_at: new Date().toISOString(),
  } satisfies DiscoveryJob;
  state.jobs.push(job);
  return job;
}

function act(
  state: DiscoveryState,
  job: DiscoveryJob,
  action: string,
  body: Record<string, unknown>,
): unknown {
  const ids = new Set((body['device_ids'] ?? []) as string[]);
  const chosen = state.devices.filter(({ id }) => ids.has(id));
  switch (action) {
    case 'cancel':
      Object.assign(job, { status: 'cancelled', run: { ...job.run, status: 'cancelled' } });
      return job;
    case 'rerun':
      Object.assign(job, { status: 'running', progress: { phase: 'ping', done: 3, total: 254, found: 1 } });
      return job;
    case 'ignore':
    case 'unignore':
      for (const device of chosen) device.state = action === 'ignore' ? 'ignored' : 'new';
      return undefined;
    case 'import': {
      const items = chosen.map((device, at) => ({
        device_id: device.id,
        outcome: at === 2 ? ('failed' as const) : ('created' as const),
        node_id: at === 2 ? null : device.id,
        message: at === 2 ? 'a node of this site has the same address' : null,
      }));
      for (const [at, device] of chosen.entries()) if (at !== 2) device.state = 'monitored';
      const failed = items.filter(({ outcome }) => outcome === 'failed').length;
      return { items, created: items.length - failed, existed: 0, failed };
    }
    default:
      return chosen[0] ?? undefined;
  }
}

/** Answers what is about discovery; undefined for all the rest. */
export function answerDiscovery(call: Call, state: DiscoveryState): unknown {
  const [room, jobs, id, part] = call.path.split('/').slice(1);
  if (room !== 'discovery' || jobs !== 'jobs') return undefined;
  if (id === undefined) {
    return call.method === 'POST' ? makeJob(state, call.body) : page(state.jobs, call.query);
  }
  const job = state.jobs.find((candidate) => candidate.id === id);
  if (job === undefined) throw new Refusal(404, 'not_found', 'There is no such job.');
  if (call.method === 'DELETE') {
    state.jobs.splice(state.jobs.indexOf(job), 1);
    return undefined;
  }
  if (part === undefined) {
    if (call.method === 'PATCH') Object.assign(job, call.body);
    return job;
  }
  const devices = job.status === 'failed' ? [] : state.devices;
  switch (part) {
    case 'devices':
      return page(devices, call.query);
    case 'changes':
      return page(changesOf(devices), call.query);
    case 'ledger':
      return ledgerPage(call, devices);
    case 'runs':
      return page(runsOf(job), call.query);
    default:
      return act(state, job, part, call.body);
  }
}

function ledgerPage(call: Call, devices: readonly DiscoveredDevice[]): unknown {
  const search = call.query.get('search') ?? '';
  const rows = ledgerOf(devices);
  const kinds: Record<string, number> = {};
  for (const row of rows)
    for (const [kind, count] of Object.entries(row.kinds)) kinds[kind] = (kinds[kind] ?? 0) + count;
  const packets = rows.reduce((sum, row) => sum + row.packets, 0);
  const found = rows.filter(({ address }) => address.includes(search));
  const query = new URLSearchParams(call.query);
  query.delete('search');
  return { ...page(found, query), packets, kinds };
}

function runsOf(job: DiscoveryJob): DiscoveryRun[] {
  if (job.run === null) return [];
  const { number } = job.run;
  return [job.run, ...Array.from({ length: number - 1 }, (_, at) => runOf(job.id, number - 1 - at))];
}
