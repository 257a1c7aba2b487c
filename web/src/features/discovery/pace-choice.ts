import type { DiscoveryOptions } from '@stratora/contract';
import { formatNumber } from '../../ui/format/units.ts';

/** How gentle a scan is, as the form offers it. */
export type Pace = 'normal' | 'gentle' | 'ot_safe';

/** Packets per second in all, and to one host: of `normal` and `ot_safe` as the server has them too. */
export const PACE_LIMITS: Readonly<Record<Pace, { readonly all: number; readonly host: number }>> = {
  normal: { all: 500, host: 20 },
  gentle: { all: 50, host: 5 },
  ot_safe: { all: 20, host: 2 },
};

export const PACE_CHOICES: readonly {
  readonly value: Pace;
  readonly label: string;
  readonly note: string;
}[] = [
  {
    value: 'normal',
    label: 'Normal',
    note: 'For office and server networks. The order is spread, so that no host gets its packets in a row.',
  },
  {
    value: 'gentle',
    label: 'Gentle',
    note: 'The same questions, at a tenth of the pace: for slow lines and old switches.',
  },
  {
    value: 'ot_safe',
    label: 'OT-safe',
    note: 'For networks with controllers of machines: no port is knocked at, no web page is asked for.',
  },
];

/** The options of a job of which nobody said anything, as the server has them too. */
export const DISCOVERY_DEFAULTS: DiscoveryOptions = {
  ping: true,
  tcp: null,
  tcp_ports: null,
  snmp: true,
  snmp_port: 161,
  http: null,
  dns: true,
  packets_per_second: null,
  host_packets_per_second: null,
  ot_safe: false,
  exclude: [],
  hours: null,
};

/** The pace that options amount to. */
export function paceOf({
  ot_safe: isSafe,
  packets_per_second: all,
  host_packets_per_second: host,
}: DiscoveryOptions): Pace {
  if (isSafe) return 'ot_safe';
  const { gentle } = PACE_LIMITS;
  return all === gentle.all && host === gentle.host ? 'gentle' : 'normal';
}

/** What a scan asks, as far as it matters for what is sent. */
export interface Asked {
  readonly pace: Pace;
  readonly ping: boolean;
  readonly tcp: boolean;
  readonly snmp: boolean;
  readonly http: boolean;
  readonly dns: boolean;
  readonly credentials: number;
  /** Packets per second in all, and to one host. */
  readonly all: number;
  readonly host: number;
}

/** Says what a scan sends, one sentence for each kind. */
export function sentWords(asked: Asked): readonly string[] {
  const { pace, ping, tcp, snmp, http, dns, credentials, all, host } = asked;
  const isSafe = pace === 'ot_safe';
  return [
    `At most ${formatNumber(all)} packets a second in all, ${formatNumber(host)} to one host.`,
    ...(ping ? ['A ping to each address.'] : []),
    ...(tcp && !isSafe ? ['A TCP connection to the usual ports of each host; nothing is sent over it.'] : []),
    ...(snmp ? [snmpWords(credentials)] : []),
    ...(http && !isSafe
      ? ['One request to the web server of each host, for its title and certificate.']
      : []),
    ...(dns ? ['Questions to your name server; none of them goes to the hosts.'] : []),
  ];
}

function snmpWords(credentials: number): string {
  if (credentials === 0)
    return 'No SNMP reads, since no credential is chosen; communities are never guessed.';
  const each = credentials === 1 ? 'The credential is' : `Each of the ${credentials} credentials is`;
  return `SNMP reads. ${each} tried once at a host, and no community is guessed.`;
}

/** Says what a scan never does. */
export function neverWords({ pace, tcp, http }: Pick<Asked, 'pace' | 'tcp' | 'http'>): string {
  const never = [
    'writes to a device',
    'sends to the raw port of a printer',
    ...(pace === 'ot_safe' || !tcp ? ['knocks at ports'] : []),
    ...(pace === 'ot_safe' || !http ? ['asks for web pages'] : []),
  ];
  return `It never ${never.slice(0, -1).join(', ')} or ${never.at(-1)}.`;
}
