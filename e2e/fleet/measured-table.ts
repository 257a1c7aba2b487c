import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from '@stratora/testkit';

type Row = Record<string, string | number>;

/**
 * Prints rows as a Markdown table, and keeps them in `e2e/results/NAME.json` when STRATORA_TEST_RESULTS is set: what
 * the long runs are for.
 */
export function showTable(name: string, rows: readonly Row[], notes: readonly string[] = []): void {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const line = (cells: readonly (string | number | undefined)[]) =>
    `| ${cells.map((cell) => (cell === undefined || Number.isNaN(cell) ? '-' : String(cell))).join(' | ')} |`;
  const table = [
    line(columns),
    line(columns.map(() => '---')),
    ...rows.map((row) => line(columns.map((column) => row[column]))),
  ];
  process.stdout.write(`\n${name}\n${table.join('\n')}\n${notes.map((note) => `  ${note}\n`).join('')}\n`);
  if (!process.env['STRATORA_TEST_RESULTS']) return;
  const folder = join(REPOSITORY, 'e2e/results');
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify({ name, at, rows, notes }, null, 2)}\n`);
}

/** Returns the value below which `share` of an ascending list lies; NaN for an empty one. */
export function percentile(ascending: readonly number[], share: number): number {
  return ascending[Math.min(ascending.length - 1, Math.floor(ascending.length * share))] ?? Number.NaN;
}

export function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
