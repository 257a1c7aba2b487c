import type { DerivedLink, DerivedTopology, LinkEnd } from './topology-model.ts';

/** Writes links as `a Gi1/0/1 - b Gi1/0/2`, with `?` for what is not known, in order. */
export function shownLinks(topology: Pick<DerivedTopology, 'links' | 'neighbours'>): string[] {
  return topology.links.map((link) => shownLink(link, topology)).toSorted();
}

export function shownLink({ a, b }: DerivedLink, topology: Pick<DerivedTopology, 'neighbours'>): string {
  return [a, b]
    .map((end) => shownEnd(end, topology))
    .toSorted()
    .join(' - ');
}

export function shownEnd(
  { device, interface: port }: LinkEnd,
  { neighbours }: Pick<DerivedTopology, 'neighbours'>,
): string {
  const name =
    device.kind === 'node'
      ? device.id.replace(/^node-/, '')
      : device.kind === 'inferred'
        ? '(switch)'
        : `[${neighbours.find(({ id }) => id === device.id)?.name ?? device.id}]`;
  return `${name} ${port === null ? '?' : (port.name ?? port.key)}`;
}
