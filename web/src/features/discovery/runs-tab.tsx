import type { DiscoveryJob, DiscoveryRun } from '@stratora/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { History } from 'lucide-react';
import { Link } from 'react-router';
import { discoveryRunsQuery } from '../../api/discovery.ts';
import { useListInterval } from '../../api/live-context.ts';
import { Button } from '../../ui/button.tsx';
import { DeviceText } from '../../ui/device-text.tsx';
import { formatCount, formatDuration, plural } from '../../ui/format/units.ts';
import { Ago } from '../../ui/time-text.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { changeWords, runState, triggerWords } from './job-words.ts';

/** Every time that a job was scanned. */
export function RunsTab({ job }: { readonly job: DiscoveryJob }) {
  const runs = useInfiniteQuery({ ...discoveryRunsQuery(job.id), refetchInterval: useListInterval() });
  const retry = () => void runs.refetch();
  if (runs.data === undefined) {
    return runs.isError ? (
      <ErrorState title="The runs could not be loaded" error={runs.error} onRetry={retry} />
    ) : (
      <SkeletonRows />
    );
  }
  const items = runs.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <div className="rounded-md border border-line bg-surface">
        <EmptyState icon={History} title="No runs yet">
          Each time that this job is scanned stays here, with what it changed and what it sent.
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <ol aria-label="Runs" className="rounded-md border border-line bg-surface">
        {items.map((run) => (
          <RunLine key={run.id} run={run} />
        ))}
      </ol>
      {runs.hasNextPage && (
        <div className="flex justify-center">
          <Button disabled={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
            {runs.isFetchingNextPage ? 'Loading…' : 'Load more'}
          </Button>
        </div>
      )}
    </>
  );
}

function RunLine({ run }: { readonly run: DiscoveryRun }) {
  const { label, tone } = runState(run);
  const seconds =
    run.started_at === null || run.ended_at === null
      ? undefined
      : (Date.parse(run.ended_at) - Date.parse(run.started_at)) / 1000;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 border-b border-line px-4 py-2 text-13 last:border-b-0">
      <span className="tabular w-16 shrink-0 font-medium">Run {run.number}</span>
      <span className="w-28 shrink-0">
        <ToneBadge tone={tone}>{label}</ToneBadge>
      </span>
      <div className="min-w-48 flex-1">
        <p>
          {plural(run.progress.found, 'device')}; {changeWords(run)}
        </p>
        <p className="text-12 text-faint">
          {triggerWords(run.trigger)}
          {run.trigger !== 'schedule' && (
            <>
              , by <DeviceText text={run.requested_by} />
            </>
          )}
          {seconds !== undefined && `, in ${formatDuration(seconds)}`}
          {run.resumed > 0 && `, gone on ${plural(run.resumed, 'time')} after a break`}
        </p>
        {run.message !== null && (
          <p className="text-12 break-words text-soft">
            <DeviceText text={run.message} max={300} />
          </p>
        )}
      </div>
      <span className="flex shrink-0 flex-col items-end text-12 text-faint">
        <Ago time={run.started_at ?? run.created_at} />
        <span className="flex gap-2">
          <Link to={`?tab=changes&run=${run.id}`} className="text-accent-text hover:underline">
            Changes
          </Link>
          <Link to={`?tab=packets&run=${run.id}`} className="text-accent-text hover:underline">
            {formatCount(run.packets)} packets
          </Link>
        </span>
      </span>
    </li>
  );
}
