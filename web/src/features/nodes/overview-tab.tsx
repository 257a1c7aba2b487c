import type { DeviceTemplate, NodeDetail, TemplatePanel } from '@stratora/contract';
import type { UseQueryResult } from '@tanstack/react-query';
import { CircleSlash, Hourglass } from 'lucide-react';
import { Link } from 'react-router';
import { useNow } from '../../ui/state/clock.ts';
import { EmptyState, ErrorState, Skeleton } from '../../ui/view-state.tsx';
import { ChartPanel } from './chart-panel.tsx';
import { dataAge } from './data-age.ts';
import { useLeftOutReason } from './left-out-reason.ts';
import { PartsPanel } from './parts-panel.tsx';
import { RangePicker } from './range-picker.tsx';
import { StatStrip } from './stat-strip.tsx';

/** The order of panels: first what a power supply is there for, then whether it answers, then what it is made of. */
const GROUP_ORDER: readonly TemplatePanel['group'][] = [
  'power',
  'availability',
  'cpu',
  'memory',
  'storage',
  'sessions',
  'wireless',
  'network',
  'interfaces',
  'sensors',
  'poe',
  'stack',
  'system',
];

interface OverviewTabProps {
  readonly node: NodeDetail;
  readonly template: UseQueryResult<DeviceTemplate>;
}

/** What to look at where no data comes: what is said above, or whoever should gather it. */
function IfItStays({ node }: { readonly node: NodeDetail }) {
  const source = node.collector_id ?? node.agent_id;
  if (node.collection.some(({ status }) => status !== 'ok')) return 'What keeps the rest away is said above.';
  if (source === null) return 'Nobody polls it: choose a collector for the node or for its site.';
  return (
    <>
      If none come, look whether{' '}
      <Link to={`/collection/components/${source}`} className="text-link">
        {node.agent_id === null ? 'its collector' : 'its agent'}
      </Link>{' '}
      is online and runs its newest configuration.
    </>
  );
}

export function OverviewTab({ node, template }: OverviewTabProps) {
  const now = useNow();
  const { stale } = dataAge(node.last_seen_at, now);
  const leftOut = useLeftOutReason(node);
  if (template.data === undefined) {
    return template.isError ? (
      <ErrorState
        title="The panels of this node could not be loaded"
        error={template.error}
        onRetry={() => void template.refetch()}
      />
    ) : (
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
      </div>
    );
  }
  if (node.last_seen_at === null) {
    return leftOut === undefined ? (
      <EmptyState icon={Hourglass} title="Waiting for the first data">
        Its collector gets the new configuration within seconds; the first values follow one cycle later.{' '}
        <IfItStays node={node} />
      </EmptyState>
    ) : (
      <EmptyState icon={CircleSlash} title="No data while it is left out">
        Nobody polls it until what is wrong with it is corrected; the reason is above.
      </EmptyState>
    );
  }
  const panels = template.data.panels
    .filter(({ kind }) => kind !== 'stat')
    .toSorted((a, b) => GROUP_ORDER.indexOf(a.group) - GROUP_ORDER.indexOf(b.group));
  const charts = panels.filter(({ kind }) => kind === 'chart');
  const stats = template.data.panels.filter(({ kind }) => kind === 'stat');
  return (
    <div className="flex flex-col gap-4">
      <StatStrip nodeId={node.id} charts={charts} stats={stats} stale={stale} />
      <div className="sticky top-12 z-10 -mx-1 bg-canvas px-1 py-2 md:top-0">
        <RangePicker />
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        {panels.map((panel) =>
          panel.kind === 'chart' ? (
            <ChartPanel key={panel.id} nodeId={node.id} panel={panel} stale={stale} />
          ) : (
            <PartsPanel key={panel.id} nodeId={node.id} panel={panel} stale={stale} />
          ),
        )}
      </div>
    </div>
  );
}
