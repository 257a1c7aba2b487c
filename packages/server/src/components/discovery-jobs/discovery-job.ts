import { type ComponentJobReport, DISCOVERY_JOB } from '@stratora/contract';
import type { ScanRuns } from '../../inventory/discovery/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { JobBrief, JobKind, JobReporter, OpenJob } from '../component-jobs/index.ts';
import { findScan, findVersion } from './scan-queries.ts';

/** What the job of a scan is about, as it is kept. */
export interface ScanSubject {
  run_id: string;
}

/** Longer than four pulls of a config, in which a collector hears of a job. */
const WAIT_SECONDS = 45;
/** A week: one packet a second to each of 65,536 addresses takes a day, in hours of a night several. */
const RUN_SECONDS = 604_800;
/** A part comes every two seconds, also where nothing was found. */
const SILENT_SECONDS = 60;
const KEEP_HOURS = 24 * 14;

/** Makes the kind of jobs by which a collector scans a network. Its parts are those of the run, which takes them. */
export function discoveryJob(runs: ScanRuns): JobKind {
  async function brief(tx: Tx, { componentId, subject }: OpenJob): Promise<JobBrief> {
    const runId = runIdOf(subject);
    // A job that was given to another collector is not this one's to scan, and its secrets are not this one's to know.
    if ((await findScan(tx, runId))?.collectorId !== componentId) return { ended: {} };
    const begun = await runs.begin(tx, runId);
    return begun.kind === 'order' ? { order: { ...begun.order } } : { ended: {} };
  }

  async function take(tx: Tx, job: OpenJob, report: ComponentJobReport, by: JobReporter) {
    const runId = runIdOf(job.subject);
    if (report.state === 'unsupported') {
      const version = await findVersion(tx, job.componentId);
      const words = `The collector ${by.componentName} (version ${version}) cannot scan networks. Update it.`;
      await runs.fail(tx, runId, words);
      return {};
    }
    const isWanted = await runs.take(tx, runId, report.result);
    if (report.state === 'done' && isWanted)
      await runs.fail(tx, runId, `The collector ${by.componentName} ended the scan without saying how.`);
    return undefined;
  }

  async function isOver(tx: Tx, { subject }: OpenJob): Promise<boolean> {
    return (await findScan(tx, runIdOf(subject)))?.isOpen !== true;
  }

  const times = {
    waitSeconds: WAIT_SECONDS,
    runSeconds: RUN_SECONDS,
    silentSeconds: SILENT_SECONDS,
    keepHours: KEEP_HOURS,
  };
  return { name: DISCOVERY_JOB, ...times, brief, take, isOver };
}

function runIdOf(subject: OpenJob['subject']): string {
  return (subject as unknown as ScanSubject).run_id;
}
