import type { NamedLink } from './link-history.ts';
import type { Plant, PlantNode } from './plant.ts';
import { isDown, isSamePort, type Port, speedOf } from './port-table.ts';
import { compareText } from './stable-id.ts';
import type { DerivedLink, ManualLink, Witness } from './topology-model.ts';

const DRAWN: Witness = {
  end: null,
  nodeId: null,
  source: 'manual',
  table: null,
  atMs: null,
  words: 'drawn by hand',
};

/** Joins what people drew with what is seen between the same ends; what nobody sees is a link of its own. */
export function addManualLinks(
  named: readonly NamedLink[],
  manual: readonly ManualLink[],
  plant: Plant,
): DerivedLink[] {
  const links = new Map(named.map(({ link }) => [link.id, link]));
  const added: DerivedLink[] = [];
  for (const drawn of manual.toSorted((a, b) => compareText(a.linkId, b.linkId))) {
    const [a, b] = [plant.byId.get(drawn.a.nodeId), plant.byId.get(drawn.b.nodeId)];
    if (a === undefined || b === undefined) continue;
    const one = named.find(
      ({ group, link }) => links.get(link.id)?.manualLinkId === null && isMeant(group, drawn, plant),
    );
    if (one === undefined) added.push(drawnLink(drawn, a, b));
    else {
      const link = links.get(one.link.id) as DerivedLink;
      links.set(link.id, {
        ...link,
        sources: [...link.sources, 'manual'],
        manualLinkId: drawn.linkId,
        confidence: 1,
        witnesses: [...link.witnesses, DRAWN],
      });
    }
  }
  return [...links.values(), ...added];
}

function isMeant({ ends }: NamedLink['group'], { a, b }: ManualLink, plant: Plant): boolean {
  return [
    [a, b],
    [b, a],
  ].some((order) =>
    ends.every(({ device, port }, at) => {
      const drawn = order[at] as ManualLink['a'];
      if (device.node?.input.nodeId !== drawn.nodeId) return false;
      const named = findPort(plant.byId.get(drawn.nodeId), drawn.interface);
      if (drawn.interface === null || port === undefined) return true;
      return named === undefined
        ? port.ref.name === drawn.interface
        : isSamePort(named, port) || port.members.includes(named);
    }),
  );
}

function findPort(node: PlantNode | undefined, name: string | null): Port | undefined {
  return name === null ? undefined : (node?.ports.findByKey(name) ?? node?.ports.findNamed(name));
}

function drawnLink(drawn: ManualLink, a: PlantNode, b: PlantNode): DerivedLink {
  const ends = [
    { node: a, name: drawn.a.interface },
    { node: b, name: drawn.b.interface },
  ].map(({ node, name }) => ({ node, name, port: findPort(node, name) }));
  const toEnd = ({ node, name, port }: (typeof ends)[number]) => ({
    device: { kind: 'node' as const, id: node.input.nodeId },
    interface: port?.ref ?? (name === null ? null : { key: name, name, alias: null, ifIndex: null }),
  });
  const [first, second] = ends.map(toEnd);
  const speeds = ends.flatMap(({ port }) => speedOf(port) ?? []);
  return {
    id: drawn.linkId,
    a: first as DerivedLink['a'],
    b: second as DerivedLink['b'],
    sources: ['manual'],
    manualLinkId: drawn.linkId,
    seenFrom: null,
    silence: null,
    members: [],
    isSplitAggregate: false,
    state: ends.some(({ port }) => port !== undefined && isDown(port) === true) ? 'down' : 'up',
    speedBps: speeds.length === 0 ? null : Math.min(...speeds),
    confidence: 1,
    witnesses: [DRAWN],
    firstSeenMs: null,
    lastSeenMs: null,
  };
}
