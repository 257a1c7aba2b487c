import { type Cable, type WiredDevice, type WiredPort, type Wiring, wiredPorts } from '@stratora/simulator';

/** A plant of sixty managed switches, as it is wired. */
export interface SwitchPlant {
  readonly wiring: Wiring;
  /** Names of the devices that are monitored: the sixty switches, the router before them, and a server. */
  readonly monitored: readonly string[];
}

const CORES = ['core-1', 'core-2'];
/** Numbers of the distribution switches, each with six access switches of one kind. */
const BLOCKS = ['plain', 'cdp', 'lag', 'stack', 'deaf', 'silent'] as const;
type Block = (typeof BLOCKS)[number];
const ACCESS_OF_BLOCK = 6;
const ACCESS_PORTS = 12;
const RING = 8;
const LINE = 4;
const FLOODED = 4;
/** The VLANs of the plant: of the switches themselves, of desks, of phones. */
const OWN_VLAN = 10;
const DESK_VLAN = 20;
const VOICE_VLAN = 30;

/**
 * Draws the plant: two cores that stand as one for the aggregates of six distribution switches; below these six blocks of
 * access switches, which speak LLDP, CDP, by LAGs, as stacks, to one side alone, or not at all; a ring of the field behind the first block,
 * a chain behind the second, four switches joined by a dumb one that floods LLDP and CDP, and at the desks hosts,
 * phones, access points, hypervisors and small switches that nobody manages.
 *
 * @param addressOf the address of a monitored device by its number, from 1
 * @param collector the host of the collector, at the first core
 */
export function switchPlant(
  addressOf: (number: number) => string,
  collector: { mac: string; address: string },
): SwitchPlant {
  const sketch = new Sketch(addressOf);
  drawCores(sketch);
  const { mac, address } = collector;
  sketch.add({
    name: 'collector',
    kind: 'host',
    ports: [{ name: 'lan1', index: 1, mac }],
    vlan: OWN_VLAN,
    mac,
    address,
  });
  sketch.plug('core-1:Te1/0/21', 'collector:lan1');
  for (const [at, block] of BLOCKS.entries()) drawBlock(sketch, block, at + 1);
  drawRing(sketch);
  drawLine(sketch);
  drawFlooded(sketch);
  drawDesks(sketch);
  return sketch.finish();
}

/** What was drawn until now. */
class Sketch {
  readonly #addressOf: (number: number) => string;
  readonly #devices: WiredDevice[] = [];
  readonly #cables: Cable[] = [];
  readonly #monitored: string[] = [];
  #guests = 0;

  constructor(addressOf: (number: number) => string) {
    this.#addressOf = addressOf;
  }

  /** Adds a device that is monitored, at the next address. */
  monitor(device: Omit<WiredDevice, 'address' | 'vlan'>): void {
    this.#monitored.push(device.name);
    this.add({ ...device, address: this.#addressOf(this.#monitored.length), vlan: OWN_VLAN });
  }

  add(device: WiredDevice): void {
    this.#devices.push(device);
  }

  /** Plugs a cable between two ports, each `DEVICE:PORT`. */
  plug(a: string, b: string, isUp = true): void {
    this.#cables.push({ a, b, isUp });
  }

  /** Returns MAC addresses that no device has. */
  guests(count: number): { mac: string }[] {
    return Array.from({ length: count }, () => {
      this.#guests += 1;
      const octets = [0x52, 0x54, 0, 0x77, this.#guests >> 8, this.#guests & 0xff];
      return { mac: octets.map((octet) => octet.toString(16).padStart(2, '0')).join(':') };
    });
  }

  finish(): SwitchPlant {
    return {
      wiring: { devices: this.#devices, cables: this.#cables },
      monitored: this.#monitored,
    };
  }
}

const gigabit = (count: number, prefix = 'Gi1/0/', firstIndex = 1): WiredPort[] =>
  wiredPorts(count, {
    prefix,
    longPrefix: prefix.replace('Gi', 'GigabitEthernet'),
    firstIndex,
    vlan: DESK_VLAN,
  });
const tenGigabit = (count: number, firstIndex: number, prefix = 'Te1/1/'): WiredPort[] =>
  wiredPorts(count, {
    prefix,
    longPrefix: prefix.replace('Te', 'TenGigabitEthernet'),
    firstIndex,
    megabits: 10_000,
    vlan: OWN_VLAN,
  });

/** Index of the first aggregate, and of the first uplink of an access switch. */
const AGGREGATES = 500;
const UPLINKS = 101;

function drawCores(sketch: Sketch): void {
  const ports = tenGigabit(24, 1, 'Te1/0/');
  for (const name of CORES) {
    const towards = BLOCKS.map((_, at) => ({
      name: `Po${at + 1}`,
      index: AGGREGATES + at + 1,
      ports: [`Te1/0/${at + 1}`],
    }));
    sketch.monitor({
      name,
      kind: 'switch',
      ports,
      aggregates: [...towards, { name: 'Po20', index: AGGREGATES + 20, ports: ['Te1/0/23', 'Te1/0/24'] }],
      lldp: 'both',
      // The two stand as one for whoever has an aggregate to both.
      lacpSystem: '02:aa:00:00:00:01',
    });
  }
  for (const port of ['Te1/0/23', 'Te1/0/24']) sketch.plug(`core-1:${port}`, `core-2:${port}`);
  sketch.monitor({
    name: 'router-1',
    kind: 'router',
    ports: wiredPorts(4, { prefix: 'ge-0/0/', vlan: OWN_VLAN }),
    lldp: 'both',
    portIds: 'local',
  });
  sketch.plug('core-1:Te1/0/20', 'router-1:ge-0/0/1');
  sketch.plug('core-2:Te1/0/20', 'router-1:ge-0/0/2');
}

function drawBlock(sketch: Sketch, block: Block, number: number): void {
  const dist = `dist-${number}`;
  const speech = block === 'cdp' ? ({ lldp: 'both', cdp: 'both' } as const) : ({ lldp: 'both' } as const);
  const down = block === 'lag' || block === 'stack';
  const downlinks = Array.from({ length: ACCESS_OF_BLOCK }, (_, at) => ({
    name: `Po${at + 1}`,
    index: AGGREGATES + at + 1,
    ports: [`Te1/0/${2 * at + 1}`, `Te1/0/${2 * at + 2}`],
  }));
  sketch.monitor({
    name: dist,
    kind: 'switch',
    ports: [...tenGigabit(16, 1, 'Te1/0/'), ...tenGigabit(2, UPLINKS)],
    aggregates: [
      ...(down ? downlinks : []),
      { name: 'Po48', index: AGGREGATES + 48, ports: ['Te1/1/1', 'Te1/1/2'] },
    ],
    ...speech,
    // Three number spaces that begin at different numbers, as most have them.
    offsets: { bridge: 1_000, lldp: 200, fdb: 30 },
  });
  for (const [at, core] of CORES.entries()) sketch.plug(`${core}:Te1/0/${number}`, `${dist}:Te1/1/${at + 1}`);
  for (let at = 0; at < ACCESS_OF_BLOCK; at += 1) drawAccess(sketch, block, { dist, number, at });
}

interface AccessPlace {
  readonly dist: string;
  readonly number: number;
  readonly at: number;
}

function drawAccess(sketch: Sketch, block: Block, { dist, number, at }: AccessPlace): void {
  const name = `sw-${number}${at + 1}`;
  const uplinks = ['Te1/1/1', 'Te1/1/2'];
  const common = {
    name,
    kind: 'switch',
    ports: [...gigabit(ACCESS_PORTS), ...tenGigabit(2, UPLINKS)],
  } as const;
  const lag = { name: 'Po1', index: AGGREGATES + 1, ports: uplinks };
  if (block === 'lag') {
    // Every other one is a LAG without LACP.
    sketch.monitor({ ...common, lldp: 'both', aggregates: [{ ...lag, lacp: at % 2 === 0 }] });
  } else if (block === 'stack') {
    drawStack(sketch, name, at);
  } else {
    sketch.monitor({ ...common, ...accessSpeech(block, at) });
  }
  if (block === 'lag' || block === 'stack') {
    const [first = '', second = ''] = block === 'lag' ? uplinks : ['Te1/1/1', 'Te2/1/1'];
    sketch.plug(`${dist}:Te1/0/${2 * at + 1}`, `${name}:${first}`);
    sketch.plug(`${dist}:Te1/0/${2 * at + 2}`, `${name}:${second}`);
  } else {
    sketch.plug(`${dist}:Te1/0/${at + 1}`, `${name}:Te1/1/1`);
  }
}

/** How an access switch speaks, by its block: each of a block otherwise. */
function accessSpeech(block: Block, at: number): Partial<WiredDevice> {
  const ways: Readonly<Record<Block, readonly Partial<WiredDevice>[]>> = {
    plain: [
      { lldp: 'both' },
      { lldp: 'both', portIds: 'mac' },
      { lldp: 'both', portIds: 'local', offsets: { bridge: 64, lldp: 7 } },
      { lldp: 'both', portIds: 'ifindex' },
      { lldp: 'both', lldpMib: 'v2', bridgeMib: 'plain' },
      { lldp: 'both', cdp: 'both' },
    ],
    cdp: [{ cdp: 'both' }],
    lag: [{ lldp: 'both' }],
    stack: [{ lldp: 'both' }],
    deaf: [{ lldp: 'send' }, { lldp: 'receive' }],
    silent: [{}, { bridgeMib: 'plain' }],
  };
  const list = ways[block];
  return list[at % list.length] ?? {};
}

function drawStack(sketch: Sketch, name: string, at: number): void {
  const members = 2 + (at % 2);
  const numbers = Array.from({ length: members }, (_, member) => member + 1);
  sketch.monitor({
    name,
    kind: 'switch',
    ports: numbers.flatMap((member) => [
      ...gigabit(ACCESS_PORTS, `Gi${member}/0/`, member * 1_000 + 1),
      ...tenGigabit(2, member * 1_000 + UPLINKS, `Te${member}/1/`),
    ]),
    aggregates: [{ name: 'Po1', index: AGGREGATES + 1, ports: ['Te1/1/1', 'Te2/1/1'] }],
    lldp: 'both',
    stackSerials: numbers.map((member) => `FCW${2_400 + at}L0${member}A`),
  });
}

/** A ring of industrial switches, which begins and ends at the first two access switches of the plain block. */
function drawRing(sketch: Sketch): void {
  for (let at = 1; at <= RING; at += 1) {
    sketch.monitor({
      name: `ring-${at}`,
      kind: 'switch',
      ports: wiredPorts(8, { prefix: 'P', longPrefix: 'Port ', megabits: 100, vlan: OWN_VLAN }),
      lldp: 'both',
      portIds: 'local',
      bridgeMib: 'plain',
    });
    if (at > 1) sketch.plug(`ring-${at - 1}:P2`, `ring-${at}:P1`);
  }
  sketch.plug('sw-11:Gi1/0/11', 'ring-1:P1');
  sketch.plug(`ring-${RING}:P2`, 'sw-12:Gi1/0/11');
}

/** A chain of small switches, which name their ports by their MAC addresses. */
function drawLine(sketch: Sketch): void {
  for (let at = 1; at <= LINE; at += 1) {
    sketch.monitor({
      name: `line-${at}`,
      kind: 'switch',
      ports: wiredPorts(5, { prefix: 'eth', megabits: 1_000, vlan: OWN_VLAN }),
      lldp: 'both',
      portIds: 'mac',
    });
    sketch.plug(at === 1 ? 'sw-13:Gi1/0/11' : `line-${at - 1}:eth2`, `line-${at}:eth1`);
  }
}

/** Four switches that hear each other's LLDP and CDP through a switch that knows neither. */
function drawFlooded(sketch: Sketch): void {
  sketch.add({
    name: 'dumb-1',
    kind: 'unmanaged',
    ports: wiredPorts(8, { prefix: '', vlan: OWN_VLAN }),
    floods: ['lldp', 'cdp'],
  });
  for (let at = 1; at <= FLOODED; at += 1) {
    sketch.monitor({
      name: `bay-${at}`,
      kind: 'switch',
      ports: gigabit(8),
      lldp: 'both',
      cdp: 'both',
    });
    sketch.plug(`dumb-1:${at}`, `bay-${at}:Gi1/0/1`);
  }
  sketch.plug('dumb-1:8', 'sw-14:Gi1/0/11');
}

/** What stands at the desks: all of it unmonitored. */
function drawDesks(sketch: Sketch): void {
  const port = wiredPorts(1, { prefix: 'eth' });
  const host = (name: string, at: string) => {
    sketch.add({ name, kind: 'host', ports: port, vlan: DESK_VLAN });
    sketch.plug(at, `${name}:eth1`);
  };
  for (const number of [1, 2, 3, 4, 5, 6]) {
    for (let at = 1; at <= ACCESS_OF_BLOCK; at += 1) host(`pc-${number}${at}`, `sw-${number}${at}:Gi1/0/1`);
  }
  // A telephone with a computer behind it.
  sketch.add({
    name: 'phone-1',
    kind: 'phone',
    ports: wiredPorts(2, { prefix: 'port' }),
    vlan: VOICE_VLAN,
    lldp: 'send',
    cdp: 'send',
  });
  sketch.plug('sw-11:Gi1/0/2', 'phone-1:port1');
  host('pc-phone-1', 'phone-1:port2');
  // A server that says who it is and asks nobody: its own tables tell of no neighbour.
  sketch.monitor({ name: 'server-1', kind: 'host', ports: port, lldp: 'send' });
  sketch.plug('sw-32:Gi1/0/3', 'server-1:eth1');
  sketch.add({
    name: 'ap-1',
    kind: 'access_point',
    ports: port,
    vlan: OWN_VLAN,
    lldp: 'send',
    guests: sketch.guests(9),
  });
  sketch.plug('sw-12:Gi1/0/2', 'ap-1:eth1');
  sketch.add({
    name: 'vmhost-1',
    kind: 'hypervisor',
    ports: port,
    vlan: DESK_VLAN,
    lldp: 'send',
    guests: sketch.guests(14),
  });
  sketch.plug('sw-31:Gi1/0/2', 'vmhost-1:eth1');
  // A small switch under a desk, with three computers.
  sketch.add({ name: 'dumb-2', kind: 'unmanaged', ports: wiredPorts(5, { prefix: '' }), vlan: DESK_VLAN });
  sketch.plug('sw-15:Gi1/0/2', 'dumb-2:1');
  for (const at of [1, 2, 3]) host(`pc-dumb-2-${at}`, `dumb-2:${at + 1}`);
  // Cables that are plugged in, and down.
  sketch.plug('sw-16:Gi1/0/11', 'sw-15:Gi1/0/11', false);
}
