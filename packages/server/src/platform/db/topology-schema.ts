import type { Generated } from 'kysely';
import type { DefaultTime } from './column-types.ts';

export interface TopologyLinksTable {
  id: Generated<string>;
  a_node_id: string;
  a_interface: string | null;
  b_node_id: string;
  b_interface: string | null;
  created_at: DefaultTime;
}

export interface NodeParentsTable {
  node_id: string;
  parent_id: string;
}

/** The tables of how nodes hang together. */
export interface TopologySchema {
  topology_links: TopologyLinksTable;
  node_parents: NodeParentsTable;
}
