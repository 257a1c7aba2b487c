// Child process of the snmp-engine bench: the SNMP manager alone, rows joined but not written, to tell its share of the
// engine's cost. Every "cycle" on its standard input polls all devices once and is answered with one line of JSON.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { compileOids, createSnmpManager, type SnmpSession, SnmpTable } from '@stratora/snmp';
import type { PolledObject, PolledTable } from './snmp-engine-work.ts';

interface Work {
  readonly agents: readonly string[];
  readonly port: number;
  readonly community: string;
  readonly fields: readonly PolledObject[];
  readonly tables: readonly PolledTable[];
}

const [workFile = ''] = process.argv.slice(2);
const work = JSON.parse(readFileSync(workFile, 'utf8')) as Work;
const manager = createSnmpManager();
const fields = compileOids(work.fields.map((field) => field.oid));
const plans = work.tables.map((table) => compileOids(table.columns.map((column) => column.oid)));
const sessions = work.agents.map((host) =>
  manager.session({ host, port: work.port, version: 2, community: work.community }),
);
const tables: SnmpTable[] = [];

async function poll(session: SnmpSession): Promise<number> {
  let rows = 0;
  await session.get(fields, () => undefined);
  for (const plan of plans) {
    const table = tables.pop() ?? new SnmpTable();
    await session.walkTable(plan, table);
    rows += table.rowCount;
    tables.push(table);
  }
  return rows + 1;
}

process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  if (line === '') continue;
  const before = process.resourceUsage();
  const polled = await Promise.allSettled(sessions.map(poll));
  const after = process.resourceUsage();
  let lines = 0;
  let errors = 0;
  let lastError = '';
  for (const outcome of polled) {
    if (outcome.status === 'fulfilled') {
      lines += outcome.value;
    } else {
      errors++;
      lastError = String(outcome.reason);
    }
  }
  const micros = after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime;
  const report = { cpuSeconds: micros / 1e6, lines, varbinds: manager.counters.varbinds, errors, lastError };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
await manager.close();
process.exit(0);
