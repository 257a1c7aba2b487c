import type { NeighbourTable } from '@stratora/contract';
import { BY_ADDRESS, CISCO, type Dialect, JUNIPER, NUMBERED, setDialect } from './reports.test-support.ts';
import type { DerivedTopology, InputNode, KeptTable, LinkEnd } from './topology-model.ts';
import { type Cable, type Kind, type WiredDevice, type WiredPort, Wiring } from './wiring.test-support.ts';

export type Random = () => number;

/** How much of what is there goes unsaid: shares of devices, tables and rows. */
export interface Trouble {
  /** Switches that speak neither LLDP nor CDP. */
  readonly silent: number;
  /** Switches that speak CDP alone. */
  readonly cdp: number;
  /** Switches that nobody can ask. */
  readonly foreign: number;
  /** Dumb switches between others. */
  readonly dumb: number;
  /** Rows of neighbours that get lost, in tables that are not read whole. */
  readonly lost: number;
}

const DIALECTS: readonly Dialect[] = [CISCO, JUNIPER, NUMBERED, BY_ADDRESS];

export interface RandomWiring {
  readonly wiring: Wiring;
  readonly dialects: ReadonlyMap<string, Dialect>;
  /** Whether switches tell what spanning tree says; a plant with circles has that. */
  readonly hasTree: boolean;
}

/** Draws a plant by chance: a tree of switches with some circles, bundles, dumb switches, phones, access points and hosts. */
export function randomWiring(random: Random, trouble: Trouble): RandomWiring {
  return new Drawing(random, trouble).draw();
}

const END_KINDS: readonly Kind[] = ['host', 'host', 'phone', 'ap', 'hypervisor'];

class Drawing {
  readonly #random: Random;
  readonly #trouble: Trouble;
  readonly #wiring = new Wiring();
  readonly #dialects = new Map<string, Dialect>();
  readonly #free = new Map<string, number>();
  readonly #switches: string[] = [];

  constructor(random: Random, trouble: Trouble) {
    this.#random = random;
    this.#trouble = trouble;
  }

  draw(): RandomWiring {
    for (let left = 3 + this.#below(10); left > 0; left -= 1) this.#addSwitch();
    // Circles are closed only where spanning tree tells of its blocked ports.
    const hasTree = this.#random() < 0.5;
    for (let ring = hasTree ? this.#below(4) : 0; ring > 0; ring -= 1) {
      const [a, b] = [this.#pick(this.#switches), this.#pick(this.#switches)];
      if (a !== b) this.#wiring.plug(`${this.#next(a)} - ${this.#next(b)}`);
    }
    const anchors = [...this.#wiring.devices.values()].map(({ name }) => name);
    for (let at = this.#below(12); at > 0; at -= 1) this.#addEnd(at, this.#pick(anchors));
    return { wiring: this.#wiring, dialects: this.#dialects, hasTree };
  }

  #addSwitch(): void {
    const { silent, cdp, foreign } = this.#trouble;
    const name = `s${this.#switches.length}`;
    const isFirst = this.#switches.length === 0;
    const speaks = this.#isHit(silent)
      ? { lldp: false, cdp: false }
      : this.#isHit(cdp)
        ? { lldp: false, cdp: true }
        : { lldp: true, cdp: this.#isHit(0.3) };
    const watch = !isFirst && this.#isHit(foreign) ? 'none' : 'asked';
    const isBundled = this.#isHit(0.2) && !isFirst;
    this.#add(name, 'switch', { speaks, watch, bundles: isBundled ? { Po1: ['1', '2'] } : {} });
    if (!isFirst) this.#plugIn(name, this.#pick(this.#switches), isBundled);
    this.#switches.push(name);
  }

  #plugIn(name: string, up: string, isBundled: boolean): void {
    if (isBundled) {
      const ports = [this.#next(up), this.#next(up)];
      this.#wiring.plug(...ports.map((port) => `${this.#next(name)} - ${port}`));
      const numbers = ports.map((port) => port.slice(up.length + 1));
      Object.assign(this.#wiring.get(up).bundles, { [`Po${numbers[0]}0`]: numbers });
    } else if (this.#isHit(this.#trouble.dumb)) {
      const dumb = `d${this.#wiring.devices.size}`;
      this.#add(dumb, 'dumb');
      this.#wiring.plug(
        `${this.#next(name)} - ${this.#next(dumb)}`,
        `${this.#next(dumb)} - ${this.#next(up)}`,
      );
    } else this.#wiring.plug(`${this.#next(name)} - ${this.#next(up)}`);
  }

  #addEnd(at: number, anchor: string): void {
    const kind = this.#pick(END_KINDS);
    const name = `${kind}${at}`;
    this.#add(name, kind, { watch: this.#isHit(0.4) ? 'listed' : 'none' });
    this.#wiring.plug(`${this.#next(name)} - ${this.#next(anchor)}`);
    if (kind === 'phone' && this.#isHit(0.6)) this.#addBehind(name, `pc${at}`, 'host');
    for (let guest = kind === 'hypervisor' ? 1 + this.#below(3) : 0; guest > 0; guest -= 1)
      this.#addBehind(name, `vm${at}x${guest}`, 'guest');
  }

  #addBehind(name: string, other: string, kind: Kind): void {
    this.#add(other, kind, { watch: this.#isHit(0.4) ? 'listed' : 'none' });
    this.#wiring.plug(`${this.#next(name)} - ${other} 1`);
  }

  #add(name: string, kind: Kind, how: Parameters<Wiring['add']>[2] = {}): void {
    this.#wiring.add(name, kind, how);
    const dialect = this.#pick(DIALECTS);
    this.#dialects.set(name, dialect);
    setDialect(this.#wiring.get(name), dialect);
  }

  #next(name: string): string {
    const port = (this.#free.get(name) ?? 0) + 1;
    this.#free.set(name, port);
    return `${name} ${port}`;
  }

  #isHit(share: number): boolean {
    return this.#random() < share;
  }

  #below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  #pick<T>(list: readonly T[]): T {
    return list[this.#below(list.length)] as T;
  }
}

const SPEAKING: readonly NeighbourTable[] = ['lldp_neighbours', 'cdp_neighbours'];

/** Loses rows of the tables of neighbours, which are then no whole ones. */
export function loseRows(node: InputNode, random: Random, share: number): InputNode {
  const tables: Partial<Record<NeighbourTable, KeptTable<unknown>>> = { ...node.tables };
  for (const table of SPEAKING) {
    const kept = tables[table];
    if (kept === undefined || kept.rows.length === 0 || random() > share * 2) continue;
    const rows = kept.rows.filter(() => random() > share);
    tables[table] = { ...kept, rows, isWhole: false, lastState: 'part', lastReason: 'timeout' };
  }
  return { ...node, tables: tables as InputNode['tables'] };
}

/** Lists links that no cable is behind, in words. Two devices may have a dumb or a foreign switch between only where one is drawn. */
export function inventedLinks(
  wiring: Wiring,
  topology: DerivedTopology,
  dialects: ReadonlyMap<string, Dialect>,
): string[] {
  const nameOf = (end: LinkEnd) =>
    end.device.kind === 'node'
      ? end.device.id.replace(/^node-/, '')
      : topology.neighbours.find(({ id }) => id === end.device.id)?.name;
  return topology.links.flatMap((link) => {
    const ends = [link.a, link.b];
    const isDrawn = ends.some(({ device }) => device.kind === 'inferred');
    const real = ends.filter(({ device }) => device.kind !== 'inferred');
    const isTrue = isDrawn
      ? real.every((end) =>
          portsAt(wiring, dialects, { name: nameOf(end), end }).some((port) => leadsToUnknown(wiring, port)),
        )
      : wiring.cables.some((cable) =>
          [cable.ends, cable.ends.toReversed()].some((order) =>
            ends.every((end, at) =>
              isEnd(wiring, dialects, { name: nameOf(end), end, at: order[at] as WiredPort }),
            ),
          ),
        ) ||
        isBehindForeign(wiring, ends.map(nameOf)) ||
        isOneWire(
          wiring,
          dialects,
          ends.map((end) => ({ name: nameOf(end), end })),
        );
    return isTrue
      ? []
      : [
          `${ends.map((end) => `${nameOf(end) ?? 'switch'} ${end.interface?.name ?? '?'}`).join(' - ')} (${link.sources.join()})`,
        ];
  });
}

interface NamedEnd {
  readonly name: string | undefined;
  readonly end: LinkEnd;
}

function isEnd(
  wiring: Wiring,
  dialects: ReadonlyMap<string, Dialect>,
  { name, end, at }: NamedEnd & { at: WiredPort },
): boolean {
  return (
    at.device.name === name && portsAt(wiring, dialects, { name, end }).some(({ port }) => port === at.port)
  );
}

/** The ports that an end may mean: the named one, those of a bundle, or all. */
function portsAt(
  wiring: Wiring,
  dialects: ReadonlyMap<string, Dialect>,
  { name, end }: NamedEnd,
): WiredPort[] {
  const device = wiring.devices.get(name ?? '');
  if (device === undefined) return [];
  const text = end.interface?.name ?? end.interface?.key ?? null;
  const dialect = dialects.get(device.name) ?? CISCO;
  const all = wiring.portsOf(device).map((port) => ({ device, port }));
  if (text === null || /^(lldp|bridge|cdp)#/.test(text)) return all;
  const members = device.bundles[text];
  if (members !== undefined) return members.map((port) => ({ device, port }));
  const named = all.filter(({ port }) =>
    [dialect.name(port), dialect.description(port), dialect.portId(device, port).text].includes(text),
  );
  return named;
}

/**
 * Whether two ends are plugged into one wire, through things that nobody can ask and that do not say that they are there:
 * that looks like a cable.
 */
function isOneWire(
  wiring: Wiring,
  dialects: ReadonlyMap<string, Dialect>,
  ends: readonly NamedEnd[],
): boolean {
  const [a, b] = ends.map((end) => portsAt(wiring, dialects, end));
  return (a ?? []).some((from) => {
    const seen = [from];
    for (const at of seen) {
      const far = wiring.farOf(at);
      if (far === undefined) continue;
      if (b?.some(({ device, port }) => device === far.device && port === far.port)) return true;
      if (far.device.kind !== 'dumb' && (far.device.kind !== 'switch' || far.device.watch === 'asked'))
        continue;
      for (const port of wiring.portsOf(far.device))
        if (!seen.some((one) => one.device === far.device && one.port === port))
          seen.push({ device: far.device, port });
    }
    return false;
  });
}

/** Lists ports that have lines to several devices, in words; a port has one cable. */
export function crowdedPorts({ links }: DerivedTopology): string[] {
  const far = new Map<string, Set<string>>();
  for (const { a, b, isSplitAggregate } of links)
    for (const [near, other] of [
      [a, b],
      [b, a],
    ] as const) {
      if (near.device.kind !== 'node' || near.interface === null || isSplitAggregate) continue;
      const key = `${near.device.id} ${near.interface.key}`;
      far.set(key, (far.get(key) ?? new Set()).add(other.device.id));
    }
  return [...far].flatMap(([key, devices]) => (devices.size > 1 ? [key] : []));
}

/** Whether something that nobody can ask is plugged in at a port. */
function leadsToUnknown(wiring: Wiring, at: WiredPort): boolean {
  const far = wiring.farOf(at)?.device;
  return far !== undefined && (far.kind === 'dumb' || (far.kind !== 'host' && far.watch !== 'asked'));
}

/** Whether a device hangs somewhere behind another one that nobody can ask: no more is known of it. */
function isBehindForeign(wiring: Wiring, [a = '', b = '']: readonly (string | undefined)[]): boolean {
  const [one, other] = [wiring.devices.get(a), wiring.devices.get(b)];
  if (one === undefined || other === undefined) return false;
  const isForeign = (device: WiredDevice) => device.watch !== 'asked' && device.kind !== 'host';
  return [
    [one, other],
    [other, one],
  ].some(
    ([near, far]) =>
      isForeign(near as WiredDevice) &&
      far?.watch !== 'asked' &&
      isReached(wiring, near as WiredDevice, far as WiredDevice),
  );
}

function isReached(wiring: Wiring, from: WiredDevice, to: WiredDevice): boolean {
  const seen = new Set([from.name]);
  const queue = [from];
  for (const device of queue)
    for (const port of wiring.portsOf(device)) {
      const far = wiring.farOf({ device, port })?.device;
      if (far === undefined || seen.has(far.name)) continue;
      if (far === to) return true;
      seen.add(far.name);
      if (far.watch !== 'asked') queue.push(far);
    }
  return false;
}

/** Lists cables between two switches that are asked and speak one language whose link is missing, in words. */
export function missingLinks(
  wiring: Wiring,
  topology: DerivedTopology,
  dialects: ReadonlyMap<string, Dialect>,
): string[] {
  const isTold = ({ ends: [a, b], isCut }: Cable) =>
    !isCut &&
    [a, b].every(({ device }) => device.watch === 'asked') &&
    (['lldp', 'cdp'] as const).some((protocol) => a.device.speaks[protocol] && b.device.speaks[protocol]);
  return wiring.cables.filter(isTold).flatMap((cable) => {
    const isThere = topology.links.some(({ a, b, members }) => {
      const pairs = [[a, b], [b, a], ...members.flatMap((member) => memberPairs({ a, b }, member))];
      return pairs.some((pair) =>
        pair.every((end, at) =>
          isEnd(wiring, dialects, {
            name: end.device.kind === 'node' ? end.device.id.replace(/^node-/, '') : undefined,
            end,
            at: cable.ends[at] as WiredPort,
          }),
        ),
      );
    });
    return isThere ? [] : [cable.ends.map(({ device, port }) => `${device.name} ${port}`).join(' - ')];
  });
}

function memberPairs(
  { a, b }: { a: LinkEnd; b: LinkEnd },
  member: { a: LinkEnd['interface']; b: LinkEnd['interface'] },
) {
  const [one, other] = [
    { ...a, interface: member.a },
    { ...b, interface: member.b },
  ];
  return [
    [one, other],
    [other, one],
  ];
}
