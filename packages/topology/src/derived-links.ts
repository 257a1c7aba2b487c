import type { RecognisedBy } from './claim-owners.ts';
import type { Device } from './device.ts';
import type { End } from './line.ts';
import type { LinkGroup } from './link-groups.ts';
import { silenceOf } from './missing-reasons.ts';
import { isDown, speedOf } from './port-table.ts';
import { compareText } from './stable-id.ts';
import type {
  DerivedLink,
  DerivedLinkState,
  DerivedSource,
  LinkEnd,
  LinkMember,
  Witness,
} from './topology-model.ts';
import { DERIVED_SOURCES } from './topology-model.ts';

/** A link that is not seen any more although its ports are up goes stale after a day without a reading of its rows. */
export const STALE_AFTER_MS = 24 * 60 * 60_000;

/** Confidence in what one end says, by what says it and how the device was recognised. */
const ONE_SIDED: Readonly<Record<DerivedSource, number>> = {
  lldp: 0.9,
  cdp: 0.85,
  lacp: 0.75,
  stp: 0.7,
  fdb: 0.6,
  manual: 1,
};
const RECOGNISED: Readonly<Record<RecognisedBy, number>> = { chassis: 1, address: 0.95, name: 0.8 };
/** Share of the doubt that a second end leaves. */
const CONFIRMED = 0.1;

/** Tells all of a link but its id and its first sighting, which the derivation before decides. */
export function describeLink(group: LinkGroup, nowMs: number): Omit<DerivedLink, 'id' | 'firstSeenMs'> {
  const [a, b] = group.ends;
  const sides = sidesOf(group);
  const seenFrom = sides.a && sides.b ? 'both' : sides.a ? 'a' : sides.b ? 'b' : null;
  const silent = seenFrom === 'a' ? b : seenFrom === 'b' ? a : undefined;
  const witnesses = witnessesOf(group);
  const sources = new Set(witnesses.map(({ source }) => source));
  return {
    a: toEnd(a),
    b: toEnd(b),
    sources: DERIVED_SOURCES.filter((source) => sources.has(source)),
    manualLinkId: null,
    seenFrom,
    silence: silent?.device.node === undefined ? null : silenceOf(silent.device.node, otherOf(group, silent)),
    members: group.members,
    isSplitAggregate: group.isSplitAggregate,
    state: stateOf(group, nowMs),
    speedBps: speedOfGroup(group),
    confidence: confidenceOf(group),
    witnesses,
    lastSeenMs: group.newestMs,
  };
}

export function toEnd({ device, port }: End): LinkEnd {
  return { device: device.ref, interface: port?.ref ?? null };
}

function otherOf({ ends: [a, b] }: LinkGroup, end: End): Device {
  return end === a ? b.device : a.device;
}

/** Which ends say so. What only passes frames on has nothing to say, and neither has what is no node. */
function sidesOf({ lines, ends: [a, b] }: LinkGroup): { a: boolean; b: boolean } {
  const speakers = new Set(
    lines.flatMap(({ sightings, evidence }) => [
      ...sightings.map(({ from }) => from.key),
      ...evidence.map(({ node }) => `node:${node.input.nodeId}`),
    ]),
  );
  return { a: speakers.has(a.device.key), b: speakers.has(b.device.key) };
}

function witnessesOf({ lines, ends: [a, b] }: LinkGroup): Witness[] {
  const endOf = (key: string) => (key === a.device.key ? 'a' : key === b.device.key ? 'b' : null);
  const found = lines.flatMap(({ sightings, evidence }) => [
    ...sightings.flatMap(({ from, claims }) =>
      claims.map(
        ({ source, table, atMs, words }): Witness => ({
          end: endOf(from.key),
          nodeId: from.ref.id,
          source,
          table,
          atMs,
          words,
        }),
      ),
    ),
    ...evidence.map(
      ({ node, source, table, atMs, words }): Witness => ({
        end: endOf(`node:${node.input.nodeId}`),
        nodeId: node.input.nodeId,
        source,
        table,
        atMs,
        words,
      }),
    ),
  ]);
  const key = ({ nodeId, source, words }: Witness) => `${nodeId} ${source} ${words}`;
  const unique = new Map(found.map((witness) => [key(witness), witness]));
  return [...unique].toSorted(([x], [y]) => compareText(x, y)).map(([, witness]) => witness);
}

/** Down when every cable of it has a port that is down; stale when its rows were not read for a day. */
function stateOf({ ends, members, newestMs }: LinkGroup, nowMs: number): DerivedLinkState {
  if (areDown(ends, members)) return 'down';
  return nowMs - newestMs > STALE_AFTER_MS ? 'stale' : 'up';
}

/** Whether nothing can pass between two ends. */
export function areDown(ends: readonly End[], members: readonly LinkMember[]): boolean {
  if (members.length > 0) return members.every(({ state }) => state === 'down');
  return ends.some(({ port }) => port !== undefined && isDown(port) === true);
}

function speedOfGroup({ ends, members }: LinkGroup): number | null {
  const up = members.filter(({ state, speedBps }) => state !== 'down' && speedBps !== null);
  if (up.length > 0) return up.reduce((sum, { speedBps }) => sum + (speedBps ?? 0), 0);
  const speeds = ends.flatMap(({ port }) => speedOf(port) ?? []);
  return speeds.length === 0 ? null : Math.min(...speeds);
}

function confidenceOf({ lines }: LinkGroup): number {
  let doubt = 1;
  for (const { sightings, evidence, isMutual } of lines) {
    const own = Math.min(
      1,
      ...sightings.flatMap(({ claims, by }) =>
        claims.map(({ source }) => 1 - ONE_SIDED[source] * (by === undefined ? 1 : RECOGNISED[by])),
      ),
      ...evidence.map(({ source }) => 1 - ONE_SIDED[source]),
    );
    doubt = Math.min(doubt, own * (isMutual ? CONFIRMED : 1));
  }
  return Math.round((1 - doubt) * 100) / 100;
}
