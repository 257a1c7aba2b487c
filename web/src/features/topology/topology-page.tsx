import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation, useSearchParams } from 'react-router';
import { wiringQuery } from '../../api/topology.ts';
import { Page } from '../../ui/page.tsx';
import { TabLinks } from '../../ui/tab-links.tsx';

/** The frame of the topology: the map, the approved cabling, what hangs on one thing, and where an address is. */
export function TopologyPage() {
  const { pathname } = useLocation();
  const [parameters] = useSearchParams();
  const wiring = useQuery({ ...wiringQuery, staleTime: 30_000 });
  const site = parameters.get('site');
  const tail = site === null ? '' : `?site=${encodeURIComponent(site)}`;
  const differences = (wiring.data?.ghosts.length ?? 0) + (wiring.data?.new_link_ids.length ?? 0);
  const tab = (to: string, label: string, count?: number) => ({
    to: to + tail,
    label,
    active: pathname === to,
    ...(count === undefined || count === 0 ? {} : { count }),
  });
  return (
    <Page title="Topology" fill>
      <TabLinks
        label="Views of the topology"
        tabs={[
          tab('/topology', 'Map'),
          tab('/topology/cabling', 'Approved cabling', differences),
          tab('/topology/unknown', 'Unknown neighbours'),
          tab('/topology/single-points', 'Single points of failure'),
          tab('/topology/where', 'Find an address'),
        ]}
      />
      <Outlet />
    </Page>
  );
}
