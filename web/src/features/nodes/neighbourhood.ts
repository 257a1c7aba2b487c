import type { Topology, TopologyLink, TopologyNode } from '@stratora/contract';

export interface NodeLink {
  readonly id: string;
  /** The node's own interface; null where nobody named it. */
  readonly own: string | null;
  readonly other: TopologyLink['b'];
}

/** How a node hangs together with those next to it. */
export interface Neighbourhood {
  readonly parents: readonly TopologyNode[];
  /** Whether somebody set the parents; else they follow from links. */
  readonly areSet: boolean;
  /** Nodes that are reached through this one. */
  readonly behind: readonly TopologyNode[];
  readonly links: readonly NodeLink[];
}

/** Reads what is next to a node from the node's own view. */
export function neighbourhoodOf({ nodes, links }: Topology, nodeId: string): Neighbourhood {
  const own = nodes.find(({ id }) => id === nodeId);
  return {
    parents: nodes.filter(({ id }) => own?.parent_ids.includes(id)),
    areSet: own?.has_set_parents ?? false,
    behind: nodes.filter(({ parent_ids: parents }) => parents.includes(nodeId)),
    links: links.map(({ id, a, b }) => {
      const [near, other] = a.node_id === nodeId ? [a, b] : [b, a];
      return { id, own: near.interface, other };
    }),
  };
}

/** Says in words where the parents come from, and what follows when there are none. */
export function parentWords({ parents, areSet }: Pick<Neighbourhood, 'parents' | 'areSet'>): string {
  if (parents.length === 0)
    return 'Nothing is known of what leads to this node. When something before it fails, both are told of.';
  const source = areSet ? 'Set by hand.' : 'As its links say.';
  const which = parents.length === 1 ? 'it is down' : 'all of these are down';
  return `${source} While ${which}, alerts of this node are held.`;
}
