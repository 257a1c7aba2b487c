/** One end of a cable. */
export interface CableEnd {
  readonly device: string;
  /** ifIndex of the port. */
  readonly port: number;
}

/** A cable between two ports: each end receives what the other sends. */
export interface Cable {
  readonly a: CableEnd;
  readonly b: CableEnd;
  readonly megabits: number;
  /** Octets per second that end A sends, a day's mean. */
  readonly fromA: number;
  readonly fromB: number;
}

/** The devices of a site by kind, as cabling needs them. */
export interface SiteNames {
  readonly firewall: string;
  readonly router: string;
  readonly cores: readonly string[];
  readonly access: readonly string[];
  readonly field: readonly string[];
  readonly servers: readonly string[];
  readonly storage: readonly string[];
  /** UPS, printers and sensors, with the octets per second that they send. */
  readonly small: readonly { readonly name: string; readonly octets: number }[];
}

const GIGABIT = 1_000;
const TEN_GIGABIT = 10_000;
/** ifIndex of the uplink of an access switch, after its 24 ports. */
export const ACCESS_UPLINK = 25;
const FIREWALL_INSIDE = 5;
const ROUTER_LAN = 1;
const ROUTER_WAN = 2;
const CORE_TRUNKS = [23, 24];
/** Port of a core switch that whoever watches the plant is plugged into. */
export const WATCHER_PORT = 22;

/** A counter of the next free port of each device, from 1. */
class FreePorts {
  readonly #next = new Map<string, number>();

  take(device: string, first = 1): CableEnd {
    const port = this.#next.get(device) ?? first;
    this.#next.set(device, port + 1);
    return { device, port };
  }
}

/** Lists the cables of one site: firewall and all others are plugged into the core, the field's switches in a chain. */
export function siteCables(site: SiteNames): Cable[] {
  const free = new FreePorts();
  const core = (at: number) => site.cores[at % site.cores.length] ?? '';
  const access = (at: number) => site.access[at % site.access.length] ?? '';
  const cables: Cable[] = [
    cable(end(site.router, ROUTER_LAN), end(site.firewall, 1), GIGABIT, [9e6, 4e6]),
    cable(end(site.firewall, FIREWALL_INSIDE), free.take(core(0)), TEN_GIGABIT, [8.6e6, 3.8e6]),
  ];
  const [first, second] = site.cores;
  if (first !== undefined && second !== undefined) {
    for (const port of CORE_TRUNKS) {
      cables.push(cable(end(first, port), end(second, port), TEN_GIGABIT, [31e6, 28e6]));
    }
  }
  for (const [at, name] of site.access.entries()) {
    cables.push(cable(free.take(core(at)), end(name, ACCESS_UPLINK), TEN_GIGABIT, [5.2e6, 1.4e6]));
  }
  for (const [at, name] of site.field.entries()) {
    const before = site.field[at - 1];
    const upper = before === undefined ? free.take(access(0)) : end(before, 2);
    cables.push(cable(upper, end(name, 1), 100, [24_000, 61_000]));
  }
  const host = (near: CableEnd, name: string, megabits: number, rates: readonly [number, number]) =>
    cables.push(cable(near, end(name, 1), megabits, rates));
  for (const [at, name] of site.servers.entries()) host(free.take(core(at)), name, TEN_GIGABIT, [11e6, 16e6]);
  for (const [at, name] of site.storage.entries()) host(free.take(core(at)), name, GIGABIT, [19e6, 14e6]);
  for (const [at, { name, octets }] of site.small.entries()) {
    host(free.take(access(at)), name, 100, [octets, octets * 1.6]);
  }
  return cables;
}

/** Lists the leased lines between sites, from the first one to each other. */
export function siteLines(routers: readonly string[]): Cable[] {
  const [first = '', ...others] = routers;
  return others.map((name, at) =>
    cable(end(first, ROUTER_WAN + at), end(name, ROUTER_WAN), GIGABIT, [12e6, 5e6]),
  );
}

function end(device: string, port: number): CableEnd {
  return { device, port };
}

function cable(a: CableEnd, b: CableEnd, megabits: number, [fromA, fromB]: readonly [number, number]): Cable {
  return { a, b, megabits, fromA, fromB };
}
