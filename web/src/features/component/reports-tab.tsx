import type { Component, ComponentReport } from '@stratora/contract';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX, type LucideIcon, MessageSquare, OctagonAlert, RotateCcw } from 'lucide-react';
import { Link } from 'react-router';
import { reportsQuery } from '../../api/components.ts';
import { useListInterval } from '../../api/live-context.ts';
import { shortHash } from '../../domain/component-words.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Ago, Moment } from '../../ui/time-text.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/view-state.tsx';

const LOOKS: Readonly<
  Record<
    ComponentReport['status'],
    { readonly label: string; readonly icon: LucideIcon; readonly text: string }
  >
> = {
  applied: { label: 'Applied', icon: CircleCheck, text: 'text-healthy' },
  validation_error: { label: 'Refused', icon: CircleX, text: 'text-warning' },
  rolled_back: { label: 'Rolled back', icon: RotateCcw, text: 'text-warning' },
  engine_down: { label: 'Engine down', icon: OctagonAlert, text: 'text-critical' },
};
const ENGINES = { telegraf: 'Telegraf', embedded: 'Embedded' } as const;

/** The reports of a component on its configuration and engine, one for each change. */
export function ReportsTab({ component }: { readonly component: Component }) {
  const reports = useInfiniteQuery({
    ...reportsQuery(component.id),
    refetchInterval: useListInterval(20_000),
  });
  const items = reports.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) {
    if (reports.isPending) return <SkeletonRows />;
    if (reports.isError) {
      return (
        <ErrorState
          title="The reports could not be loaded"
          error={reports.error}
          onRetry={() => void reports.refetch()}
        />
      );
    }
    return (
      <div className="rounded-md border border-line bg-surface">
        <EmptyState icon={MessageSquare} title="It told nothing yet">
          It reports when a configuration is applied, refused or rolled back, and when its engine stops or
          runs again.
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <ol aria-label="Reports" className="rounded-md border border-line bg-surface">
        {items.map((report) => (
          <Report key={`${report.at}${report.status}${report.config_hash}`} report={report} />
        ))}
      </ol>
      {reports.hasNextPage && (
        <div>
          <Button disabled={reports.isFetchingNextPage} onClick={() => void reports.fetchNextPage()}>
            Show older
          </Button>
        </div>
      )}
    </>
  );
}

function Report({ report }: { readonly report: ComponentReport }) {
  const { label, icon: Icon, text } = LOOKS[report.status];
  return (
    <li className="grid gap-x-4 gap-y-0.5 border-b border-line px-4 py-2.5 text-13 last:border-b-0 sm:grid-cols-[180px_140px_minmax(0,1fr)]">
      <span className="text-soft">
        <Moment time={report.at} />
        <span className="text-12 text-faint sm:hidden">
          {' '}
          (<Ago time={report.at} />)
        </span>
      </span>
      <span className={classNames('flex items-center gap-1.5 self-start font-medium', text)}>
        <Icon size={14} strokeWidth={2.25} aria-hidden className="shrink-0" />
        {label}
      </span>
      <div className="min-w-0">
        <p className="text-soft">
          {report.generation === null ? (
            <>
              a configuration that is not kept,{' '}
              <span className="font-mono text-12">{shortHash(report.config_hash)}</span>
            </>
          ) : (
            <Link to={`?tab=history&generation=${report.generation}`} className="text-link">
              generation {report.generation}
            </Link>
          )}
          , {ENGINES[report.engine_kind]} {report.engine_version}
          {report.engine_running ? '' : ', engine does not run'}
        </p>
        {report.message !== null && report.message !== '' && <p className="break-words">{report.message}</p>}
      </div>
    </li>
  );
}
