import type { NeighbourReport, TableRead } from '@stratora/contract';
import { JOB_REPORT_MAX_BYTES } from '@stratora/contract/wire';

/** Rows below which a report is small, whatever is in them: the longest row takes a few kilobytes. */
const SURELY_SMALL_ROWS = 2000;
/** Bytes that are left for what stands around a report. */
const ROOM_BYTES = 64 * 1024;

/**
 * Cuts a report to what can be posted: of its longest table half after half, until it fits. A table that was cut is a part, and says so.
 */
export function fittingReport(
  report: NeighbourReport,
  maxBytes: number = JOB_REPORT_MAX_BYTES - ROOM_BYTES,
): NeighbourReport {
  let fitting = report;
  while (rowsIn(fitting) > SURELY_SMALL_ROWS && Buffer.byteLength(JSON.stringify(fitting)) > maxBytes) {
    fitting = withHalfOfLongest(fitting);
  }
  return fitting;
}

type TableName = keyof NeighbourReport['rows'];

function lengthsOf({ rows }: NeighbourReport): [name: TableName, length: number][] {
  return Object.entries(rows).map(([name, { length }]) => [name as TableName, length]);
}

function rowsIn(report: NeighbourReport): number {
  return lengthsOf(report).reduce((sum, [, length]) => sum + length, 0);
}

function withHalfOfLongest(report: NeighbourReport): NeighbourReport {
  const [name, length] = lengthsOf(report).reduce((longest, one) => (one[1] > longest[1] ? one : longest));
  const rows = length >> 1;
  const before = report.tables[name];
  const words = `Cut to ${rows} rows: the report is too large to be posted.`;
  const reason =
    before.state === 'part' && before.reason !== null && !before.reason.startsWith('Cut to')
      ? `${before.reason} ${words}`
      : words;
  const read: TableRead = { ...before, state: 'part', rows, reason };
  return {
    ...report,
    tables: { ...report.tables, [name]: read },
    rows: { ...report.rows, [name]: report.rows[name].slice(0, rows) },
  };
}
