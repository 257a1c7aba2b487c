// Child process of the sweep bench: our scan. Takes an order as JSON on each line of its standard input, and prints a
// line of JSON with what came of it.
import path from 'node:path';
import { createInterface } from 'node:readline';
import { type DiscoveryOrder, type DiscoveryPartInput } from '@stratora/contract';
import { runScan } from '@stratora/discovery';
import { RuleBook, readRuleFiles } from '@stratora/identify';
import { OutboundGuard } from '@stratora/runtime';

/** What came of one scan. */
export interface SweepReport {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly packets: number;
  /** Addresses by what they answered. */
  readonly pinged: number;
  readonly read: number;
  readonly kinds: number;
  readonly end: string;
  readonly peakMib: number;
}

const { rules, registry } = await readRuleFiles(path.resolve(import.meta.dirname, '../identification'));
const book = new RuleBook(rules, registry);

for await (const line of createInterface({ input: process.stdin })) {
  const report = await sweep(JSON.parse(line) as DiscoveryOrder);
  process.stdout.write(`${JSON.stringify(report)}\n`);
}

async function sweep(order: DiscoveryOrder): Promise<SweepReport> {
  const before = process.cpuUsage();
  const startedAt = performance.now();
  const parts: DiscoveryPartInput[] = [];
  const guard = new OutboundGuard({ allow: ['127.0.0.0/8'] });
  for await (const part of runScan(order, { book, guard, signal: new AbortController().signal }))
    parts.push(part);
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(before);
  const devices = parts.flatMap((part) => part.devices ?? []);
  const ledger = parts.flatMap((part) => part.ledger ?? []);
  return {
    seconds,
    cpuSeconds: (user + system) / 1e6,
    packets: ledger.reduce((sum, { packets }) => sum + packets, 0),
    pinged: devices.filter(({ found_by: by }) => by.includes('ping')).length,
    read: devices.filter(({ credential_id: id }) => id !== null && id !== undefined).length,
    kinds: new Set(devices.map(({ sys_object_id: id }) => id)).size,
    end: parts.at(-1)?.end?.how ?? 'none',
    peakMib: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}
