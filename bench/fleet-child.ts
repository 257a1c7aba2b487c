import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSecureContext } from 'node:tls';
import { type FloodOrder, flood } from './fleet-flood.ts';
import type { FleetMember } from './fleet-inventory.ts';
import { CYCLE_MS, KINDS, newMark, type Plant, SimulatedComponent, Tally } from './fleet-simulation.ts';

/** The order that a fleet begins its work. */
export interface FleetBegin {
  port: number;
  /** File with the members as JSON. */
  file: string;
  /** The first two octets of their addresses; all of 127/8 is this machine. */
  network: string;
  /** Milliseconds over which their first cycles are spread. */
  spreadMs: number;
  /** PEM of the authority to trust, where the port speaks TLS. */
  authority?: string;
}

/** A request of the bench to this process, a line of JSON; every line is answered by one. */
type Question =
  | ({ ask: 'begin' } & FleetBegin)
  /** Asks for the figures since the last time. */
  | { ask: 'tally' }
  /** Counts whole cycles from here on. */
  | { ask: 'mark' }
  /** Ends the samples; answers when all are taken, with the number that each component made. */
  | { ask: 'end'; withinMs: number }
  | ({ ask: 'flood' } & FloodOrder);

/** The figures of a tally. */
export interface TallyFigures {
  seconds: number;
  calls: Record<string, { count: number; p50: number; p99: number; max: number }>;
  statuses: Record<string, number>;
  retryAfter: number[];
  broken: number;
  /**
   * Number of members that had a whole cycle since the last mark; `newestMs` is the time from the mark to the last of
   * them.
   */
  members: number;
  newestMs: number;
  waiting: number;
  /** Delay of this process's own event loop, which latencies include. */
  ownDelayP99Ms: number;
}

const components: SimulatedComponent[] = [];
const timers: NodeJS.Timeout[] = [];
const delay = monitorEventLoopDelay({ resolution: 5 });
let plant: Plant | undefined;

async function begin({ port, file, network, spreadMs, authority }: FleetBegin) {
  const members = JSON.parse(await readFile(file, 'utf8')) as FleetMember[];
  plant ??= {
    port,
    tls: authority === undefined ? undefined : createSecureContext({ ca: authority }),
    tally: new Tally(),
    cycled: newMark(),
    isStopping: false,
    waitUntilOpen: sharedPortWait(port),
  };
  delay.enable();
  for (const [index, member] of members.entries()) {
    const from = `${network}.${index >> 8}.${index & 255}`;
    const component = new SimulatedComponent(member, plant, from);
    components.push(component);
    const first = setTimeout(
      () => {
        void component.tick();
        timers.push(setInterval(() => void component.tick(), CYCLE_MS));
      },
      (index * spreadMs) / members.length,
    );
    timers.push(first);
  }
  return { members: members.length };
}

/** Makes a wait for the port, one check for all that wait at once. */
function sharedPortWait(port: number): () => Promise<void> {
  let pending: Promise<void> | undefined;
  const poll = async () => {
    while (!(await isOpen(port))) await sleep(20);
    pending = undefined;
  };
  return () => (pending ??= poll());
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (is: boolean) => () => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
  });
}

function takeTally(): TallyFigures {
  if (!plant) throw new Error('nothing has begun');
  const { tally } = plant;
  plant.tally = new Tally();
  const figures: TallyFigures = {
    seconds: (performance.now() - tally.startedAt) / 1000,
    calls: {},
    statuses: Object.fromEntries(tally.statuses),
    retryAfter: tally.retryAfter,
    broken: tally.broken,
    members: plant.cycled.members.size,
    newestMs: plant.cycled.newestAt - plant.cycled.since,
    waiting: components.reduce((sum, { waiting }) => sum + waiting, 0),
    ownDelayP99Ms: delay.percentile(99) / 1e6,
  };
  delay.reset();
  for (const kind of KINDS) {
    const sorted = (tally.latencies.get(kind) ?? []).toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    figures.calls[kind] = { count: sorted.length, p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 };
  }
  return figures;
}

async function end({ withinMs }: { withinMs: number }) {
  for (const timer of timers) clearInterval(timer);
  const deadline = performance.now() + withinMs;
  const waiting = () => components.reduce((sum, component) => sum + component.waiting, 0);
  while (waiting() > 0 && performance.now() < deadline) await sleep(100);
  if (plant) plant.isStopping = true;
  for (const component of components) component.close();
  const made = components.map(({ member, made }) => [member.nodeIds[0], made]);
  return { made, waiting: waiting() };
}

async function answer(question: Question): Promise<unknown> {
  switch (question.ask) {
    case 'begin':
      return begin(question);
    case 'tally':
      return takeTally();
    case 'mark':
      if (plant) plant.cycled = newMark();
      return {};
    case 'end':
      return end(question);
    default:
      return flood(question);
  }
}

const lines = createInterface({ input: process.stdin });
for await (const line of lines) {
  console.log(JSON.stringify(await answer(JSON.parse(line) as Question)));
}
process.exit(0);
