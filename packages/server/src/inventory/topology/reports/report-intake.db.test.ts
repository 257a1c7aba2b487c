import type { NeighbourReport } from '@stratora/contract';
import { silentLogger } from '@stratora/runtime';
import { startDatabase, type TestDatabase } from '@stratora/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DatabaseConnection, openDatabase } from '../../../platform/db/index.ts';
import { unpackRows } from './kept-rows.ts';
import { learned, macOf, reportOf, switchRows } from './neighbour-report.test-support.ts';
import { takeNeighbourReport } from './report-intake.ts';
import { listReportNumbers, listTableStates, readReports } from './report-queries.ts';

describe('takeNeighbourReport', () => {
  let server: TestDatabase;
  let database: DatabaseConnection;
  let node: string;

  beforeAll(async () => {
    server = await startDatabase();
    database = openDatabase({ url: server.url, logger: silentLogger() });
  });
  afterAll(async () => {
    await database?.close();
    await server?.stop();
  });
  beforeEach(async () => {
    const { rows } = await sql<{ id: string }>`
      INSERT INTO nodes (name, ip_address, node_type, site_id, template)
      SELECT 'sw', 'sw', 'switch', id, 'ping' FROM sites WHERE is_default RETURNING id`.execute(database.db);
    node = rows[0]?.id ?? '';
  });

  const take = (report: NeighbourReport) =>
    database.db.transaction().execute((tx) => takeNeighbourReport(tx, report));
  async function kept(name: string) {
    const [report] = await readReports(database.db, [node]);
    const table = report?.tables.find((each) => each.name === name);
    return table && { ...table, rows: table.kept === null ? undefined : unpackRows(table.kept) };
  }
  async function states() {
    const rows = await listTableStates(database.db, node);
    return Object.fromEntries(rows.map((row) => [row.name, row]));
  }
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

  it('keeps every table, how its reading went, and what the device says of itself', async () => {
    const rows = { ...switchRows('1 edge 2', '2 down'), forwarding: learned(['pc', 2]) };
    expect(await take(reportOf(node, { name: 'core', rows, at: at(1) }))).toBe('taken');
    expect((await kept('forwarding'))?.rows).toEqual([
      { mac_address: macOf('pc'), bridge_port: 2, vlan: 1, status: 3 },
    ]);
    expect((await kept('interfaces'))?.rows).toHaveLength(2);
    const [report] = await readReports(database.db, [node]);
    expect(report?.system).toMatchObject({ system_name: 'core', base_mac: macOf('core') });
    expect((await states())['forwarding']).toMatchObject({
      state: 'whole',
      rows: 1,
      kept_rows: 1,
      reason: null,
    });
  });

  it('never lets a half-read table replace a whole one, and says what happened', async () => {
    await take(reportOf(node, { rows: { forwarding: learned(['a', 1], ['b', 2], ['c', 3]) }, at: at(1) }));
    const half = { rows: { forwarding: learned(['a', 1]) }, states: { forwarding: 'part' as const } };
    await take(reportOf(node, { ...half, at: at(2) }));
    expect((await kept('forwarding'))?.rows).toHaveLength(3);
    expect((await states())['forwarding']).toMatchObject({
      state: 'part',
      rows: 1,
      kept_rows: 3,
      reason: 'the table was part',
      read_at: new Date(at(2)),
      whole_at: new Date(at(1)),
    });
    await take(reportOf(node, { states: { forwarding: 'failed' }, at: at(3) }));
    expect((await kept('forwarding'))?.rows).toHaveLength(3);
    // The other tables of the same report were whole.
    expect((await states())['interfaces']).toMatchObject({ state: 'whole', whole_at: new Date(at(3)) });
  });

  it('takes a part while nothing whole is known, and the whole one after it', async () => {
    const half = { rows: { forwarding: learned(['a', 1]) }, states: { forwarding: 'part' as const } };
    await take(reportOf(node, { ...half, at: at(1) }));
    expect(await kept('forwarding')).toMatchObject({ isWhole: false, rows: [{ mac_address: macOf('a') }] });
    expect((await states())['forwarding']).toMatchObject({ whole_at: null, kept_rows: 1 });
    await take(reportOf(node, { rows: { forwarding: learned(['b', 1], ['c', 1]) }, at: at(2) }));
    expect(await kept('forwarding')).toMatchObject({ isWhole: true, rows: [{}, {}] });
  });

  it('takes the word of a device that has no such table any more', async () => {
    await take(reportOf(node, { rows: switchRows('1 edge 2'), at: at(1) }));
    await take(reportOf(node, { states: { lldp_neighbours: 'absent' }, at: at(2) }));
    expect(await kept('lldp_neighbours')).toMatchObject({ isWhole: true, rows: [], state: 'absent' });
  });

  it('leaves a later report alone when an earlier one comes after it', async () => {
    await take(reportOf(node, { name: 'new', rows: { forwarding: learned(['a', 1]) }, at: at(5) }));
    expect(await take(reportOf(node, { name: 'old', at: at(4) }))).toBe('outdated');
    expect((await kept('forwarding'))?.rows).toHaveLength(1);
    expect(await take(reportOf(node, { name: 'new', rows: { forwarding: [] }, at: at(5) }))).toBe('taken');
  });

  it('does not let a clock that is ahead keep out all that comes later', async () => {
    await take(reportOf(node, { name: 'ahead', at: '2099-01-01T00:00:00.000Z' }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await take(reportOf(node, { name: 'right' }))).toBe('taken');
  });

  it('keeps what the device said of itself when it says nothing', async () => {
    await take(reportOf(node, { name: 'core', at: at(1) }));
    await take(reportOf(node, { at: at(2), states: { interfaces: 'failed' } }));
    const [report] = await readReports(database.db, [node]);
    expect(report?.system).toMatchObject({ system_name: 'core' });
  });

  it('is for a node that is there', async () => {
    await sql`DELETE FROM nodes WHERE id = ${node}`.execute(database.db);
    expect(await take(reportOf(node))).toBe('gone');
  });

  it('numbers each report anew, and writes rows that are the same no second time', async () => {
    const rows = { forwarding: learned(['a', 1]) };
    await take(reportOf(node, { rows, at: at(1) }));
    const first = (await listReportNumbers(database.db)).get(node);
    await sql`UPDATE neighbour_tables SET kept = ${Buffer.from('marked')} WHERE node_id = ${node}`.execute(
      database.db,
    );
    await take(reportOf(node, { rows, at: at(2) }));
    expect(Number((await listReportNumbers(database.db)).get(node))).toBeGreaterThan(Number(first));
    // The mark is still there: only the time is another.
    const table = await kept('forwarding');
    expect(Buffer.from(table?.kept ?? []).toString()).toBe('marked');
    expect(table).toMatchObject({ keptAtMs: Date.parse(at(2)), rows: undefined });
  });

  it('takes reports of a node that come at once one after the other', async () => {
    const reports = Array.from({ length: 12 }, (_, index) =>
      reportOf(node, {
        rows: { forwarding: learned(...Array.from({ length: index }, () => ['a', 1] as const)) },
        at: at(index),
      }),
    );
    const taken = await Promise.all(reports.toReversed().map((report) => take(report)));
    expect(new Set(taken)).toEqual(new Set(['taken', ...(taken.includes('outdated') ? ['outdated'] : [])]));
    expect((await kept('forwarding'))?.rows).toHaveLength(11);
  });

  it('makes texts of devices safe to keep', async () => {
    const rows = switchRows('1 edge 2');
    const [neighbour] = rows.lldp_neighbours ?? [];
    const hostile = { ...neighbour, system_name: `\u0000<b>\u202e\ud800${'x'.repeat(70_000)}` } as never;
    const report = reportOf(node, { rows: { lldp_neighbours: [hostile] }, at: at(1) });
    expect(await take({ ...report, system: { ...report.system, system_name: 'a\u0000b' } })).toBe('taken');
    const [said] = ((await kept('lldp_neighbours'))?.rows ?? []) as { system_name: string }[];
    expect(said?.system_name.length).toBeLessThanOrEqual(1024);
    expect(said?.system_name).toMatch(/^<b>/);
    const [known] = await readReports(database.db, [node]);
    expect(known?.system.system_name).toBe('ab');
  });
});
