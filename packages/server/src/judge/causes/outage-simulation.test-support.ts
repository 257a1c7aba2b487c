import type { TopologyGraph } from '../../inventory/topology/index.ts';
import type { CauseFacts, Causes, NodeReturn } from './cause-facts.ts';
import { findCauses } from './find-causes.ts';
import { findHold } from './hold.ts';
import { buildNetwork, type Network } from './network.ts';
import type { Fault, RandomPlant, Senses } from './random-plant.test-support.ts';

/** Steps of one detection interval: nobody takes longer to notice an outage. */
export const WAIT_STEPS = 5;

/** Returns the nodes that a port hears while some are broken: the truth, found the slow and plain way. */
export function heardFrom(
  { nodes, links, parents, hosts }: TopologyGraph,
  port: string,
  broken: ReadonlySet<string>,
): Set<string> {
  const before = new Map<string, string[]>(nodes.map(({ id }) => [id, []]));
  for (const [node, parent] of parents) before.get(node)?.push(parent);
  const isSet = new Set(parents.map(([node]) => node));
  for (const [a, b] of links) {
    if (!isSet.has(b)) before.get(b)?.push(a);
    if (!isSet.has(a)) before.get(a)?.push(b);
  }
  const heard = new Set(hosts.filter(([watcher]) => watcher === port).map(([, node]) => node));
  for (let size = -1; size !== heard.size; ) {
    size = heard.size;
    for (const { id, port: own } of nodes) {
      const ways = before.get(id) ?? [];
      const isLed = ways.length === 0 ? own === port : ways.some((way) => heard.has(way));
      if (isLed && !broken.has(id)) heard.add(id);
    }
  }
  return heard;
}

interface NodeState {
  silentFor: number;
  heardFor: number;
  downSince: number | undefined;
  /** Whether it was broken itself at any time of this silence. */
  wasBroken: boolean;
  isTold: boolean;
  doubtedSince: number | undefined;
  doubtedFor: number;
  /** Number of steps in a row in which it was broken, and nothing before it was. */
  plainFor: number;
}

/** A plant whose nodes break and work again by plan, watched and judged step by step. */
export class OutageSimulation {
  readonly #plant: RandomPlant;
  readonly #network: Network;
  readonly #states: Map<string, NodeState>;
  readonly #returned = new Map<string, NodeReturn>();
  readonly #ports: ReadonlyMap<string, string | undefined>;
  /** What each port hears, and while what is broken. */
  readonly #known = new Map<string, { broken: ReadonlySet<string>; heard: ReadonlySet<string> }>();
  #step = 0;
  #broken: ReadonlySet<string> = new Set();
  #visible: ReadonlySet<string> = new Set();
  /** Nodes that people were told of, once for each outage. */
  readonly told: { node: string; step: number; wasBroken: boolean; doubtedFor: number }[] = [];

  constructor(plant: RandomPlant) {
    this.#plant = plant;
    this.#network = buildNetwork(plant.graph);
    this.#ports = new Map(plant.graph.nodes.map(({ id, port }) => [id, port]));
    const fresh = (): NodeState => ({
      silentFor: 0,
      heardFor: WAIT_STEPS,
      downSince: undefined,
      wasBroken: false,
      isTold: false,
      doubtedSince: undefined,
      doubtedFor: 0,
      plainFor: 0,
    });
    this.#states = new Map(plant.graph.nodes.map(({ id }) => [id, fresh()]));
  }

  get broken(): ReadonlySet<string> {
    return this.#broken;
  }

  get downNodes(): string[] {
    return [...this.#states].flatMap(([id, { downSince }]) => (downSince === undefined ? [] : [id]));
  }

  /** Broken nodes that would be heard if they alone were repaired. */
  get visibleFaults(): string[] {
    return [...this.#visible];
  }

  #findVisible(): Set<string> {
    const others = (id: string) => new Set([...this.#broken].filter((other) => other !== id));
    return new Set([...this.#broken].filter((id) => this.#heard(id, others(id))));
  }

  /** Takes one step. @returns what was found of its outages; undefined where there are none */
  advance(): Causes | undefined {
    this.#step += 1;
    const isNow = ({ from, until }: Fault) => from <= this.#step && this.#step < until;
    const now = this.#plant.faults.filter(isNow).map(({ node }) => node);
    if (now.join() !== [...this.#broken].join()) {
      this.#broken = new Set(now);
      this.#visible = this.#findVisible();
    }
    const broken = this.#broken;
    for (const [id, state] of this.#states) this.#sense(id, state, broken);
    for (const state of this.#states.values()) state.plainFor += 1;
    for (const [id, state] of this.#states) if (!this.#visible.has(id)) state.plainFor = 0;
    const facts = this.#facts();
    if (facts.down.size === 0) return undefined;
    const causes = findCauses(this.#network, facts);
    for (const id of facts.down.keys()) this.#tell(causes, id);
    return causes;
  }

  /** Broken nodes that nobody was told of for at least so many steps, with nothing before them broken. */
  untold(steps: number): string[] {
    return [...this.#states].flatMap(([id, { plainFor, isTold }]) =>
      plainFor >= steps && !isTold ? [id] : [],
    );
  }

  #heard(id: string, broken: ReadonlySet<string>): boolean {
    const port = this.#ports.get(id) ?? '';
    let known = this.#known.get(port);
    if (known?.broken !== broken) {
      known = { broken, heard: heardFrom(this.#plant.graph, port, broken) };
      this.#known.set(port, known);
    }
    return known.heard.has(id);
  }

  #sense(id: string, state: NodeState, broken: ReadonlySet<string>): void {
    const { suspectAfter, downAfter, backAfter } = this.#plant.senses.get(id) as Senses;
    if (!this.#heard(id, broken)) {
      if (state.silentFor === 0 && state.downSince === undefined) state.wasBroken = false;
      state.wasBroken ||= broken.has(id);
      state.heardFor = 0;
      state.silentFor += 1;
      if (state.silentFor >= downAfter) state.downSince ??= this.#step;
      return;
    }
    state.heardFor += 1;
    const isSuspected = state.silentFor >= suspectAfter && state.downSince === undefined;
    if (isSuspected) this.#returned.set(id, { atMs: this.#step, downSinceMs: undefined });
    state.silentFor = 0;
    if (state.downSince === undefined || state.heardFor < backAfter) return;
    this.#returned.set(id, { atMs: this.#step, downSinceMs: state.downSince });
    Object.assign(state, { downSince: undefined, isTold: false, doubtedSince: undefined, doubtedFor: 0 });
  }

  #facts(): CauseFacts {
    const up = [...this.#states].filter(([, { downSince }]) => downSince === undefined);
    const idsOf = (matches: (state: NodeState, senses: Senses) => boolean) =>
      new Set(
        up.flatMap(([id, state]) => (matches(state, this.#plant.senses.get(id) as Senses) ? [id] : [])),
      );
    return {
      nowMs: this.#step,
      waitMs: WAIT_STEPS,
      down: new Map(
        [...this.#states].flatMap(([id, { downSince }]) =>
          downSince === undefined ? [] : [[id, downSince]],
        ),
      ),
      suspected: idsOf(({ silentFor }, { suspectAfter }) => silentFor >= suspectAfter),
      unknown: new Set(),
      returned: this.#returned,
      steady: idsOf(({ heardFor }) => heardFor >= WAIT_STEPS),
      inMaintenance: new Set(),
    };
  }

  #tell(causes: Causes, node: string): void {
    const state = this.#states.get(node) as NodeState;
    const hold = findHold(causes, {
      nodeId: node,
      isOutage: true,
      firedAtMs: state.downSince ?? 0,
      durationMs: 0,
      doubtedSinceMs: state.doubtedSince,
    });
    state.doubtedFor = state.doubtedSince === undefined ? 0 : this.#step - state.doubtedSince;
    state.doubtedSince = hold?.untilMs === undefined ? undefined : (state.doubtedSince ?? this.#step);
    if (hold || state.isTold) return;
    state.isTold = true;
    this.told.push({ node, step: this.#step, wasBroken: state.wasBroken, doubtedFor: state.doubtedFor });
  }
}
