import { join } from 'node:path';
import {
  type DiscoveryOptions,
  type DiscoveryOrder,
  type DiscoveryPart,
  discoveryOptionsSchema,
  discoveryPartSchema,
  effectiveOptions,
} from '@stratora/contract';
import { RuleBook, readRuleFiles } from '@stratora/identify';
import { OutboundGuard } from '@stratora/runtime';
import type { RunScanOptions } from './run-scan.ts';
import { runScan } from './run-scan.ts';

const RULES = join(import.meta.dirname, '../../../../identification');
export const RUN_ID = '0199c0de-0000-7000-8000-000000000001';
export const CREDENTIAL_IDS = [1, 2, 3, 4].map((at) => `0199c0de-0000-7000-8000-00000000010${at}`);

let book: Promise<RuleBook> | undefined;

/** The rules of the product. */
export function productBook(): Promise<RuleBook> {
  book ??= readRuleFiles(RULES).then(({ rules, registry }) => new RuleBook(rules, registry));
  return book;
}

/** Everything off that is not asked for, and fast. */
const QUIET: Partial<DiscoveryOptions> = {
  ping: false,
  tcp: false,
  snmp: false,
  http: false,
  dns: false,
  packets_per_second: 5_000,
  host_packets_per_second: 1_000,
};

export function testOrder(
  targets: readonly string[],
  options: Partial<DiscoveryOptions>,
  more: Partial<DiscoveryOrder> = {},
): DiscoveryOrder {
  return {
    run_id: RUN_ID,
    targets: [...targets],
    crawl: null,
    credentials: [],
    options: effectiveOptions(discoveryOptionsSchema.parse({ ...QUIET, ...options })),
    rules: null,
    cursor: null,
    next_part: 0,
    part_seconds: 1,
    stop_at: null,
    ...more,
  };
}

/** A community as a credential of an order. */
export function community(at: number, text: string, type: 'snmp_v1' | 'snmp_v2c' = 'snmp_v2c') {
  return { id: CREDENTIAL_IDS[at] ?? '', type, secret: { community: text } };
}

/** A user of SNMPv3 as a credential of an order. */
export function user(at: number, username: string, authPassword: string, privPassword?: string) {
  return {
    id: CREDENTIAL_IDS[at] ?? '',
    type: 'snmp_v3' as const,
    secret: {
      username,
      security_level: privPassword === undefined ? 'authNoPriv' : 'authPriv',
      auth_protocol: 'SHA256',
      auth_password: authPassword,
      ...(privPassword === undefined ? {} : { priv_protocol: 'AES', priv_password: privPassword }),
    },
  };
}

/** All parts of a scan, put together. */
export interface ScanOutcome {
  readonly parts: readonly DiscoveryPart[];
  readonly devices: DiscoveryPart['devices'];
  readonly remarks: readonly string[];
  readonly end: DiscoveryPart['end'];
  /** Packets by address and kind. */
  readonly ledger: ReadonlyMap<string, Readonly<Record<string, number>>>;
}

/** Runs a scan to its end. Every part is held against the contract. */
export async function scan(order: DiscoveryOrder, more: Partial<RunScanOptions> = {}): Promise<ScanOutcome> {
  const parts: DiscoveryPart[] = [];
  const options: RunScanOptions = {
    book: await productBook(),
    guard: new OutboundGuard({ allow: ['127.0.0.0/8'] }),
    signal: new AbortController().signal,
    nameServers: [],
    ...more,
  };
  for await (const part of runScan(order, options)) parts.push(discoveryPartSchema.parse(part));
  return outcomeOf(parts);
}

export function outcomeOf(parts: readonly DiscoveryPart[]): ScanOutcome {
  const ledger = new Map<string, Record<string, number>>();
  for (const { address, kind, packets } of parts.flatMap((part) => part.ledger)) {
    const row = ledger.get(address) ?? {};
    row[kind] = (row[kind] ?? 0) + packets;
    ledger.set(address, row);
  }
  return {
    parts,
    devices: parts.flatMap((part) => part.devices),
    remarks: parts.flatMap((part) => part.remarks),
    end: parts.at(-1)?.end ?? null,
    ledger,
  };
}
