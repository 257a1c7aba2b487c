import type { DiscoveryChange, DiscoveryJob } from '@stratora/contract';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { CirclePlus, Equal, type LucideIcon, Pencil, Undo2, Unplug } from 'lucide-react';
import { Link } from 'react-router';
import { discoveryChangesQuery } from '../../api/discovery.ts';
import { useListInterval } from '../../api/live-context.ts';
import { Button } from '../../ui/button.tsx';
import { DeviceText } from '../../ui/device-text.tsx';
import { plural } from '../../ui/format/units.ts';
import { Ago } from '../../ui/time-text.tsx';
import { ToneBadge } from '../../ui/tone.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { changedFieldName, changeLook } from './device-words.ts';
import { RunPicker, useRunAddress } from './run-picker.tsx';

/** What a run changed: what is new, gone, back, and what is otherwise than before. */
export function ChangesTab({ job }: { readonly job: DiscoveryJob }) {
  const { runId, choose } = useRunAddress();
  const changes = useInfiniteQuery({
    ...discoveryChangesQuery(job.id, runId),
    refetchInterval: useListInterval(),
    placeholderData: keepPreviousData,
  });
  const retry = () => void changes.refetch();
  const items = (changes.data?.pages ?? []).flatMap((page) => page.items);
  const total = changes.data?.pages[0]?.total ?? 0;
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <RunPicker jobId={job.id} runId={runId} onChoose={choose} />
        <span role="status" className="tabular text-13 text-faint">
          {changes.data === undefined ? '' : plural(total, 'change')}
        </span>
      </div>
      {changes.data === undefined && changes.isError && (
        <ErrorState title="The changes could not be loaded" error={changes.error} onRetry={retry} />
      )}
      {changes.data === undefined && !changes.isError && <SkeletonRows />}
      {changes.data !== undefined && items.length === 0 && (
        <div className="rounded-md border border-line bg-surface">
          <EmptyState icon={Equal} title="Nothing changed">
            Everything is there that was there before, and says of itself what it said before.
          </EmptyState>
        </div>
      )}
      {items.length > 0 && (
        <ul aria-label="Changes" className="rounded-md border border-line bg-surface">
          {items.map((change) => (
            <ChangeLine key={change.id} change={change} />
          ))}
        </ul>
      )}
      {changes.hasNextPage && (
        <div className="flex justify-center">
          <Button disabled={changes.isFetchingNextPage} onClick={() => void changes.fetchNextPage()}>
            {changes.isFetchingNextPage ? 'Loading…' : 'Load more'}
          </Button>
        </div>
      )}
    </>
  );
}

const CHANGE_ICONS: Readonly<Record<DiscoveryChange['change'], LucideIcon>> = {
  new: CirclePlus,
  changed: Pencil,
  gone: Unplug,
  back: Undo2,
};

function ChangeLine({ change }: { readonly change: DiscoveryChange }) {
  const { label, tone } = changeLook(change);
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b border-line px-4 py-2 text-13 last:border-b-0">
      <span className="w-24 shrink-0">
        <ToneBadge tone={tone} icon={CHANGE_ICONS[change.change]}>
          {label}
        </ToneBadge>
      </span>
      <div className="min-w-0 flex-1 break-words">
        <Link
          to={`?device=${change.device_id}`}
          className="font-medium hover:text-accent-text hover:underline"
        >
          <DeviceText text={change.name ?? change.ip_address} />
        </Link>{' '}
        <span className="font-mono text-12 text-faint">{change.ip_address}</span>
        {change.fields.length > 0 && (
          <dl className="mt-0.5 flex flex-col gap-0.5 text-12">
            {change.fields.map(({ field, before, after }) => (
              <div key={field} className="flex flex-wrap gap-x-2">
                <dt className="text-faint">{changedFieldName(field)}</dt>
                <dd className="min-w-0 break-words text-soft">
                  <Value text={before} /> <span aria-label="became">→</span> <Value text={after} />
                </dd>
              </div>
            ))}
          </dl>
        )}
      </div>
      <span className="shrink-0 text-12 text-faint">
        <Ago time={change.at} />
      </span>
    </li>
  );
}

function Value({ text }: { readonly text: string | null }) {
  return text === null || text === '' ? (
    <span className="text-faint">nothing</span>
  ) : (
    <DeviceText text={text} />
  );
}
