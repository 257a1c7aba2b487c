import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { NeighbourReport, NeighbourTable } from '@stratora/contract';
import { captureSource, readNeighbourReport } from '@stratora/neighbours';
import { readSnmprec } from '@stratora/snmp';
import { describe, expect, it } from 'vitest';
import { deriveTopology } from './derive-topology.ts';
import { spokenClaims } from './neighbour-claim.ts';
import { readPlant } from './plant.ts';
import { inputOf } from './reports.test-support.ts';
import type { InputNode } from './topology-model.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../../../shared/devices/captures');
const hasCaptures = existsSync(FOLDER);
if (!hasCaptures) process.stderr.write('captures of real devices are absent: their tests are skipped\n');

/** LLDP, LLDP-V2 and CDP: a recording without any row of these tells of no neighbour. */
const NEIGHBOUR_ROW =
  /^(?:1\.0\.8802\.1\.1\.2\.1\.4\.1\.1|1\.3\.111\.2\.802\.1\.1\.13\.1\.4\.1\.1|1\.3\.6\.1\.4\.1\.9\.9\.23\.1\.2\.1\.1)\./m;
/** Share of what the recorded devices hear whose port must be told; most of the others have rows of their ports cut off. */
const RESOLVED_SHARE = 0.65;

/** Tells whether a recording is of the fifth that is held out, by the hash of its name: it is not opened. */
function isHeldOut(id: string): boolean {
  return Number.parseInt(createHash('sha256').update(id).digest('hex').slice(0, 8), 16) % 5 === 0;
}

async function nodeOf(id: string, text: string): Promise<InputNode> {
  const report = await readNeighbourReport(captureSource(readSnmprec(text).objects), {
    nodeId: '01890000-0000-7000-8000-000000000001',
  });
  return {
    nodeId: report.node_id,
    name: id,
    siteId: 'site',
    collectorId: 'collector',
    addresses: [],
    macAddresses: [],
    deviceType: 'switch',
    system: report.system,
    tables: tablesOf(report),
  };
}

function tablesOf({ rows, tables, read_at: readAt }: NeighbourReport): InputNode['tables'] {
  const atMs = Date.parse(readAt);
  const entries = Object.entries(rows) as [NeighbourTable, readonly unknown[]][];
  return Object.fromEntries(
    entries.map(([table, some]) => [
      table,
      {
        rows: some,
        rowsAtMs: atMs,
        isWhole: tables[table].state === 'whole',
        lastState: tables[table].state,
        lastAtMs: atMs,
        lastReason: tables[table].reason,
      },
    ]),
  ) as InputNode['tables'];
}

describe.skipIf(!hasCaptures)('recordings of real devices that hear neighbours', () => {
  it('are derived without an error, and tell on which interface they hear whom', async () => {
    const counts = { devices: 0, heard: 0, resolved: 0, withLinks: 0 };
    for (const file of readdirSync(FOLDER).toSorted()) {
      const id = file.replace(/\.snmprec$/, '');
      if (isHeldOut(id)) continue;
      const text = readFileSync(path.join(FOLDER, file), 'utf8');
      if (!NEIGHBOUR_ROW.test(text)) continue;
      const input = inputOf([await nodeOf(id, text)]);
      const topology = deriveTopology(input);
      const claims = spokenClaims(readPlant(input));
      counts.devices += 1;
      counts.heard += claims.length;
      counts.resolved += claims.filter(({ port }) => port.row !== undefined).length;
      if (topology.links.length > 0) counts.withLinks += 1;
      else expect(claims.length === 0 || topology.reasons.length > 0).toBe(true);
    }
    process.stdout.write(
      `${counts.devices} recordings hear ${counts.heard} neighbours, ${counts.resolved} on an interface of theirs; ${counts.withLinks} have lines\n`,
    );
    expect(counts.devices).toBeGreaterThan(50);
    expect(counts.resolved / counts.heard).toBeGreaterThan(RESOLVED_SHARE);
  });
});
