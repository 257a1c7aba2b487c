// Runs a scan in a network namespace of its own. Takes two arguments, the order as JSON and the address of a name
// server; prints each part as a line of JSON. A line on its standard input cancels the scan.
import { join } from 'node:path';
import type { DiscoveryOrder } from '@stratora/contract';
import { runScan } from '@stratora/discovery';
import { RuleBook, readRuleFiles } from '@stratora/identify';
import { OutboundGuard } from '@stratora/runtime';

const [order = '', nameServer = ''] = process.argv.slice(2);
const { rules } = await readRuleFiles(join(import.meta.dirname, '../../identification'));
const controller = new AbortController();
process.stdin.once('data', () => controller.abort());
process.stdin.once('end', () => controller.abort());

const parts = runScan(JSON.parse(order) as DiscoveryOrder, {
  book: new RuleBook(rules),
  guard: new OutboundGuard(),
  signal: controller.signal,
  nameServers: [nameServer],
});
for await (const part of parts) process.stdout.write(`${JSON.stringify(part)}\n`);
process.exit(0);
