import type { Topology, TopologyLink, TopologyNode } from '@stratora/contract';

const NAMES = new Intl.ListFormat('en-GB');

export interface NodeLink {
  readonly id: string;
  /** The node's own interface; null where nobody named it. */
  readonly own: string | null;
  readonly other: TopologyLink['b'];
  readonly link: TopologyLink;
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
export function neighbourhoodOf(
  { nodes, links }: Pick<Topology, 'nodes' | 'links'>,
  nodeId: string,
): Neighbourhood {
  const own = nodes.find(({ id }) => id === nodeId);
  return {
    parents: nodes.filter(({ id }) => own?.parent_ids.includes(id)),
    areSet: own?.has_set_parents ?? false,
    behind: nodes.filter(({ parent_ids: parents }) => parents.includes(nodeId)),
    links: links
      .filter(({ a, b }) => a.node_id === nodeId || b.node_id === nodeId)
      .map((link) => {
        const { id, a, b } = link;
        const [near, other] = a.node_id === nodeId ? [a, b] : [b, a];
        return { id, own: near.interface, other, link };
      }),
  };
}

/** Says in words where the parents come from, and what follows when there are none. */
export function parentWords({ parents, areSet }: Pick<Neighbourhood, 'parents' | 'areSet'>): string {
  if (parents.length === 0)
    return 'No link says what leads to this node. When something before it fails, both are told of.';
  const source = areSet ? 'Set by hand.' : 'As its links say.';
  const which = parents.length === 1 ? 'it is down' : 'all of these are down';
  return `${source} While ${which}, alerts of this node are held.`;
}

/** Says in words what leads to a node for which the form of its parents names none. */
export function noParentsWords({
  wereSet,
  derivedNames,
}: {
  /** Whether some were set before, and are taken away in the form. */
  readonly wereSet: boolean;
  /** Names of the parents that its links give; none are known where some were set. */
  readonly derivedNames: readonly string[];
}): string {
  if (wereSet) return 'None is set: once this is saved, its links say what leads to it, as far as any do.';
  if (derivedNames.length === 0) return 'None is set, and no link says what leads to this node.';
  const verb = derivedNames.length === 1 ? 'leads' : 'lead';
  return `None is set. As its links say, ${NAMES.format(derivedNames)} ${verb} to it.`;
}
