import type { NeighbourReport } from '@stratora/contract';
import { Counter, type Registry } from 'prom-client';

/** What became of a report that a collector posted. */
export type ReportFate = 'taken' | 'outdated' | 'gone' | 'not_polled' | 'invalid';

export interface NeighbourReadMetrics {
  noteReport(fate: ReportFate): void;
  noteTables(tables: NeighbourReport['tables']): void;
}

/** Makes the own metrics of readings. */
export function createNeighbourReadMetrics(registry: Registry): NeighbourReadMetrics {
  const reports = new Counter({
    name: 'stratora_neighbour_reports_total',
    help: 'Reports of neighbours that collectors posted, by what became of them.',
    labelNames: ['fate'],
    registers: [registry],
  });
  const tables = new Counter({
    name: 'stratora_neighbour_tables_total',
    help: 'Tables of neighbour reports, by name and by how much of them was read.',
    labelNames: ['table', 'state'],
    registers: [registry],
  });
  return {
    noteReport: (fate) => reports.inc({ fate }),
    noteTables: (read) => {
      for (const [table, { state }] of Object.entries(read)) tables.inc({ table, state });
    },
  };
}
