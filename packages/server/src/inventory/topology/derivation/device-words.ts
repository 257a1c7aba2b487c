import type { DerivedLink, DeviceRef, InterfaceRef, LinkEnd } from '@stratora/topology';

/** Finds what people call a device; undefined for one that is not known. */
export type NameOf = (device: DeviceRef) => string | undefined;

/** What is needed of a topology to name its devices. */
export interface NamedDevices {
  readonly nodes: readonly { readonly nodeId: string; readonly name: string }[];
  readonly neighbours: readonly { readonly id: string; readonly name: string }[];
  readonly inferred: readonly { readonly id: string; readonly words: string }[];
}

export const UNMANAGED_SWITCH = 'Unmanaged switch';

/** Makes the lookup of names by kind and id. */
export function namesOf({ nodes, neighbours, inferred }: NamedDevices): NameOf {
  const names = new Map([
    ...nodes.map(({ nodeId, name }) => [`node ${nodeId}`, name] as const),
    ...neighbours.map(({ id, name }) => [`neighbour ${id}`, name] as const),
    ...inferred.map(({ id }) => [`inferred ${id}`, UNMANAGED_SWITCH] as const),
  ]);
  return ({ kind, id }) => names.get(`${kind} ${id}`);
}

/** The name of an interface as people know it; null where there is none. */
export function interfaceName(port: InterfaceRef | null): string | null {
  if (port === null) return null;
  return port.name ?? (port.ifIndex === null ? null : `port ${port.ifIndex}`);
}

/** An end of a link in words: `core-1 Gi1/0/4`. */
export function endWords({ device, interface: port }: LinkEnd, nameOf: NameOf): string {
  const name = nameOf(device) ?? 'a device that is gone';
  const shown = interfaceName(port);
  return shown === null ? name : `${name} ${shown}`;
}

/** A link in words: `core-1 Gi1/0/4 - edge-3 Gi0/1`. */
export function linkWords({ a, b }: Pick<DerivedLink, 'a' | 'b'>, nameOf: NameOf): string {
  return `${endWords(a, nameOf)} - ${endWords(b, nameOf)}`;
}
