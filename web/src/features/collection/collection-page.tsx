import type { Component } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from 'react-router';
import { useListInterval } from '../../api/live-context.ts';
import { useMay } from '../../api/permission.ts';
import { componentsQuery } from '../../api/resources.ts';
import { Page } from '../../ui/page.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';

export function CollectionPage() {
  const { pathname } = useLocation();
  const may = useMay();
  const components = useQuery({ ...componentsQuery, refetchInterval: useListInterval(15_000) });
  const count = (type: Component['component_type']) =>
    components.data?.filter(({ component_type: own }) => own === type).length;
  const tab = (to: string, label: string, number: number | undefined) => ({
    to,
    label,
    count: number,
    active: pathname === to,
  });
  return (
    <Page
      title="Collection"
      lead="Collectors poll a network; agents report the host they run on. Both call out over one HTTPS connection and open no port."
    >
      <TabLinks
        label="Collection"
        tabs={[
          tab('/collection/collectors', 'Collectors', count('collector')),
          tab('/collection/agents', 'Agents', count('agent')),
          ...(may('enrollment.manage') ? [tab('/collection/tokens', 'Enrollment tokens', undefined)] : []),
        ]}
      />
      <Outlet />
    </Page>
  );
}
