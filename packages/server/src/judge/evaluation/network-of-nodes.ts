import { SERVER_PORT } from '../../inventory/topology/index.ts';
import { buildNetwork, type Network } from '../causes/index.ts';
import type { NodeRow } from './fact-queries.ts';

/** Builds the network of nodes of which no link is known: each hangs on the port from which it is watched. */
export function networkOf(nodes: readonly NodeRow[]): Network {
  return buildNetwork({
    nodes: nodes.map(({ id, source_id: source, source_type: type }) => ({
      id,
      port: type === 'agent' ? SERVER_PORT : (source ?? undefined),
    })),
    links: [],
    parents: [],
    hosts: [],
  });
}
