import type { Component, ComponentType } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { type ComponentType as ReactComponent, Suspense } from 'react';
import { Outlet, useLocation, useSearchParams } from 'react-router';
import { componentsQuery } from '../../api/components.ts';
import { useListInterval } from '../../api/live-context.ts';
import { useMay } from '../../api/permission.ts';
import { readDeploy, writeDeploy } from '../../domain/deploy-address.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { usePageTitle } from '../../ui/page.tsx';
import { type TabLink, TabLinks } from '../../ui/tab-links.tsx';
import { Skeleton } from '../../ui/view-state.tsx';
import { CollectionHeadline } from './collection-headline.tsx';
import { RolloutBanners } from './rollout-banner.tsx';

interface CollectionPageProps {
  /** The dialog that adds a component; the app brings it, since it is a feature of its own. */
  readonly DeployDialog: ReactComponent<{ readonly type: ComponentType; readonly onClose: () => void }>;
}

/** The page of all collectors and agents: how they are, what was lost, and how to add one. */
export function CollectionPage({ DeployDialog }: CollectionPageProps) {
  usePageTitle('Collection');
  const { pathname } = useLocation();
  const may = useMay();
  const components = useQuery({ ...componentsQuery, refetchInterval: useListInterval(15_000) });
  const fills = pathname.endsWith('/collectors') || pathname.endsWith('/agents');
  return (
    <div
      className={classNames(
        'mx-auto flex w-full max-w-[1600px] flex-col gap-4 px-4 py-5 md:px-6',
        fills && 'md:min-h-0 md:flex-1',
      )}
    >
      {components.data === undefined ? (
        <PlainHeading failed={components.isError} />
      ) : (
        <CollectionHeadline
          components={components.data}
          detailed={fills}
          actions={may('enrollment.manage') ? <AddButton /> : undefined}
        />
      )}
      {fills && <RolloutBanners />}
      <TabLinks label="Collection" tabs={useTabs(components.data)} />
      <Outlet />
      {may('enrollment.manage') && <Deploy DeployDialog={DeployDialog} />}
    </div>
  );
}

/** The heading while the components are not loaded; the tab below says what failed. */
function PlainHeading({ failed }: { readonly failed: boolean }) {
  return (
    <header>
      <h1 className={failed ? 'text-20 font-semibold tracking-tight' : 'sr-only'}>Collection</h1>
      {!failed && <Skeleton className="h-14 w-96 max-w-full" />}
    </header>
  );
}

function useTabs(components: readonly Component[] | undefined): readonly TabLink[] {
  const { pathname } = useLocation();
  const may = useMay();
  const count = (type: Component['component_type']) =>
    components?.filter(({ component_type: own }) => own === type).length;
  const tab = (to: string, label: string, number?: number) => ({
    to,
    label,
    count: number,
    active: pathname === to,
  });
  return [
    tab('/collection/collectors', 'Collectors', count('collector')),
    tab('/collection/agents', 'Agents', count('agent')),
    tab('/collection/gaps', 'Gaps'),
    ...(may('enrollment.manage') ? [tab('/collection/tokens', 'Enrollment tokens')] : []),
  ];
}

function AddButton() {
  const [parameters, setParameters] = useSearchParams();
  const { pathname } = useLocation();
  return (
    <Button
      look="primary"
      icon={<Plus size={14} aria-hidden />}
      onClick={() =>
        setParameters(writeDeploy(parameters, pathname.endsWith('/agents') ? 'agent' : 'collector'))
      }
    >
      Add a collector or agent
    </Button>
  );
}

function Deploy({ DeployDialog }: CollectionPageProps) {
  const [parameters, setParameters] = useSearchParams();
  const wanted = readDeploy(parameters);
  if (wanted === undefined) return null;
  return (
    <Suspense fallback={null}>
      <DeployDialog
        type={wanted}
        onClose={() => setParameters(writeDeploy(parameters, undefined), { replace: true })}
      />
    </Suspense>
  );
}
