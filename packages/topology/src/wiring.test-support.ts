/** What a device of a wiring is. A `dumb` switch passes everything on and says nothing; nobody can ask it. */
export type Kind = 'switch' | 'dumb' | 'host' | 'phone' | 'ap' | 'hypervisor' | 'guest';

export interface WiredDevice {
  readonly name: string;
  readonly kind: Kind;
  readonly number: number;
  /** Whether it is a node that can be asked by SNMP; `listed` is a node that cannot. */
  readonly watch: 'asked' | 'listed' | 'none';
  readonly speaks: { readonly lldp: boolean; readonly cdp: boolean };
  readonly site: string;
  /** Ports that are bundled, by the name of the bundle. */
  readonly bundles: Readonly<Record<string, readonly string[]>>;
}

export interface WiredPort {
  readonly device: WiredDevice;
  readonly port: string;
}

export interface Cable {
  readonly ends: readonly [WiredPort, WiredPort];
  readonly isCut: boolean;
}

export type Protocol = 'lldp' | 'cdp';

/** A cable plant as it is: devices, and what is plugged into what. It knows who hears whom, and what switches learn. */
export class Wiring {
  readonly devices = new Map<string, WiredDevice>();
  readonly cables: Cable[] = [];
  readonly #ports = new Map<string, string[]>();

  /** Adds a device. Switches are asked and speak LLDP unless something else is said; others say nothing. */
  add(
    name: string,
    kind: Kind = 'switch',
    how: Partial<Omit<WiredDevice, 'name' | 'kind' | 'number'>> = {},
  ): this {
    const isSpeaking = kind === 'switch' || kind === 'phone' || kind === 'ap';
    this.devices.set(name, {
      name,
      kind,
      number: this.devices.size + 1,
      watch: kind === 'switch' ? 'asked' : 'none',
      speaks: { lldp: isSpeaking, cdp: false },
      site: 'hall',
      bundles: {},
      ...how,
    });
    return this;
  }

  /** Plugs cables: `core 1 - edge 24`. */
  plug(...cables: readonly string[]): this {
    for (const cable of cables) {
      const [a = '', b = ''] = cable.split(' - ');
      this.cables.push({ ends: [this.#portAt(a), this.#portAt(b)], isCut: false });
    }
    return this;
  }

  /** Pulls the cable at a port, and plugs it in elsewhere if that is said. */
  pull(at: string, to?: string): this {
    const { device, port } = this.#portAt(at);
    const found = this.cables.findIndex(({ ends }) =>
      ends.some((end) => end.device === device && end.port === port),
    );
    const [cable] = this.cables.splice(found, 1);
    const other = cable?.ends.find((end) => end.device !== device || end.port !== port) as WiredPort;
    if (to !== undefined) this.cables.push({ ends: [other, this.#portAt(to)], isCut: false });
    return this;
  }

  /** Cuts the cable at a port: both its ports go down. */
  cut(at: string): this {
    const { device, port } = this.#portAt(at);
    for (const [index, cable] of this.cables.entries())
      if (cable.ends.some((end) => end.device === device && end.port === port))
        this.cables[index] = { ...cable, isCut: true };
    return this;
  }

  get(name: string): WiredDevice {
    const found = this.devices.get(name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  }

  portsOf({ name }: WiredDevice): readonly string[] {
    return this.#ports.get(name) ?? [];
  }

  cableAt({ device, port }: WiredPort): Cable | undefined {
    return this.cables.find(({ ends }) => ends.some((end) => end.device === device && end.port === port));
  }

  farOf(at: WiredPort): WiredPort | undefined {
    const cable = this.cableAt(at);
    if (cable === undefined || cable.isCut) return undefined;
    return cable.ends.find((end) => end.device !== at.device || end.port !== at.port);
  }

  /** The ports whose announcements arrive at a port; a switch passes nothing on over a port that is blocked. */
  heardAt(at: WiredPort, protocol: Protocol, blocked: ReadonlySet<string> = new Set()): WiredPort[] {
    const heard: WiredPort[] = [];
    const seen = new Set<string>();
    const follow = (from: WiredPort) => {
      const far = this.farOf(from);
      if (far === undefined || seen.has(`${far.device.name} ${far.port}`)) return;
      seen.add(`${far.device.name} ${far.port}`);
      if (far.device.speaks[protocol]) heard.push(far);
      if (!passesOn(far.device, protocol) || blocked.has(`${far.device.name} ${far.port}`)) return;
      for (const port of this.portsOf(far.device))
        if (
          bundleOf(far.device, port) !== bundleOf(far.device, far.port) &&
          !blocked.has(`${far.device.name} ${port}`)
        )
          follow({ device: far.device, port });
    };
    follow(at);
    return heard.filter((end) => end.device !== at.device);
  }

  #portAt(text: string): WiredPort {
    const at = text.lastIndexOf(' ');
    const device = this.get(text.slice(0, at));
    const port = text.slice(at + 1);
    const known = this.#ports.get(device.name) ?? [];
    if (!known.includes(port)) known.push(port);
    this.#ports.set(device.name, known);
    return { device, port };
  }
}

/** No bridge passes LLDP on but those that know nothing of it; CDP passes wherever it is not spoken. */
function passesOn({ kind, speaks }: WiredDevice, protocol: Protocol): boolean {
  if (kind === 'dumb') return true;
  return protocol === 'cdp' && !speaks.cdp && (kind === 'switch' || kind === 'phone');
}

export function macOf({ number }: WiredDevice, port = 0): string {
  const bytes = [0x00, 0x1b, 0x21, number >> 8, number & 0xff, port];
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
}

/** Address of a guest, as a hypervisor makes it. */
export function guestMac({ number }: WiredDevice): string {
  return `52:54:00:00:${(number >> 8).toString(16).padStart(2, '0')}:${(number & 0xff).toString(16).padStart(2, '0')}`;
}

/** The bundle of a port, or itself. */
export function bundleOf(device: WiredDevice, port: string): string {
  return Object.entries(device.bundles).find(([, members]) => members.includes(port))?.[0] ?? port;
}

export interface Learned {
  readonly mac: string;
  readonly port: string;
}

const FORWARDS: ReadonlySet<Kind> = new Set(['switch', 'dumb', 'phone', 'ap', 'hypervisor']);

/** Lets every device say something to everybody, over a tree without circles. @returns what each switch learns */
export function learn(wiring: Wiring): {
  learned: Map<string, Learned[]>;
  blocked: Set<string>;
  designated: Map<string, WiredPort>;
} {
  const { tree, blocked } = spanningTree(wiring);
  const learned = new Map<string, Learned[]>();
  for (const talker of wiring.devices.values()) {
    if (talker.kind === 'dumb') continue;
    const mac = talker.kind === 'guest' ? guestMac(talker) : macOf(talker);
    const seen = new Set([talker.name]);
    const queue = [talker.name];
    for (const name of queue)
      for (const { device, port } of tree.get(name) ?? []) {
        if (seen.has(device.name)) continue;
        seen.add(device.name);
        const known = learned.get(device.name) ?? [];
        learned.set(device.name, known);
        known.push({ mac, port: bundleOf(device, port) });
        if (FORWARDS.has(device.kind)) queue.push(device.name);
      }
  }
  return { learned, blocked, designated: designatedPorts(wiring, tree, blocked) };
}

/** For each port of a switch the port of the switch at the other end of its cable that is nearer to the first switch. */
function designatedPorts(
  wiring: Wiring,
  tree: ReadonlyMap<string, readonly WiredPort[]>,
  blocked: ReadonlySet<string>,
): Map<string, WiredPort> {
  const [first] = wiring.devices.keys();
  const depth = new Map([[first ?? '', 0]]);
  for (const [name, own] of depth)
    for (const { device } of tree.get(name) ?? [])
      if (!depth.has(device.name)) depth.set(device.name, own + 1);
  const found = new Map<string, WiredPort>();
  for (const { ends, isCut } of wiring.cables)
    for (const [near, far] of [
      [ends[0], ends[1]],
      [ends[1], ends[0]],
    ] as const) {
      if (isCut || near.device.kind !== 'switch' || far.device.kind !== 'switch') continue;
      const isBelow = (depth.get(far.device.name) ?? 0) < (depth.get(near.device.name) ?? 0);
      const isBlocked = blocked.has(`${near.device.name} ${near.port}`);
      const isOtherBlocked = blocked.has(`${far.device.name} ${far.port}`);
      if (isBlocked || (isBelow && !isOtherBlocked)) found.set(`${near.device.name} ${near.port}`, far);
    }
  return found;
}

/** For each device the ports of others that its frames come in at, over a tree; and ports that are blocked. */
function spanningTree(wiring: Wiring): { tree: Map<string, WiredPort[]>; blocked: Set<string> } {
  const tree = new Map<string, WiredPort[]>();
  const blocked = new Set<string>();
  const joined = new Map<string, string>();
  const used = new Map<string, string>();
  const find = (name: string): string => {
    const up = joined.get(name);
    return up === undefined ? name : find(up);
  };
  // Ends first: a circle is opened between switches.
  const order = wiring.cables.filter(({ isCut }) => !isCut);
  for (const { ends } of order) {
    const [a, b] = ends;
    const pair = `${a.device.name} ${bundleOf(a.device, a.port)} ${b.device.name} ${bundleOf(b.device, b.port)}`;
    if (used.has(pair)) continue;
    const [one, other] = [find(a.device.name), find(b.device.name)];
    if (one === other) {
      blocked.add(`${b.device.name} ${b.port}`);
      continue;
    }
    used.set(pair, pair);
    joined.set(one, other);
    tree.set(a.device.name, [...(tree.get(a.device.name) ?? []), b]);
    tree.set(b.device.name, [...(tree.get(b.device.name) ?? []), a]);
  }
  return { tree, blocked };
}
