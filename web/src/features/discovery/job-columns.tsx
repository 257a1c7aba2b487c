import type { DiscoveryJob } from '@stratora/contract';
import { formatCount } from '../../ui/format/units.ts';
import { type Column, compareNumber, compareText, compareTime } from '../../ui/table/column.ts';
import { Ago } from '../../ui/time-text.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { isUnderWay, jobState, scannerName, scheduleWords, targetWords } from './job-words.ts';
import { percentDone } from './progress-words.ts';

/** Devices that a job has found and that are there. */
export function presentDevices({ devices }: Pick<DiscoveryJob, 'devices'>): number {
  return devices.new + devices.monitored + devices.ignored;
}

/** The state of a job; of one that is under way how far it is. */
export function JobBadge({ job }: { readonly job: DiscoveryJob }) {
  const { label, tone } = jobState(job);
  const percent = percentDone(job.progress);
  const isMoving = job.status === 'running' && percent !== undefined;
  return <ToneBadge tone={tone}>{isMoving ? `${label}, ${percent} %` : label}</ToneBadge>;
}

const lastRun = (job: DiscoveryJob) => job.run?.ended_at ?? job.run?.started_at ?? null;

export const JOB_COLUMNS: readonly Column<DiscoveryJob>[] = [
  {
    id: 'name',
    header: 'Name',
    width: 180,
    compare: (a, b) => compareText(a.name, b.name),
    cell: (job) => job.name,
  },
  {
    id: 'status',
    header: 'Status',
    width: 150,
    compare: (a, b) =>
      compareNumber(Number(isUnderWay(b.status)), Number(isUnderWay(a.status))) ||
      compareText(a.status, b.status),
    cell: (job) => <JobBadge job={job} />,
  },
  {
    id: 'targets',
    header: 'Scans',
    width: 200,
    grows: true,
    cell: (job) => (
      <span className="font-mono text-12" title={targetWords(job)}>
        {targetWords(job)}
      </span>
    ),
  },
  {
    id: 'from',
    header: 'From',
    width: 124,
    compare: (a, b) => compareText(scannerName(a), scannerName(b)),
    cell: (job) => <span title={scannerName(job)}>{scannerName(job)}</span>,
  },
  {
    id: 'found',
    header: 'Devices',
    width: 88,
    align: 'right',
    compare: (a, b) => compareNumber(presentDevices(a), presentDevices(b)),
    cell: (job) => formatCount(presentDevices(job)),
  },
  {
    id: 'new',
    header: 'New',
    width: 72,
    align: 'right',
    compare: (a, b) => compareNumber(a.devices.new, b.devices.new),
    cell: (job) => (
      <span className={job.devices.new > 0 ? 'font-medium text-text' : ''}>
        {formatCount(job.devices.new)}
      </span>
    ),
  },
  {
    id: 'changed',
    header: 'Changed',
    width: 88,
    align: 'right',
    compare: (a, b) => compareNumber(a.run?.changes.changed, b.run?.changes.changed),
    cell: (job) => formatCount(job.run?.changes.changed ?? 0),
  },
  {
    id: 'gone',
    header: 'Gone',
    width: 72,
    align: 'right',
    compare: (a, b) => compareNumber(a.devices.gone, b.devices.gone),
    cell: (job) => formatCount(job.devices.gone),
  },
  {
    id: 'last',
    header: 'Last run',
    width: 104,
    align: 'right',
    compare: (a, b) => compareTime(lastRun(b), lastRun(a)),
    cell: (job) => <Ago time={lastRun(job)} />,
  },
  {
    id: 'schedule',
    header: 'Runs',
    width: 170,
    cell: (job) => (
      <span title={scheduleWords(job)}>
        {job.next_run_at === null ? scheduleWords(job) : <NextRun job={job} />}
      </span>
    ),
  },
  {
    id: 'site',
    header: 'Site',
    width: 140,
    compare: (a, b) => compareText(a.site_name ?? '', b.site_name ?? ''),
    cell: (job) => job.site_name ?? '',
    hidden: true,
  },
];

function NextRun({ job }: { readonly job: DiscoveryJob }) {
  return (
    <>
      {scheduleWords(job)}, <Ago time={job.next_run_at} />
    </>
  );
}
