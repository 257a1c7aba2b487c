/** Number of series that a node has. */
export const SERIES_PER_NODE = 34;

/** Number of lines that a node has in a cycle. */
const LINES_PER_NODE = 12;

/** Share of the values that leave their usual range at times: one of that many. */
const ODD_ONE_OF = 200;
/** Period of the usual movement, and of the times in which an odd value is out of its range. */
const SWING_SECONDS = 600;
const ODD_SECONDS = 1_800;
const ODD_SHARE = 0.4;
/** Unix time from which counters count (2026-01-01), so that they stay exact as JavaScript numbers. */
const COUNTING_SINCE = 1_767_225_600;

/** A field as a pure function of its place and of Unix time in seconds. */
type Field = (place: number, seconds: number) => number;

interface Line {
  readonly measurement: string;
  readonly tags: string;
  readonly fields: Readonly<Record<string, Field>>;
}

const LINES: readonly Line[] = [
  {
    measurement: 'ping',
    tags: '',
    fields: { percent_packet_loss: level(0.2, 0.2, 30), average_response_ms: level(8, 4, 600) },
  },
  {
    measurement: 'snmp',
    tags: '',
    fields: { uptime: (place, seconds) => counted(seconds, 100, place), clock_skew_seconds: level(1, 1, 90) },
  },
  ...['1', '2'].map((cpu) => ({
    measurement: 'device_cpu',
    tags: `,cpu=${cpu}`,
    fields: { usage_percent: level(35, 20, 97) },
  })),
  ...['ram', 'swap'].map((pool) => ({
    measurement: 'device_memory',
    tags: `,pool=${pool}`,
    fields: { used_percent: level(40, 5, 96) },
  })),
  ...['/', '/data'].map((volume) => ({
    measurement: 'device_storage',
    tags: `,volume=${volume}`,
    fields: {
      total_bytes: () => 100e9,
      used_bytes: (place: number, seconds: number) => 40e9 + (counted(seconds, 1_000, place) % 20e9),
      used_percent: level(50, 2, 97),
    },
  })),
  ...['inlet', 'chassis'].map((sensor) => ({
    measurement: 'device_sensor',
    tags: `,kind=temperature,sensor=${sensor}`,
    fields: { value: level(30, 4, 65), status: () => 0 },
  })),
  ...['1', '2'].map((port) => ({
    measurement: 'interface',
    tags: `,ifDescr=GigabitEthernet1/0/${port},ifName=Gi1/0/${port}`,
    fields: {
      ifAdminStatus: () => 1,
      ifOperStatus: level(1, 0, 2),
      ifHighSpeed: () => 1_000,
      ifHCInOctets: rate(4e6),
      ifHCOutOctets: rate(3e6),
      ifInErrors: rate(0.02),
      ifOutErrors: rate(0.01),
      ifInDiscards: rate(0.02),
    },
  })),
];

/** Renders the line protocol of nodes: the same values for the same nodes and times. */
export class NodeLines {
  /** Starts of the lines of each node, one after the other. */
  readonly #heads: string[];

  constructor(nodeIds: readonly string[]) {
    this.#heads = nodeIds.flatMap((id, node) =>
      LINES.map(
        ({ measurement, tags }) =>
          `${measurement},collector_id=hall,node_id=${id},node_name=node-${node}${tags} `,
      ),
    );
  }

  /** Renders the lines of the nodes from `first` up to but not including `end`. */
  render(first: number, end: number, seconds: number): string {
    let text = '';
    for (let node = first; node < end; node += 1) {
      for (const [at, { fields }] of LINES.entries()) {
        text += this.#heads[node * LINES_PER_NODE + at];
        let separator = '';
        for (const name in fields) {
          const place = node * 64 + at * 5 + name.length;
          text += `${separator}${name}=${fields[name]?.(place, seconds) ?? 0}`;
          separator = ',';
        }
        text += ` ${seconds}000\n`;
      }
    }
    return text;
  }
}

/** Makes a value that swings around a level, and for a few places is at another level from time to time. */
function level(base: number, swing: number, odd: number): Field {
  return (place, seconds) => {
    const mixed = mix(place);
    const phase = mixed % ODD_SECONDS;
    const isOdd = mixed % ODD_ONE_OF === 0 && (seconds + phase) % ODD_SECONDS < ODD_SHARE * ODD_SECONDS;
    if (isOdd) return odd;
    const moved = base + swing * Math.sin((2 * Math.PI * (seconds + phase)) / SWING_SECONDS);
    return Math.round(moved * 100) / 100;
  };
}

function rate(perSecond: number): Field {
  return (place, seconds) => counted(seconds, perSecond, place);
}

/** A counter that has its own speed, between half of and one and a half times the usual. */
function counted(seconds: number, perSecond: number, place: number): number {
  return Math.floor((seconds - COUNTING_SINCE) * perSecond * (0.5 + (mix(place) % 1_000) / 1_000));
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** Makes the id of a node by its number; the same in the store and in the database. */
export function nodeIdOf(number: number): string {
  return `01970000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`;
}
