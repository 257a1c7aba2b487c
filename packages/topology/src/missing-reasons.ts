import type { NeighbourTable } from '@stratora/contract';
import type { Device } from './device.ts';
import type { Claim } from './neighbour-claim.ts';
import { calledIn } from './neighbour-claim.ts';
import { type Plant, type PlantNode, rowsOf } from './plant.ts';
import type { Contradiction } from './port-conflicts.ts';
import type { Sightings } from './sighting.ts';
import { compareText } from './stable-id.ts';
import type { MissingReason, ReasonCode } from './topology-model.ts';

const TABLE_WORDS: Partial<Record<NeighbourTable, string>> = {
  interfaces: 'interfaces',
  addresses: 'addresses',
  lldp_ports: 'LLDP ports',
  lldp_neighbours: 'LLDP neighbours',
  cdp_neighbours: 'CDP neighbours',
  bridge_ports: 'bridge ports',
  forwarding: 'forwarding entries',
  address_resolution: 'resolved addresses',
  aggregates: 'aggregates',
  stack_members: 'stack members',
};
const SPEAKING = ['lldp_neighbours', 'cdp_neighbours'] as const;

/** Says why a node does not tell of a device that hears it, in a sentence without a full stop. */
export function silenceOf(node: PlantNode, other: Device): string {
  const { name, tables } = node.input;
  const read = SPEAKING.flatMap((table) => tables[table] ?? []);
  if (read.length === 0) return `the neighbours of ${name} were never read`;
  const rows = read.reduce((sum, table) => sum + table.rows.length, 0);
  const broken = read.find(({ isWhole, lastState }) => !isWhole && lastState !== 'absent');
  if (broken !== undefined)
    return `the neighbours of ${name} were not read whole${broken.lastReason === null ? '' : `: ${broken.lastReason}`}`;
  if (read.every(({ lastState }) => lastState === 'absent')) return `LLDP is off on ${name}`;
  if (rows === 0) return `${name} lists no neighbours`;
  return `${name} lists ${countOf(rows, 'neighbour')}, and ${other.label} is not among them`;
}

/** What was found on the way that leaves lines out. */
export interface ReasonFacts {
  readonly sightings: Sightings;
  readonly contradictions: readonly Contradiction[];
}

/** Lists for each node why lines of it are missing, or not whole, by node and kind. */
export function missingReasons(plant: Plant, facts: ReasonFacts): MissingReason[] {
  const reasons = [
    ...plant.nodes.flatMap((node) => tableReasons(node)),
    ...plant.nodes.flatMap((node) => unresolvedPorts(node, facts)),
    ...claimReasons(facts),
    ...sameDevices(plant),
  ];
  return reasons.toSorted(
    (a, b) =>
      compareText(a.nodeId, b.nodeId) ||
      compareText(a.code, b.code) ||
      compareText(a.table ?? '', b.table ?? '') ||
      compareText(a.words, b.words),
  );
}

function tableReasons({ input }: PlantNode): MissingReason[] {
  const { nodeId, name, tables } = input;
  const reason = (code: ReasonCode, table: NeighbourTable | null, words: string): MissingReason => ({
    nodeId,
    code,
    table,
    count: null,
    words,
  });
  const read = SPEAKING.flatMap((table) => (tables[table] === undefined ? [] : [table]));
  if (read.length === 0) return [reason('never_read', null, `the neighbours of ${name} were never read`)];
  const found: MissingReason[] = [];
  if (read.every((table) => tables[table]?.lastState === 'absent'))
    found.push(reason('lldp_off', 'lldp_neighbours', `LLDP is off on ${name}`));
  else if (read.every((table) => tables[table]?.rows.length === 0 && isSettled(tables[table])))
    found.push(reason('table_empty', 'lldp_neighbours', `${name} lists no neighbours`));
  for (const table of Object.keys(TABLE_WORDS) as NeighbourTable[]) {
    const kept = tables[table];
    const why = kept?.lastReason == null ? '' : `: ${kept.lastReason}`;
    if (kept?.lastState === 'part')
      found.push(reason('broke_off', table, `reading the ${TABLE_WORDS[table]} of ${name} broke off${why}`));
    else if (kept?.lastState === 'failed')
      found.push(reason('failed', table, `the ${TABLE_WORDS[table]} of ${name} could not be read${why}`));
  }
  return found;
}

function isSettled(kept: { isWhole: boolean; lastState: string } | undefined): boolean {
  return kept?.isWhole === true || kept?.lastState === 'absent';
}

/** Neighbours that are heard on a port of which nothing but a number is known. */
function unresolvedPorts(node: PlantNode, { sightings }: ReasonFacts): MissingReason[] {
  if (rowsOf(node.input, 'interfaces').length === 0) return [];
  const ports = new Set(
    sightings.sightings
      .filter(({ from, port }) => from.node === node && port.row === undefined)
      .map(({ port }) => port),
  );
  if (ports.size === 0) return [];
  const { nodeId, name } = node.input;
  const words = `${countOf(ports.size, 'port')} of ${name} on which a neighbour is heard ${ports.size === 1 ? 'is' : 'are'} none of its interfaces, as far as the tables tell`;
  return [{ nodeId, code: 'port_unknown', table: 'lldp_ports', count: ports.size, words }];
}

function claimReasons({ sightings, contradictions }: ReasonFacts): MissingReason[] {
  const { openClaims, ownEchoes, strays } = sightings;
  const doubtful = openClaims.filter(({ owners }) => owners.length > 0);
  const isStray = new Set(strays.map(({ claim }) => claim));
  const unknown = openClaims.filter(({ claim, owners }) => owners.length === 0 && !isStray.has(claim));
  const dropped = contradictions.flatMap(({ line, words }) =>
    line.sightings.flatMap(({ claims }) => claims.map((claim) => ({ claim, words }))),
  );
  return [
    ...perNode(
      unknown.map(({ claim }) => claim),
      'neighbours_unknown',
      (claims) => {
        const names = new Set(claims.map(({ identity }) => calledIn(identity)));
        return { count: names.size, words: `${countOf(names.size, 'neighbour')} unknown: ${listOf(names)}` };
      },
    ),
    ...perNode(
      doubtful.map(({ claim }) => claim),
      'two_owners',
      (claims) => {
        const names = new Set(claims.map(({ identity }) => calledIn(identity)));
        return { count: names.size, words: `several nodes go by what is heard: ${listOf(names)}` };
      },
    ),
    ...perNode(
      strays.map(({ claim }) => claim),
      'outside',
      (claims) => {
        const names = new Set(claims.map(({ identity }) => calledIn(identity)));
        return {
          count: names.size,
          words: `${listOf(names)} ${names.size === 1 ? 'is a node' : 'are nodes'} of another site or collector, and only one end says so`,
        };
      },
    ),
    ...perNode(ownEchoes, 'sees_itself', (claims) => {
      const ports = new Set(claims.map(({ port }) => port.ref.name ?? port.ref.key));
      return { count: ports.size, words: `hears itself on ${listOf(ports)}` };
    }),
    ...perNode(
      dropped.map(({ claim }) => claim),
      'contradicted',
      (claims) => {
        const words = new Set(dropped.flatMap((one) => (claims.includes(one.claim) ? [one.words] : [])));
        return { count: claims.length, words: listOf(words) };
      },
    ),
  ];
}

function perNode(
  claims: readonly Claim[],
  code: ReasonCode,
  say: (claims: readonly Claim[]) => { count: number; words: string },
): MissingReason[] {
  return [...Map.groupBy(claims, ({ from }) => from.input.nodeId)].map(([nodeId, some]) => {
    const tables = new Set(some.map(({ table }) => table));
    const [table = null] = tables;
    return { nodeId, code, table: tables.size === 1 ? table : null, ...say(some) };
  });
}

/** Nodes that call themselves one chassis: a device that was added twice, or two that were cloned. */
function sameDevices(plant: Plant): MissingReason[] {
  const marks = new Map<string, PlantNode[]>();
  for (const node of plant.nodes) {
    const { system, siteId, collectorId } = node.input;
    for (const mark of [system?.engine_id, system?.chassis?.text, system?.serial]) {
      if (mark === undefined || mark === null || mark === '') continue;
      const key = `${siteId}|${collectorId ?? ''}|${mark}`;
      const known = marks.get(key);
      if (known === undefined) marks.set(key, [node]);
      else if (!known.includes(node)) known.push(node);
    }
  }
  const pairs = new Map<string, MissingReason>();
  for (const some of marks.values())
    for (const node of some.length > 1 ? some : []) {
      const others = new Set(some.filter((other) => other !== node).map(({ input }) => input.name));
      pairs.set(node.input.nodeId, {
        nodeId: node.input.nodeId,
        code: 'same_device',
        table: null,
        count: others.size,
        words: `says that it is the same device as ${listOf(others)}`,
      });
    }
  return [...pairs.values()];
}

const LISTED = 5;

function listOf(names: ReadonlySet<string>): string {
  const sorted = [...names].toSorted(compareText);
  const rest = sorted.length - LISTED;
  return rest > 0 ? `${sorted.slice(0, LISTED).join(', ')} and ${rest} more` : sorted.join(', ');
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
