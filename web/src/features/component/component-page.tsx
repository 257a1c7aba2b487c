import type { Component } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { RadioTower } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { ApiError } from '../../api/client.ts';
import { componentQuery } from '../../api/components.ts';
import { useListInterval } from '../../api/live-context.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { usePageTitle } from '../../ui/page.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';
import { EmptyState, ErrorState, Skeleton, SkeletonRows, StaleNotice } from '../../ui/view-state.tsx';
import { ComponentHeader } from './component-header.tsx';
import { OverviewTab } from './overview-tab.tsx';

// Text, history and diff are read now and then: they come when they are opened.
const ConfigTab = lazy(async () => ({ default: (await import('./config/config-tab.tsx')).ConfigTab }));
const HistoryTab = lazy(async () => ({ default: (await import('./config/history-tab.tsx')).HistoryTab }));
const ReportsTab = lazy(async () => ({ default: (await import('./reports-tab.tsx')).ReportsTab }));
const NodesTab = lazy(async () => ({ default: (await import('./nodes-tab.tsx')).NodesTab }));

const TABS = [
  { id: 'overview', label: 'Overview' },
  { id: 'config', label: 'Config' },
  { id: 'history', label: 'History' },
  { id: 'reports', label: 'Reports' },
  { id: 'nodes', label: 'Nodes' },
] as const;

/** The page of one collector or agent: its state, its configuration and history, its reports and nodes. */
export function ComponentPage() {
  const { componentId = '' } = useParams();
  const component = useQuery({ ...componentQuery(componentId), refetchInterval: useListInterval(10_000) });
  usePageTitle(component.data?.name ?? 'Component');
  const retry = () => void component.refetch();
  return (
    <div className="mx-auto flex w-full max-w-[1600px] flex-col gap-4 px-4 py-5 md:px-6">
      {component.data === undefined && component.isError && (
        <ComponentFailure error={component.error} onRetry={retry} />
      )}
      {component.data === undefined && !component.isError && <ComponentSkeleton />}
      {component.data !== undefined && component.isError && (
        <StaleNotice error={component.error} lastSuccessAt={component.dataUpdatedAt} onRetry={retry} />
      )}
      {component.data !== undefined && (
        <>
          <ComponentHeader component={component.data} />
          <ComponentTabs key={component.data.id} component={component.data} />
        </>
      )}
    </div>
  );
}

function ComponentTabs({ component }: { readonly component: Component }) {
  const [parameters] = useSearchParams();
  const wanted = parameters.get('tab');
  const tabs = TABS.filter(({ id }) => id !== 'nodes' || component.component_type === 'collector');
  const active = tabs.find(({ id }) => id === wanted)?.id ?? 'overview';
  return (
    <>
      <TabLinks
        label="Parts of this component"
        tabs={tabs.map(({ id, label }) => ({
          label,
          to: id === 'overview' ? '?' : `?tab=${id}`,
          active: id === active,
          count: id === 'nodes' ? component.node_count : undefined,
        }))}
      />
      <Suspense fallback={<SkeletonRows />}>
        {active === 'overview' && <OverviewTab component={component} />}
        {active === 'config' && <ConfigTab component={component} />}
        {active === 'history' && <HistoryTab component={component} />}
        {active === 'reports' && <ReportsTab component={component} />}
        {active === 'nodes' && <NodesTab component={component} />}
      </Suspense>
    </>
  );
}

function ComponentFailure({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  if (error instanceof ApiError && (error.status === 404 || error.status === 400)) {
    return (
      <EmptyState
        alone
        icon={RadioTower}
        title="There is no such component"
        action={<ButtonLink to="/collection/collectors">All components</ButtonLink>}
      >
        It may have been deleted.
      </EmptyState>
    );
  }
  return <ErrorState title="The component could not be loaded" error={error} onRetry={onRetry} />;
}

function ComponentSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-4">
      <Skeleton className="h-20" />
      <Skeleton className="h-9" />
      <div className="grid gap-4 lg:grid-cols-2">
        <Skeleton className="h-48" />
        <Skeleton className="h-48" />
        <Skeleton className="h-48" />
        <Skeleton className="h-48" />
      </div>
    </div>
  );
}
