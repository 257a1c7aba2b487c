import type { NeighbourReport } from '@stratora/contract';
import { NEIGHBOUR_TABLES } from '@stratora/contract/wire';
import { expect, it } from 'vitest';
import { fittingReport } from './fitting-report.ts';

const WHOLE = { state: 'whole', rows: 0, left_out: 0, reason: null } as const;

function reportOf(entries: number): NeighbourReport {
  const forwarding = Array.from({ length: entries }, (_, at) => ({
    mac_address: `02:00:00:00:${(at >> 8).toString(16).padStart(2, '0')}:${(at & 255).toString(16).padStart(2, '0')}`,
    bridge_port: 1,
    vlan: 1,
    status: 3,
  }));
  const empty = Object.fromEntries(NEIGHBOUR_TABLES.map((name) => [name, []]));
  const tables = Object.fromEntries(NEIGHBOUR_TABLES.map((name) => [name, WHOLE]));
  return {
    node_id: 'n',
    read_at: '2026-11-30T08:00:00.000Z',
    system: {} as NeighbourReport['system'],
    tables: { ...tables, forwarding: { ...WHOLE, rows: entries } } as NeighbourReport['tables'],
    rows: { ...empty, forwarding } as unknown as NeighbourReport['rows'],
  };
}

it('leaves a report that fits as it is', () => {
  const report = reportOf(5000);
  expect(fittingReport(report)).toBe(report);
});

it('cuts the longest table of one that does not, and says so', () => {
  const fitting = fittingReport(reportOf(10_000), 250_000);
  expect(fitting.rows.forwarding).toHaveLength(2500);
  expect(fitting.tables.forwarding).toEqual({
    state: 'part',
    rows: 2500,
    left_out: 0,
    reason: 'Cut to 2500 rows: the report is too large to be posted.',
  });
  expect(JSON.stringify(fitting).length).toBeLessThan(250_000);
});
