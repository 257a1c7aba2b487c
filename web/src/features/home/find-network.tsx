import type { DiscoveryJob } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Plus, ScanSearch, Terminal, X } from 'lucide-react';
import { discoveryJobsQuery } from '../../api/discovery.ts';
import { useListInterval } from '../../api/live-context.ts';
import { fewNodesQuery } from '../../api/nodes.ts';
import { useMay } from '../../api/permission.ts';
import { ButtonLink, IconButton } from '../../ui/button.tsx';
import { plural } from '../../ui/format/units.ts';
import { Panel } from '../../ui/page.tsx';
import { usePreference } from '../../ui/state/preference.ts';

/** Most nodes of a system that is looked at for whether it is a new one. */
const FEW = 3;

/** The way from a new system to a monitored network; shown while nothing is monitored but hosts that report themselves. */
export function FindNetwork({ nodes }: { readonly nodes: number }) {
  const may = useMay();
  const [isHidden, setHidden] = usePreference('home.find-network.hidden', false);
  const few = useQuery({ ...fewNodesQuery(FEW), enabled: nodes > 0 && nodes <= FEW }).data;
  const isNew = nodes === 0 || (nodes <= FEW && few?.every(({ agent_id: agent }) => agent !== null) === true);
  if (!isNew || (isHidden && nodes > 0) || !may('discovery.write')) return null;
  return (
    <Panel className="relative">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3 px-5 py-4">
        <ScanSearch size={28} strokeWidth={1.75} aria-hidden className="shrink-0 text-accent-text" />
        <div className="min-w-64 flex-1">
          <h2 className="text-16 font-semibold">Find your network</h2>
          <p className="text-13 text-soft">
            Name a subnet and how its devices know you. Minutes later they are monitored, each by the template
            that fits, and drawn with their cables.
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <BeginButton />
          {may('node.write') && (
            <ButtonLink to="/nodes?add=1" icon={<Plus size={14} aria-hidden />}>
              Add one node
            </ButtonLink>
          )}
          {nodes === 0 && may('enrollment.manage') && (
            <ButtonLink to="/collection/agents?add=agent" icon={<Terminal size={14} aria-hidden />}>
              Add an agent
            </ButtonLink>
          )}
          {nodes > 0 && (
            <IconButton label="Hide this" onClick={() => setHidden(true)}>
              <X size={16} aria-hidden />
            </IconButton>
          )}
        </div>
      </div>
    </Panel>
  );
}

/** Begins, or leads to what was begun. */
function BeginButton() {
  const jobs = useQuery({ ...discoveryJobsQuery, refetchInterval: useListInterval(30_000) }).data;
  const begun = lastBegun(jobs ?? []);
  if (begun === undefined) {
    return (
      <ButtonLink to="/discovery/first" look="primary">
        Find my network
      </ButtonLink>
    );
  }
  const { id, devices } = begun;
  return (
    <ButtonLink to={`/discovery/${id}?first=1`} look="primary">
      {devices.new > 0 ? `${plural(devices.new, 'new device')} found: go on` : 'Go on'}
    </ButtonLink>
  );
}

/** The job that was made last. */
function lastBegun(jobs: readonly DiscoveryJob[]): DiscoveryJob | undefined {
  return jobs.toSorted((a, b) => b.created_at.localeCompare(a.created_at))[0];
}
