import { spawnSync } from 'node:child_process';

/** A range of loopback addresses that is swept, and where its devices are. */
export interface SweptRange {
  readonly name: string;
  readonly cidr: string;
  /** The first address as a number. */
  readonly base: number;
  /** Number of hosts, the first and last address left out. */
  readonly hosts: number;
  readonly devices: readonly string[];
}

const DARK_MARK = 'dark0';

/** Places devices in a range: far from each other, always the same. */
export function sweptRange(name: string, cidr: string, devices: number): SweptRange {
  const [first = '', bits = ''] = cidr.split('/');
  const base = first.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
  const hosts = 2 ** (32 - Number(bits)) - 2;
  const places = new Set<number>();
  for (let seed = 12_345; places.size < devices; seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 1)
    places.add((seed % hosts) + 1);
  return { name, cidr, base, hosts, devices: [...places].map((place) => addressText(base + place)) };
}

export function addressText(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

/**
 * A network namespace in which some loopback addresses are this machine and all others are silent. In an ordinary one every
 * address of 127/8 answers pings, and says at once that nobody listens at a UDP port.
 */
export class SilentLoopback {
  readonly namespace = `stsweep-${process.pid}`;

  constructor(ranges: readonly SweptRange[]) {
    ip(['netns', 'add', this.namespace]);
    const lines = [
      'link set lo up',
      `link add ${DARK_MARK} type veth peer name dark1`,
      `link set ${DARK_MARK} arp off up`,
      'link set dark1 arp off up',
      `addr add 192.0.2.1/32 dev ${DARK_MARK}`,
      'route del local 127.0.0.0/8 dev lo table local',
      ...ranges.flatMap(({ cidr, devices }) => [
        ...devices.map((address) => `route add local ${address}/32 dev lo table local src 127.0.0.1`),
        `route add ${cidr} dev ${DARK_MARK} src 127.0.0.1`,
      ]),
    ];
    this.#exec(['sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1']);
    ip(['-n', this.namespace, 'link', 'set', 'lo', 'up']);
    // What nobody has leaves by a pair of interfaces whose other end takes nothing.
    ip(['-n', this.namespace, '-batch', '-'], `${lines.slice(0, 5).join('\n')}\n`);
    this.#exec(['sysctl', '-qw', `net.ipv4.conf.${DARK_MARK}.route_localnet=1`]);
    ip(['-n', this.namespace, '-batch', '-'], `${lines.slice(5).join('\n')}\n`);
  }

  /** Makes the command line that runs a program in it. */
  command(program: string, args: readonly string[]): [string, string[]] {
    return ['ip', ['netns', 'exec', this.namespace, program, ...args]];
  }

  dispose(): void {
    spawnSync('ip', ['netns', 'del', this.namespace]);
  }

  #exec(command: readonly string[]): void {
    ip(['netns', 'exec', this.namespace, ...command]);
  }
}

function ip(args: readonly string[], input?: string): void {
  const { status, stderr, error } = spawnSync('ip', args, { encoding: 'utf8', input });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${error?.message ?? stderr.trim()}`);
}
