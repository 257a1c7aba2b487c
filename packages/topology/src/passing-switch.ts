import type { Device } from './device.ts';
import type { ForwardingScope } from './forwarding-scope.ts';
import type { End } from './line.ts';
import type { PlantNode } from './plant.ts';
import { trunkOf } from './port-table.ts';

export interface PassingOptions {
  readonly scopes: readonly ForwardingScope[];
  /** Addresses of a device that is no node. */
  readonly macsOf: (device: Device) => readonly string[];
  /** Whether nothing can have passed a port of a switch. */
  readonly isClosed: (scope: ForwardingScope, port: number) => boolean;
}

/**
 * Finds a switch of the plant through which some ends hear each other: it has learned them at different ports, and ends
 * see it at the very ports at which they hear each other. Then nothing that they hear is next to them.
 */
export function findPassingSwitch(ends: readonly End[], options: PassingOptions): PlantNode | undefined {
  for (const scope of options.scopes) {
    const candidates = new Set<PlantNode>();
    for (const { port } of ends) {
      const number = port === undefined ? undefined : scope.numberOf(trunkOf(port));
      for (const mac of number === undefined ? [] : scope.macsAt(number)) {
        const owner = scope.ownerOf[mac];
        if (owner?.isBridge === true) candidates.add(owner);
      }
    }
    for (const node of [...candidates].toSorted((a, b) => a.index - b.index))
      if (passesOn(scope, node, { ends, ...options })) return node;
  }
  return undefined;
}

function passesOn(
  scope: ForwardingScope,
  node: PlantNode,
  { ends, macsOf, isClosed }: { ends: readonly End[] } & PassingOptions,
): boolean {
  const ports = new Set<number>();
  let isFaced = false;
  for (const { device, port } of ends) {
    const other = device.node;
    if (other === node) return false;
    const at = other === undefined ? scope.portOfMacs(node, macsOf(device)) : scope.portOfNode(node, other);
    if (at === undefined) continue;
    if (isClosed(scope, at)) return false;
    ports.add(at);
    const back = other === undefined ? undefined : scope.via(other, node);
    if (back === undefined || port === undefined) continue;
    if (back !== scope.numberOf(trunkOf(port))) return false;
    isFaced = true;
  }
  return ports.size > 1 && isFaced;
}
