import type { ForwardingScope } from './forwarding-scope.ts';
import type { PlantNode } from './plant.ts';

/** What is next to a port of a switch, by forwarding tables alone. */
export interface BridgeJoint {
  readonly port: number;
  /** Ports of the next switches that face it: one for a cable, several for a wire that they share. */
  readonly facing: readonly number[];
  /** Addresses that both ends of a cable see on it: what hangs between them. */
  readonly between: readonly number[];
  /** Whether each end sees the address of the other. */
  readonly isMutual: boolean;
}

/** Addresses that must lie beyond a port before it is taken for the one that faces a switch which is not seen there itself. */
const COMMON_ADDRESSES = 2;

interface Candidate {
  readonly node: PlantNode;
  readonly face: number;
  readonly isSeen: boolean;
}

/**
 * Finds which switches are next to each other by what they have learned, at ports where nobody speaks. A switch X is next
 * to a port of S when no switch between them sees S and X at different ports; which of its ports faces S is where it sees
 * S, or where it sees the addresses that S has at its other ports (the theorem of Breitbart et al., "Topology discovery in
 * heterogeneous IP networks", and of Lowekamp et al. for tables that are not whole).
 */
export function findBridgeJoints(scope: ForwardingScope, isTaken: (port: number) => boolean): BridgeJoint[] {
  const joints: BridgeJoint[] = [];
  const done = new Set<number>();
  const isFree = (port: number) => !isTaken(port) && !done.has(port);
  for (const port of portsWithSwitches(scope)) {
    if (!isFree(port)) continue;
    const joint = jointAt(scope, port, isFree);
    if (joint === undefined) continue;
    joints.push(joint);
    for (const member of [port, ...joint.facing]) done.add(member);
  }
  return joints;
}

/** Those with the fewest switches behind come first: they settle the ports that face them, behind which is all the rest. */
function portsWithSwitches(scope: ForwardingScope): number[] {
  const counts = new Map<number, number>();
  for (const node of scope.switches)
    for (const port of scope.seenFrom(node).values())
      if (port >= 0) counts.set(port, (counts.get(port) ?? 0) + 1);
  return [...counts].toSorted(([a, some], [b, more]) => some - more || a - b).map(([port]) => port);
}

function jointAt(
  scope: ForwardingScope,
  port: number,
  isFree: (port: number) => boolean,
): BridgeJoint | undefined {
  const node = scope.ports[port]?.node as PlantNode;
  const seen = [...scope.seenFrom(node)].flatMap(([other, at]) => (at === port ? [other] : []));
  const found = seen.map((other): Candidate | PlantNode => {
    const direct = scope.via(other, node);
    const face = direct ?? facingPort(scope, other, node, port);
    return face === undefined || !isFree(face) ? other : { node: other, face, isSeen: direct !== undefined };
  });
  const candidates = found.filter((one): one is Candidate => 'face' in one);
  const next = nearest(scope, candidates);
  // A switch that nothing can be told of may stand between.
  const isClear = found.every(
    (one) => 'face' in one || next.some(({ node: near, face }) => isBeyond(scope, near, face, one)),
  );
  const [only] = next;
  if (only === undefined || !isClear) return undefined;
  if (next.length > 1) return { port, facing: next.map(({ face }) => face), between: [], isMutual: true };
  if (standsBetween(scope, node, only.node)) return undefined;
  return { port, facing: [only.face], between: sharedMacs(scope, port, only), isMutual: only.isSeen };
}

/** Of switches behind a port, those that no other of them is in front of. */
function nearest(scope: ForwardingScope, candidates: readonly Candidate[]): Candidate[] {
  const before = new Map(
    candidates.map((one) => [
      one,
      candidates.filter((other) => other !== one && scope.via(one.node, other.node) === one.face).length,
    ]),
  );
  const sorted = candidates.toSorted(
    (a, b) => (before.get(a) ?? 0) - (before.get(b) ?? 0) || a.node.index - b.node.index,
  );
  const left = new Set(sorted);
  for (const one of sorted) {
    if (!left.has(one)) continue;
    for (const other of left)
      if (other !== one && isBeyond(scope, one.node, one.face, other.node)) left.delete(other);
  }
  return [...left];
}

/** Whether a switch sees another one at a port that does not face us. */
function isBeyond(scope: ForwardingScope, near: PlantNode, face: number, other: PlantNode): boolean {
  const at = scope.via(near, other);
  return at !== undefined && at !== face;
}

/** Whether some switch sees two others at different ports, and so stands on the way from one to the other. */
function standsBetween(scope: ForwardingScope, a: PlantNode, b: PlantNode): boolean {
  return scope.switches.some((node) => {
    if (node === a || node === b) return false;
    const [toA, toB] = [scope.via(node, a), scope.via(node, b)];
    return toA !== undefined && toB !== undefined && toA !== toB;
  });
}

/** The port of a switch that faces another one, by addresses which that one has at its other ports. */
function facingPort(
  scope: ForwardingScope,
  node: PlantNode,
  other: PlantNode,
  otherPort: number,
): number | undefined {
  const beyond = new Map<number, number>();
  for (const port of scope.portsOf.get(node) ?? [])
    for (const mac of scope.macsAt(port)) {
      const at = scope.portOfMac(other, mac);
      if (at !== undefined && at !== otherPort) beyond.set(port, (beyond.get(port) ?? 0) + 1);
    }
  const [first, ...more] = beyond;
  if (first === undefined || more.length > 0) return undefined;
  return first[1] >= COMMON_ADDRESSES ? first[0] : undefined;
}

/** Addresses of neither switch that both see at the ports which face each other. */
function sharedMacs(scope: ForwardingScope, port: number, { node, face }: Candidate): number[] {
  const there = new Set(scope.macsAt(face));
  return scope
    .macsAt(port)
    .filter(
      (mac) =>
        there.has(mac) && scope.ownerOf[mac] !== node && scope.ownerOf[mac] !== scope.ports[port]?.node,
    );
}
