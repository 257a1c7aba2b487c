import type { TopologyEvent } from '@stratora/contract';
import type {
  DerivedLink,
  DerivedLinkState,
  GoneLink,
  LinkEnd,
  PreviousTopology,
  UnknownNeighbour,
} from '@stratora/topology';
import { endWords, linkWords, type NameOf } from './device-words.ts';

/** An event before it is written. */
export type EventDraft = Omit<TopologyEvent, 'id'>;

/** What happened between two derivations, as far as it is told. */
export interface TopologyStep {
  readonly previous: PreviousTopology;
  readonly links: readonly DerivedLink[];
  readonly neighbours: readonly UnknownNeighbour[];
  readonly gone: readonly GoneLink[];
  readonly nameOf: NameOf;
  /** Site of a node. */
  readonly siteOf: (nodeId: string) => string | undefined;
  readonly at: string;
}

/** Events of one kind that are told one by one; more of them at once are told as a number. */
const ONE_BY_ONE = 50;

const STATE_KINDS: Readonly<Record<DerivedLinkState, TopologyEvent['kind']>> = {
  up: 'link_up',
  down: 'link_down',
  stale: 'link_stale',
};

/** Tells what happened to links and devices between two derivations, in words. */
export function topologyEvents(step: TopologyStep): EventDraft[] {
  const before = new Map(step.previous.links.map((link) => [link.id, link]));
  const drafts = [
    ...step.gone.flatMap((gone) => goneEvents(step, gone, before.get(gone.id))),
    ...step.links.flatMap((link) => {
      const earlier = before.get(link.id);
      return earlier ? stateEvents(step, link, earlier) : newEvents(step, link, before);
    }),
    ...deviceEvents(step),
  ];
  return fewEvents(drafts);
}

/** Takes one event in the place of very many of a kind. */
export function fewEvents(drafts: readonly EventDraft[]): EventDraft[] {
  return [...Map.groupBy(drafts, ({ kind }) => kind).values()].flatMap((alike) =>
    alike.length <= ONE_BY_ONE ? alike : [inOne(alike)],
  );
}

function eventOf(
  { at, siteOf }: TopologyStep,
  kind: TopologyEvent['kind'],
  link: Pick<DerivedLink, 'id' | 'a' | 'b'>,
  detail: string,
): EventDraft {
  const nodeIds = [
    ...new Set([link.a, link.b].flatMap(({ device }) => (device.kind === 'node' ? [device.id] : []))),
  ];
  const site = nodeIds.map(siteOf).find((id) => id !== undefined);
  return { at, kind, site_id: site ?? null, node_ids: nodeIds, link_id: link.id, detail };
}

function goneEvents(step: TopologyStep, gone: GoneLink, link: DerivedLink | undefined): EventDraft[] {
  // A line that another says better is no change, and what goes with a node is told with it.
  if (link === undefined || gone.why === 'replaced' || gone.why === 'node_gone') return [];
  const kind = gone.why === 'moved' ? 'link_moved' : 'link_gone';
  return [eventOf(step, kind, link, `${linkWords(link, step.nameOf)}: ${gone.words}.`)];
}

function newEvents(
  step: TopologyStep,
  link: DerivedLink,
  before: ReadonlyMap<string, DerivedLink>,
): EventDraft[] {
  if (link.sources.every((source) => source === 'manual')) return [];
  const replaced = step.gone.filter(({ why }) => why === 'replaced').map(({ id }) => before.get(id));
  const ends = new Set([endKey(link.a), endKey(link.b)]);
  if (replaced.some((old) => old && (ends.has(endKey(old.a)) || ends.has(endKey(old.b))))) return [];
  return [eventOf(step, 'link_appeared', link, `${linkWords(link, step.nameOf)} is new.`)];
}

function stateEvents(step: TopologyStep, link: DerivedLink, earlier: DerivedLink): EventDraft[] {
  if (link.state === earlier.state) return [];
  const name = linkWords(link, step.nameOf);
  const words = {
    up: earlier.state === 'down' ? `${name} is up again.` : `${name} is seen again.`,
    down: `${name} is down.`,
    stale: `${name} is not seen any more, though its ports are up.`,
  };
  return [eventOf(step, STATE_KINDS[link.state], link, words[link.state])];
}

function deviceEvents({ previous, neighbours, at, nameOf }: TopologyStep): EventDraft[] {
  const [before, now] = [previous.neighbours, neighbours].map((list) => new Set(list.map(({ id }) => id)));
  const told = (
    kind: 'device_appeared' | 'device_gone',
    device: UnknownNeighbour,
    words: string,
  ): EventDraft => {
    const [seen] = device.seenBy;
    const where = seen
      ? ` at ${endWords({ device: { kind: 'node', id: seen.nodeId }, interface: seen.interface }, nameOf)}`
      : '';
    const node_ids = [...new Set(device.seenBy.map(({ nodeId }) => nodeId))].slice(0, 20);
    return {
      at,
      kind,
      site_id: device.siteId,
      node_ids,
      link_id: null,
      detail: `${device.name} ${words}${where}.`,
    };
  };
  return [
    ...neighbours
      .filter(({ id }) => !before?.has(id))
      .map((device) => told('device_appeared', device, 'is new')),
    ...previous.neighbours
      .filter(({ id }) => !now?.has(id))
      .map((device) => told('device_gone', device, 'is not seen any more')),
  ];
}

function inOne(alike: readonly EventDraft[]): EventDraft {
  const [first] = alike as [EventDraft];
  const sites = new Set(alike.map(({ site_id: site }) => site));
  const words: Record<string, string> = {
    link_appeared: 'links are new',
    link_moved: 'links have moved',
    link_gone: 'links are gone',
    link_down: 'links are down',
    link_up: 'links are up again',
    link_stale: 'links are not seen any more',
    device_appeared: 'devices are new',
    device_gone: 'devices are not seen any more',
    approved_moved: 'approved links have moved',
    approved_missing: 'approved links are not there any more',
    approved_back: 'links are back as approved',
  };
  return {
    at: first.at,
    kind: first.kind,
    site_id: sites.size === 1 ? first.site_id : null,
    node_ids: [],
    link_id: null,
    detail: `${alike.length} ${words[first.kind] ?? 'changes'}.`,
  };
}

function endKey({ device, interface: port }: LinkEnd): string {
  return `${device.kind} ${device.id} ${port?.key ?? ''}`;
}
