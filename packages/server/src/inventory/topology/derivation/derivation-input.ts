import { NEIGHBOUR_TABLES, type NeighbourSystem, type NeighbourTable } from '@stratora/contract';
import type { InputNode, KeptTable, TopologyInput } from '@stratora/topology';
import { unpackRows } from '../reports/kept-rows.ts';
import type { KeptReport, KeptTableRow } from '../reports/report-queries.ts';
import type { DerivationOrder } from './derivation-order.ts';

/**
 * Builds what the derivation takes from what is kept. Rows that cannot be read any more count as a table that could not be: the
 * links that it told of stay, and its node says why.
 */
export function derivationInput(
  { nowMs, nodes, collectors, manualLinks }: Omit<DerivationOrder, 'start' | 'reports'>,
  reports: ReadonlyMap<string, KeptReport>,
  previous: TopologyInput['previous'],
): TopologyInput {
  return {
    nowMs,
    collectors,
    manualLinks,
    previous,
    nodes: nodes.map((node) => ({ ...node, ...saidBy(reports.get(node.nodeId)) })),
  };
}

function saidBy(report: KeptReport | undefined): Pick<InputNode, 'system' | 'tables'> {
  if (report === undefined) return { system: null, tables: {} };
  const tables = Object.fromEntries(
    report.tables.flatMap((row) => (isTable(row.name) ? [[row.name, keptTable(row)] as const] : [])),
  ) as InputNode['tables'];
  return { system: isSystem(report.system) ? report.system : null, tables };
}

function keptTable({ kept, keptAtMs, isWhole, state, readAtMs, reason }: KeptTableRow): KeptTable<unknown> {
  const rows = kept === null ? [] : unpackRows(kept);
  const last = { lastAtMs: readAtMs, lastReason: reason };
  if (rows === undefined) {
    return {
      rows: [],
      rowsAtMs: null,
      isWhole: false,
      lastState: 'failed',
      ...last,
      lastReason: 'what was kept of it is damaged',
    };
  }
  return {
    rows,
    rowsAtMs: kept === null ? null : keptAtMs,
    isWhole: isWhole && kept !== null,
    lastState: state,
    ...last,
  };
}

function isTable(name: string): name is NeighbourTable {
  return (NEIGHBOUR_TABLES as readonly string[]).includes(name);
}

/** An empty object stands for a system that has said nothing of itself yet. */
function isSystem(system: NeighbourSystem | Record<string, never>): system is NeighbourSystem {
  return 'system_name' in system;
}
