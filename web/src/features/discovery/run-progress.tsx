import type { DiscoveryJob } from '@stratora/contract';
import {
  CircleCheck,
  CircleMinus,
  LoaderCircle,
  type LucideIcon,
  OctagonAlert,
  TriangleAlert,
} from 'lucide-react';
import { useState } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { DeviceText } from '../../ui/device-text.tsx';
import { formatCount, formatDuration, plural } from '../../ui/format/units.ts';
import { useNow } from '../../ui/state/clock.ts';
import { changeWords, isUnderWay } from './job-words.ts';
import { percentDone, progressWords } from './progress-words.ts';

/** How far the run of a job is, or what came of its last one. */
export function RunProgress({ job }: { readonly job: DiscoveryJob }) {
  if (job.run === null && !isUnderWay(job.status)) {
    return (
      <p className="rounded-md border border-line bg-surface px-4 py-3 text-13 text-soft">
        It has not run yet.
      </p>
    );
  }
  return (
    <section
      aria-label="Last run"
      className="flex flex-col gap-3 rounded-md border border-line bg-surface px-4 py-3"
    >
      {isUnderWay(job.status) ? <UnderWay job={job} /> : <Ended job={job} />}
      <Remarks remarks={job.run?.remarks ?? []} />
    </section>
  );
}

function UnderWay({ job }: { readonly job: DiscoveryJob }) {
  const { status, message, progress, run } = job;
  const percent = percentDone(progress);
  const now = useNow();
  const since = run?.started_at ?? null;
  const words = status === 'queued' ? (message ?? 'It waits for whoever scans.') : progressWords(progress);
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <span className="flex min-w-0 items-center gap-2 text-16 font-semibold">
          <LoaderCircle
            size={16}
            aria-hidden
            className="shrink-0 text-discovering motion-safe:animate-spin"
          />
          <span className="tabular min-w-0">
            <DeviceText text={words} max={300} />
          </span>
        </span>
        {since !== null && (
          <span className="tabular text-13 text-faint">
            for {formatDuration(Math.max(0, Math.round((now - Date.parse(since)) / 1000)))}
          </span>
        )}
      </div>
      <div
        role="progressbar"
        aria-label="Progress of this phase"
        aria-valuemin={0}
        aria-valuemax={100}
        {...(percent === undefined ? {} : { 'aria-valuenow': percent })}
        className="h-2 overflow-hidden rounded-full bg-active"
      >
        <div
          className={classNames(
            'h-full rounded-full',
            percent === undefined ? 'hatched w-full' : 'bg-discovering',
          )}
          style={percent === undefined ? undefined : { width: `${percent}%` }}
        />
      </div>
      {status === 'running' && message !== null && (
        <p className="text-13 text-soft">
          <DeviceText text={message} max={300} />
        </p>
      )}
    </>
  );
}

const LOOKS: Readonly<
  Record<
    'done' | 'failed' | 'cancelled',
    { readonly icon: LucideIcon; readonly text: string; readonly words: string }
  >
> = {
  done: { icon: CircleCheck, text: 'text-healthy', words: 'Done' },
  failed: { icon: OctagonAlert, text: 'text-critical', words: 'It failed' },
  cancelled: { icon: CircleMinus, text: 'text-warning', words: 'It was cancelled' },
};

function Ended({ job }: { readonly job: DiscoveryJob }) {
  const { run, status, message, progress } = job;
  if (run === null || status === 'queued' || status === 'running') return null;
  const { icon: Icon, text, words } = LOOKS[status];
  const seconds =
    run.started_at === null || run.ended_at === null
      ? undefined
      : (Date.parse(run.ended_at) - Date.parse(run.started_at)) / 1000;
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
      <span className="flex items-center gap-2 text-16 font-semibold">
        <Icon size={16} aria-hidden className={classNames('shrink-0', text)} />
        {words}: {plural(progress.found, 'device')} found
      </span>
      <span className="tabular text-13 text-soft">
        {changeWords(run)}
        {seconds !== undefined && `, in ${formatDuration(seconds)}`}, with {formatCount(run.packets)} packets
        {run.resumed > 0 && `, gone on ${plural(run.resumed, 'time')} after a break`}
      </span>
      {message !== null && (
        <p className="basis-full text-13">
          <DeviceText text={message} max={300} />
        </p>
      )}
    </div>
  );
}

const REMARKS_SHOWN = 3;

/** What could not be read, in the scan's own sentences. */
function Remarks({ remarks }: { readonly remarks: readonly string[] }) {
  const [all, setAll] = useState(false);
  if (remarks.length === 0) return null;
  const distinct = [...new Set(remarks)];
  const shown = all ? distinct : distinct.slice(0, REMARKS_SHOWN);
  return (
    <div className="flex gap-2 text-13 text-soft">
      <TriangleAlert size={14} aria-hidden className="mt-0.5 shrink-0 text-warning" />
      <ul aria-label="Remarks" className="min-w-0">
        {shown.map((remark) => (
          <li key={remark} className="break-words">
            <DeviceText text={remark} max={300} />
          </li>
        ))}
        {distinct.length > shown.length && (
          <li>
            <button
              type="button"
              onClick={() => setAll(true)}
              className="text-accent-text hover:underline max-md:min-h-10"
            >
              Show all {distinct.length}
            </button>
          </li>
        )}
      </ul>
    </div>
  );
}
