/** Nodes for each of which one form plans maintenance; an address does not hold more. */
const NODES_MAX = 50;

/**
 * The address of the maintenance form, filled in for what is pulled and what goes dark with it.
 * @param nodeIds the first is what the window is of
 */
export function maintenanceAddress(nodeIds: readonly string[], name: string): string | undefined {
  const [first, ...others] = nodeIds;
  if (first === undefined) return undefined;
  const parameters = new URLSearchParams({ add: '1', node: first, name: `Work on ${name}` });
  const also = others.slice(0, NODES_MAX - 1);
  if (also.length > 0) parameters.set('also', also.join(','));
  return `/maintenance?${parameters.toString()}`;
}
