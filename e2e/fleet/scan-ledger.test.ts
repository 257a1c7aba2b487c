import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  type DiscoveryOptions,
  type DiscoveryOrder,
  type DiscoveryPart,
  discoveryOptionsSchema,
  discoveryPartSchema,
  effectiveOptions,
} from '@stratora/contract';
import { inNamespace, NetworkLab, NODE, requireBinary } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FarPlan } from './scan-far.ts';
import { SentCapture, type SentPackets } from './sent-packets.ts';

const isPossible =
  NetworkLab.isPossible() && requireBinary('tcpdump') !== undefined && requireBinary('fping') !== undefined;
/** Named like those of a lab, which removes what a run that was killed has left. */
const [NEAR, FAR] = [`stlab-${process.pid}-scan`, `stlab-${process.pid}-scanned`];
const SCANNER = '10.77.0.1';
const NAME_SERVER = '10.77.0.53';
const OPS = {
  secName: 'ops',
  secLevel: 'authPriv',
  authProtocol: 'SHA256',
  authPassword: 'right authentic words',
  privProtocol: 'AES',
  privPassword: 'right private words',
} as const;
const DEVICES: FarPlan['devices'] = [
  { address: '10.77.0.10' },
  { address: '10.77.0.11', community: 'other' },
  { address: '10.77.0.12', community: '', users: [OPS] },
  { address: '10.77.0.13', behaviour: { kind: 'lossy', every: 3 } },
  { address: '10.77.0.14', behaviour: { kind: 'dead' } },
  { address: '10.77.0.15', behaviour: { kind: 'twice' } },
  { address: '10.77.0.16', behaviour: { kind: 'slow', delayMs: 700 } },
];
/** Addresses that are routed to the far end, and that nobody has. */
const DARK = ['10.78.0.1-10.78.0.20'];

function ip(...args: string[]): void {
  const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr.trim()}`);
}

/** Makes a scanner and a segment of devices at the ends of one cable. */
function connectEnds(): void {
  for (const namespace of [NEAR, FAR]) {
    ip('netns', 'add', namespace);
    ip('-n', namespace, 'link', 'set', 'lo', 'up');
    ip('netns', 'exec', namespace, 'sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1');
  }
  ip('-n', NEAR, 'link', 'add', 'near0', 'type', 'veth', 'peer', 'name', 'far0', 'netns', FAR);
  ip('-n', NEAR, 'addr', 'add', `${SCANNER}/24`, 'dev', 'near0');
  for (const address of [NAME_SERVER, ...DEVICES.map((device) => device.address)])
    ip('-n', FAR, 'addr', 'add', `${address}/24`, 'dev', 'far0');
  ip('-n', NEAR, 'link', 'set', 'near0', 'up');
  ip('-n', FAR, 'link', 'set', 'far0', 'up');
  ip('-n', NEAR, 'route', 'add', '10.78.0.0/24', 'via', NAME_SERVER);
}

function orderOf(options: Partial<DiscoveryOptions>): DiscoveryOrder {
  const secret = {
    username: 'ops',
    security_level: 'authPriv',
    auth_protocol: 'SHA256',
    auth_password: OPS.authPassword,
    priv_protocol: 'AES',
    priv_password: OPS.privPassword,
  };
  return {
    run_id: 'ledger',
    targets: ['10.77.0.10-10.77.0.16', ...DARK],
    crawl: null,
    credentials: [
      { id: '0199c0de-0000-7000-8000-000000000101', type: 'snmp_v2c', secret: { community: 'public' } },
      { id: '0199c0de-0000-7000-8000-000000000102', type: 'snmp_v1', secret: { community: 'public' } },
      { id: '0199c0de-0000-7000-8000-000000000103', type: 'snmp_v3', secret },
    ],
    options: effectiveOptions(discoveryOptionsSchema.parse(options)),
    rules: null,
    cursor: null,
    next_part: 0,
    part_seconds: 1,
    stop_at: null,
  };
}

/** Runs a scan at the near end, and captures what it sends. */
async function captured(order: DiscoveryOrder, cancelAfterMs?: number) {
  const capture = await SentCapture.start(FAR, 'far0');
  const [command, args] = inNamespace(NEAR, NODE, [
    join(import.meta.dirname, 'scan-near.ts'),
    JSON.stringify(order),
    NAME_SERVER,
  ]);
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const timer =
    cancelAfterMs === undefined ? undefined : setTimeout(() => child.stdin.write('\n'), cancelAfterMs);
  const parts: DiscoveryPart[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    parts.push(discoveryPartSchema.parse(JSON.parse(line)));
  }
  clearTimeout(timer);
  return { parts, sent: await capture.stop(SCANNER) };
}

/** The ledger with SNMP by version, as a capture has it; questions to DNS under the address of its server. */
function told(parts: readonly DiscoveryPart[]): SentPackets {
  const ledger = new Map<string, Record<string, number>>();
  for (const { address, kind, packets } of parts.flatMap((part) => part.ledger)) {
    const to = kind === 'dns_query' ? NAME_SERVER : address;
    const name = /^snmp_v(?:1|2c|3)/.exec(kind)?.[0] ?? kind;
    const row = ledger.get(to) ?? {};
    row[name] = (row[name] ?? 0) + packets;
    ledger.set(to, row);
  }
  return ledger;
}

/** The lines of packets, in one order. */
function lines(packets: SentPackets): string[] {
  return [...packets]
    .flatMap(([address, row]) => Object.entries(row).map(([kind, count]) => `${address} ${kind} ${count}`))
    .toSorted((a, b) => a.localeCompare(b));
}

describe.skipIf(!isPossible)('the ledger of a scan equals a capture of what it sent', () => {
  let far: ChildProcess;

  beforeAll(async () => {
    connectEnds();
    const plan: FarPlan = { devices: DEVICES, webAddress: '10.77.0.10', nameServer: NAME_SERVER };
    const [command, args] = inNamespace(FAR, NODE, [
      join(import.meta.dirname, 'scan-far.ts'),
      JSON.stringify(plan),
    ]);
    far = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    if (far.stdout !== null) await once(createInterface({ input: far.stdout }), 'line');
  });
  afterAll(async () => {
    const gone = once(far, 'exit');
    far.stdin?.end();
    await gone;
    for (const namespace of [NEAR, FAR]) ip('netns', 'del', namespace);
  });

  it('of every kind, with repeats, silence, refusals and devices that answer twice', async () => {
    const { parts, sent } = await captured(
      orderOf({ packets_per_second: 2000, host_packets_per_second: 200 }),
    );
    expect(parts.at(-1)?.end).toEqual({ how: 'done', message: null });
    expect(lines(told(parts))).toEqual(lines(sent));
    const devices = parts.flatMap((part) => part.devices);
    expect(devices).toHaveLength(DEVICES.length);
    expect(
      devices
        .filter(({ credential_id: id }) => id !== null)
        .map(({ address }) => address)
        .toSorted(),
    ).toEqual(['10.77.0.10', '10.77.0.12', '10.77.0.13', '10.77.0.15', '10.77.0.16']);
    expect(devices.find(({ address }) => address === '10.77.0.10')?.web).toMatchObject({ title: 'Boiler' });
    expect(devices.every(({ mac_address: mac }) => mac !== null)).toBe(true);
  });

  it('of one that is OT-safe: pings and SNMP alone', async () => {
    const order = orderOf({
      ot_safe: true,
      dns: false,
      packets_per_second: 200,
      host_packets_per_second: 50,
    });
    // One message of three is lost there: without repeats it is read by SNMPv1, which takes minutes.
    const targets = ['10.77.0.10-10.77.0.12', '10.77.0.14-10.77.0.16', ...DARK];
    const { parts, sent } = await captured({ ...order, targets });
    expect(lines(told(parts))).toEqual(lines(sent));
    const kinds = new Set([...sent.values()].flatMap(Object.keys));
    expect([...kinds].toSorted((a, b) => a.localeCompare(b))).toEqual([
      'icmp_echo',
      'snmp_v1',
      'snmp_v2c',
      'snmp_v3',
    ]);
  });

  it('of one that is cancelled in its middle', async () => {
    const order = orderOf({ packets_per_second: 40, host_packets_per_second: 20, http: false, dns: false });
    const { parts, sent } = await captured(order, 2500);
    expect(parts.at(-1)?.end?.how).toBe('cancelled');
    // Of pings that were on their way fping tells nothing: what may have been sent is in the ledger, a packet or two too many.
    const noted = lines(told(parts));
    expect(lines(sent).filter((line) => !noted.includes(line))).toEqual([]);
    const more = noted.filter((line) => !lines(sent).includes(line));
    expect(more.length, more.join(', ')).toBeLessThanOrEqual(5);
    expect(more.every((line) => line.includes('icmp_echo'))).toBe(true);
  });
});
