import type { NodeDetail, TopologyNode } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMay } from '../../api/permission.ts';
import { nodeTopologyQuery } from '../../api/topology.ts';
import { Button } from '../../ui/button.tsx';
import { plural } from '../../ui/format/units.ts';
import { Panel } from '../../ui/page.tsx';
import { STATUS_LOOKS, StatusIcon } from '../../ui/status.tsx';
import { ErrorState, SkeletonRows } from '../../ui/view-state.tsx';
import { type Neighbourhood, neighbourhoodOf, parentWords } from './neighbourhood.ts';
import { ParentsDialog } from './parents-form.tsx';

/** Number of nodes behind this one that are named. */
const NAMED_MAX = 8;

/** What leads to a node, and what hangs behind it. */
export function DependsOnPanel({ node }: { readonly node: NodeDetail }) {
  const may = useMay();
  const topology = useQuery(nodeTopologyQuery(node.id));
  const [editing, setEditing] = useState(false);
  const neighbourhood = topology.data && neighbourhoodOf(topology.data, node.id);
  return (
    <Panel
      title="Depends on"
      aside={may('node.write') && <Button onClick={() => setEditing(true)}>Set parents</Button>}
    >
      {neighbourhood !== undefined && <NeighbourhoodList neighbourhood={neighbourhood} />}
      {neighbourhood === undefined &&
        (topology.isError ? (
          <ErrorState
            title="The topology could not be loaded"
            error={topology.error}
            onRetry={() => void topology.refetch()}
          />
        ) : (
          <SkeletonRows />
        ))}
      <ParentsDialog open={editing} node={node} onClose={() => setEditing(false)} />
    </Panel>
  );
}

function NeighbourhoodList({ neighbourhood }: { readonly neighbourhood: Neighbourhood }) {
  const { parents, behind, links } = neighbourhood;
  return (
    <div className="flex flex-col gap-3 px-4 py-3 text-13">
      {parents.length > 0 && <NodeNames nodes={parents} />}
      <p className="text-soft">{parentWords(neighbourhood)}</p>
      {behind.length > 0 && (
        <div>
          <h3 className="mb-1 text-12 text-faint">{plural(behind.length, 'node')} behind it</h3>
          <NodeNames nodes={behind.slice(0, NAMED_MAX)} />
          {behind.length > NAMED_MAX && (
            <p className="mt-1 text-faint">and {behind.length - NAMED_MAX} more</p>
          )}
        </div>
      )}
      {links.length > 0 && (
        <Link to="?tab=neighbours" className="text-link self-start">
          Its {plural(links.length, 'link')}
        </Link>
      )}
    </div>
  );
}

function NodeNames({ nodes }: { readonly nodes: readonly TopologyNode[] }) {
  return (
    <ul className="flex flex-col gap-1">
      {nodes.map(({ id, name, status }) => (
        <li key={id} className="flex min-w-0 items-center gap-2">
          <StatusIcon status={status} size={14} />
          <Link to={`/nodes/${id}`} className="truncate font-medium hover:underline">
            {name}
          </Link>
          <span className="text-faint">{STATUS_LOOKS[status].label}</span>
        </li>
      ))}
    </ul>
  );
}
