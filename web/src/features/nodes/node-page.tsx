import type { NodeDetail } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Server } from 'lucide-react';
import { useMemo } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { ApiError } from '../../api/client.ts';
import { useListInterval } from '../../api/live-context.ts';
import { nodeQuery } from '../../api/nodes.ts';
import { templateQuery } from '../../api/resources.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { usePageTitle } from '../../ui/page.tsx';
import { useNow } from '../../ui/state/clock.ts';
import { LAST_HOUR } from '../../ui/state/time-range.ts';
import { TabLinks } from '../../ui/tab-links.tsx';
import { EmptyState, ErrorState, Skeleton, StaleNotice } from '../../ui/view-state.tsx';
import { AlertsBlock, AlertsTab, useActiveAlertCount } from './alerts-tab.tsx';
import { DetailsTab } from './details-tab.tsx';
import { InterfacesTab } from './interfaces-tab.tsx';
import { NeighboursTab } from './neighbours-tab.tsx';
import { NodeHeader } from './node-header.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { DefaultRangeContext, defaultRange } from './range-picker.tsx';
import { SeriesTab } from './series-tab.tsx';

const TABS = [
  { id: 'overview', label: 'Overview' },
  { id: 'alerts', label: 'Alerts' },
  { id: 'interfaces', label: 'Interfaces' },
  { id: 'neighbours', label: 'Neighbours' },
  { id: 'details', label: 'Details' },
  { id: 'series', label: 'Latest values' },
] as const;
type TabId = (typeof TABS)[number]['id'];

function tabAddress(parameters: URLSearchParams, id: TabId): string {
  const next = new URLSearchParams(parameters);
  next.delete('edit');
  if (id === 'overview') next.delete('tab');
  else next.set('tab', id);
  const text = next.toString();
  return text === '' ? '?' : `?${text}`;
}

export function NodePage() {
  const { nodeId = '' } = useParams();
  const node = useQuery({ ...nodeQuery(nodeId), refetchInterval: useListInterval(10_000) });
  const createdAt = node.data?.created_at;
  const now = useNow(600_000);
  const range = useMemo(
    () => (createdAt === undefined ? LAST_HOUR : defaultRange(createdAt, now)),
    [createdAt, now],
  );
  usePageTitle(node.data?.name ?? 'Node');
  if (node.data === undefined) {
    return (
      <div className="mx-auto w-full max-w-[1600px] px-4 py-5 md:px-6">
        {node.isError ? (
          <NodeFailure error={node.error} onRetry={() => void node.refetch()} />
        ) : (
          <NodeSkeleton />
        )}
      </div>
    );
  }
  return (
    <div className="mx-auto flex w-full max-w-[1600px] flex-col gap-4 px-4 py-5 md:px-6">
      {node.isError && (
        <StaleNotice
          error={node.error}
          lastSuccessAt={node.dataUpdatedAt}
          onRetry={() => void node.refetch()}
        />
      )}
      <NodeHeader node={node.data} />
      <DefaultRangeContext value={range}>
        <NodeTabs node={node.data} />
      </DefaultRangeContext>
    </div>
  );
}

function NodeTabs({ node }: { readonly node: NodeDetail }) {
  const [parameters] = useSearchParams();
  const template = useQuery(templateQuery(node.template));
  const alerts = useActiveAlertCount(node.id);
  const wanted = parameters.get('tab');
  const active = TABS.find(({ id }) => id === wanted)?.id ?? 'overview';
  const hasInterfaces =
    template.data?.panels.some(({ group }) => group === 'interfaces' || group === 'network') ??
    active === 'interfaces';
  return (
    <>
      <TabLinks
        label="Parts of this node"
        tabs={TABS.filter(({ id }) => id !== 'interfaces' || hasInterfaces).map(({ id, label }) => ({
          label,
          to: tabAddress(parameters, id),
          active: id === active,
          ...(id === 'alerts' && alerts !== undefined && alerts > 0 ? { count: alerts } : {}),
        }))}
      />
      {active === 'overview' && <AlertsBlock node={node} />}
      {active === 'overview' && <OverviewTab node={node} template={template} />}
      {active === 'alerts' && <AlertsTab node={node} />}
      {active === 'interfaces' && <InterfacesTab node={node} />}
      {active === 'neighbours' && <NeighboursTab node={node} />}
      {active === 'details' && <DetailsTab node={node} />}
      {active === 'series' && <SeriesTab node={node} />}
    </>
  );
}

function NodeFailure({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  if (error instanceof ApiError && (error.status === 404 || error.status === 400)) {
    return (
      <EmptyState
        alone
        icon={Server}
        title="There is no such node"
        action={<ButtonLink to="/nodes">All nodes</ButtonLink>}
      >
        It may have been deleted.
      </EmptyState>
    );
  }
  return <ErrorState title="The node could not be loaded" error={error} onRetry={onRetry} />;
}

function NodeSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-4">
      <Skeleton className="h-20" />
      <Skeleton className="h-9" />
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
        <Skeleton className="h-72" />
      </div>
    </div>
  );
}
