import type { Summary } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleHelp, type LucideIcon, OctagonAlert, Server, TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import { definitionsQuery } from '../../api/alert-definitions.ts';
import { alertCountsQuery, tellingAlertsQuery } from '../../api/alerts.ts';
import { useListInterval } from '../../api/live-context.ts';
import { useMay } from '../../api/permission.ts';
import { summaryQuery } from '../../api/resources.ts';
import { classNames } from '../../ui/class-names.ts';
import { formatNumber } from '../../ui/format/units.ts';
import { Panel, usePageTitle } from '../../ui/page.tsx';
import { STATUS_LOOKS, STATUS_ORDER, StatusIcon } from '../../ui/status.tsx';
import { EmptyState, ErrorState, Skeleton, StaleNotice } from '../../ui/view-state.tsx';
import { ActivityPanel } from './activity-panel.tsx';
import { causesOf } from './attention.ts';
import { AttentionPanel } from './attention-panel.tsx';
import { CollectionPanel } from './collection-panel.tsx';
import { FindNetwork } from './find-network.tsx';
import { type HeadlineTone, headlineOf } from './headline.ts';
import { NobodyIsTold, RefusedRules, RunningMaintenance } from './home-notices.tsx';
import { refusedOf } from './refused-rules.ts';
import { SitesPanel } from './sites-panel.tsx';

const TONES: Readonly<Record<HeadlineTone, { readonly icon: LucideIcon; readonly text: string }>> = {
  bad: { icon: OctagonAlert, text: 'text-critical' },
  warn: { icon: TriangleAlert, text: 'text-warning' },
  unknown: { icon: CircleHelp, text: 'text-unknown' },
  good: { icon: CircleCheck, text: 'text-healthy' },
  neutral: { icon: Server, text: 'text-faint' },
};

function HeadlineBar({ summary }: { readonly summary: Summary }) {
  const alerts = useQuery({ ...alertCountsQuery, refetchInterval: useListInterval(30_000) }).data;
  const telling = useQuery({ ...tellingAlertsQuery, refetchInterval: useListInterval(30_000) }).data;
  const rules = useQuery({ ...definitionsQuery, refetchInterval: useListInterval(60_000) }).data;
  const headline = headlineOf(summary, alerts?.open, {
    causes: causesOf(telling),
    refusedRules: refusedOf(rules).length,
  });
  const { icon: Icon, text } = TONES[headline.tone];
  const score = summary.health_score;
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <Icon size={36} strokeWidth={1.75} aria-hidden className={classNames('shrink-0', text)} />
      <div className="min-w-0 flex-1">
        <h1 className="text-28 font-semibold tracking-tight text-balance max-sm:text-20">{headline.text}</h1>
        <p className="text-soft">{headline.detail}</p>
      </div>
      {score !== null && (
        <div
          className="text-right max-sm:text-left"
          title="Share of nodes that are well; a warning and an unknown state count half"
        >
          <div className="tabular text-28 font-semibold tracking-tight">{formatNumber(score)} %</div>
          <div className="text-12 text-faint">health score</div>
        </div>
      )}
    </header>
  );
}

function Counters({ summary }: { readonly summary: Summary }) {
  return (
    <ul className="grid grid-cols-2 overflow-hidden rounded-md border border-line bg-line gap-px sm:grid-cols-4 xl:grid-cols-7">
      {STATUS_ORDER.map((status) => {
        const count = summary.nodes.by_status[status];
        return (
          <li key={status} className="bg-surface last:max-xl:col-span-2">
            <Link
              to={`/nodes?status=${status}`}
              className="flex h-full flex-col gap-0.5 px-4 py-3 hover:bg-hover focus-visible:-outline-offset-2"
            >
              <span className="flex items-center gap-1.5 text-13 text-soft">
                <StatusIcon status={status} size={14} />
                {STATUS_LOOKS[status].label}
              </span>
              <span
                className={classNames(
                  'tabular text-20 font-semibold',
                  count === 0 && 'text-faint font-normal',
                )}
              >
                {count.toLocaleString('en-US')}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

/** What a system without a node is for, to somebody who may not scan. */
function NothingYet() {
  const may = useMay();
  if (may('discovery.write')) return null;
  return (
    <Panel>
      <EmptyState icon={Server} title="Nothing is monitored yet">
        A node is anything with an address: a switch, a server, a website. An operator or an administrator
        finds them.
      </EmptyState>
    </Panel>
  );
}

function HomeSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-4">
      <Skeleton className="h-14 w-96 max-w-full" />
      <Skeleton className="h-18" />
      <div className="grid gap-4 lg:grid-cols-3">
        <Skeleton className="h-80 lg:col-span-2" />
        <Skeleton className="h-80" />
      </div>
    </div>
  );
}

function HomeContent({ summary }: { readonly summary: Summary }) {
  const empty = summary.nodes.total === 0;
  return (
    <>
      <HeadlineBar summary={summary} />
      <NobodyIsTold />
      <RefusedRules />
      <RunningMaintenance />
      <FindNetwork nodes={summary.nodes.total} />
      {empty ? <NothingYet /> : <Counters summary={summary} />}
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
          {!empty && <AttentionPanel items={summary.attention} nodes={summary.nodes} />}
          {!empty && <SitesPanel sites={summary.sites} />}
          {empty && <CollectionPanel counts={summary.components} />}
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          {!empty && <CollectionPanel counts={summary.components} />}
          <ActivityPanel items={summary.activity} />
        </div>
      </div>
    </>
  );
}

export function HomePage() {
  usePageTitle('Home');
  const summary = useQuery({ ...summaryQuery, refetchInterval: useListInterval(30_000) });
  const retry = () => void summary.refetch();
  return (
    <div className="mx-auto flex w-full max-w-[1600px] flex-col gap-4 px-4 py-5 md:px-6">
      {summary.data === undefined && summary.isError && (
        <ErrorState
          title="The overview could not be loaded"
          error={summary.error}
          stillWorks="Collectors and agents keep gathering; nothing is lost."
          onRetry={retry}
        />
      )}
      {summary.data === undefined && !summary.isError && <HomeSkeleton />}
      {summary.data !== undefined && summary.isError && (
        <StaleNotice error={summary.error} lastSuccessAt={summary.dataUpdatedAt} onRetry={retry} />
      )}
      {summary.data !== undefined && <HomeContent summary={summary.data} />}
    </div>
  );
}
