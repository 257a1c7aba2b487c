import type {
  DiscoveryCrawl,
  DiscoveryJob,
  DiscoveryOptions,
  DiscoveryPhase,
  DiscoveryRun,
  DiscoverySchedule,
  DiscoveryStatus,
  EffectiveOptions,
} from '@stratora/contract';

/** A row of `discovery_jobs`, with the names of what it refers to. */
export interface JobRow {
  id: string;
  name: string;
  targets: string[];
  crawl: DiscoveryCrawl | null;
  addresses: number | null;
  collector_id: string | null;
  collector_name: string | null;
  site_id: string | null;
  site_name: string | null;
  /** Those that there are still. */
  credential_ids: string[];
  options: DiscoveryOptions;
  schedule: DiscoverySchedule | null;
  next_run_at: Date | null;
  created_by: string;
  created_at: Date;
  updated_at: Date;
}

/** What a run scans: the job as it was when the run was begun. */
export interface RunPlan {
  targets: string[];
  crawl: DiscoveryCrawl | null;
  collector_id: string | null;
  credential_ids: string[];
  options: EffectiveOptions;
}

/** A row of `discovery_runs`. */
export interface RunRow {
  id: string;
  job_id: string;
  number: number;
  trigger: DiscoveryRun['trigger'];
  status: DiscoveryStatus;
  message: string | null;
  phase: DiscoveryPhase | null;
  done: number;
  total: number;
  found: number;
  plan: RunPlan;
  cursor: string | null;
  next_part: number;
  attempt: number;
  resumed: number;
  stalled: number;
  not_before: Date | null;
  packets: string;
  remarks: string[];
  changes: DiscoveryRun['changes'];
  requested_by: string;
  created_at: Date;
  started_at: Date | null;
  heard_at: Date | null;
  ended_at: Date | null;
}

/** Makes of a row what is shown of a run. */
export function shownRun(row: RunRow): DiscoveryRun {
  const { id, job_id, number, trigger, status, message, resumed, remarks, changes, requested_by } = row;
  return {
    id,
    job_id,
    number,
    trigger,
    status,
    message,
    progress: progressOf(row),
    packets: Number(row.packets),
    resumed,
    changes,
    remarks,
    requested_by,
    created_at: row.created_at.toISOString(),
    started_at: row.started_at?.toISOString() ?? null,
    ended_at: row.ended_at?.toISOString() ?? null,
  };
}

/** Returns how far a run is. */
export function progressOf({ phase, done, total, found }: RunRow): DiscoveryRun['progress'] {
  return { phase, done, total, found };
}

const NO_PROGRESS = { phase: null, done: 0, total: 0, found: 0 } as const;

/** Makes of rows what is shown of a job. */
export function shownJob(
  row: JobRow,
  run: RunRow | undefined,
  devices: DiscoveryJob['devices'],
): DiscoveryJob {
  const { id, name, targets, crawl, addresses, collector_id, site_id, credential_ids, options, schedule } =
    row;
  return {
    id,
    name,
    targets,
    crawl,
    collector_id,
    site_id,
    credential_ids,
    options,
    schedule,
    collector_name: row.collector_name,
    site_name: row.site_name,
    addresses,
    status: run?.status ?? 'done',
    message: run?.message ?? null,
    progress: run ? progressOf(run) : NO_PROGRESS,
    run: run ? shownRun(run) : null,
    next_run_at: row.next_run_at?.toISOString() ?? null,
    devices,
    created_by: row.created_by,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
