import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import path from 'node:path';

/** One figure of a bench. */
export interface BenchRow {
  readonly label: string;
  readonly value: number;
  readonly unit: string;
  /** Name of the peer that did the same work in the same run. */
  readonly peer?: string;
  /** Ratio of our value to the peer's: median of the pairs. */
  readonly ratio?: number;
  /** Smallest and largest ratio; those of the value where there is no peer. */
  readonly spread?: readonly [number, number];
  /** The goal in words. */
  readonly goal?: string;
  readonly met?: boolean;
}

/** The result of a bench: `run()` of every `bench/<name>.ts` resolves to one. */
export interface BenchResult {
  readonly name: string;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: readonly BenchRow[];
  readonly notes: readonly string[];
}

/** Describes the machine as far as it explains the figures. */
export function describeMachine(): BenchResult['machine'] {
  const [first] = cpus();
  return {
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    platform: `${process.platform}-${process.arch}`,
  };
}

/** Returns the middle value; the mean of the two middle ones for an even count. Throws RangeError for none. */
export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no values');
  const sorted = values.toSorted((a, b) => a - b);
  const high = sorted.length >> 1;
  const upper = sorted[high] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[high - 1] ?? 0) + upper) / 2;
}

export function spreadOf(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}

/** Renders the figures of a result, with its name and its notes, as text. */
export function formatResult({ name, rows, notes }: BenchResult): string {
  return [name, ...formatRows(rows), ...notes.map((note) => `- ${note}`), ''].join('\n');
}

/** Renders figures as the lines of a table. */
export function formatRows(rows: readonly BenchRow[]): string[] {
  const header = ['', 'value', 'unit', 'peer', 'ratio', 'spread', 'goal', ''];
  const lines = rows.map((row) => [
    row.label,
    formatNumber(row.value),
    row.unit,
    row.peer ?? '',
    row.ratio === undefined ? '' : formatNumber(row.ratio),
    row.spread === undefined ? '' : row.spread.map(formatNumber).join(' to '),
    row.goal ?? '',
    row.met === undefined ? '' : row.met ? 'met' : 'MISSED',
  ]);
  const widths = header.map((head, at) =>
    Math.max(head.length, ...lines.map((line) => line[at]?.length ?? 0)),
  );
  return [header, ...lines].map((line) =>
    line
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** Prints the table and writes `results/NAME.json` beside this file. Returns the path. */
export async function publishResult(result: BenchResult): Promise<string> {
  process.stdout.write(formatResult(result));
  const folder = path.join(import.meta.dirname, 'results');
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${result.name}.json`);
  await writeFile(file, `${JSON.stringify(result, undefined, 2)}\n`);
  return file;
}

function formatNumber(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en');
  return value.toFixed(Math.abs(value) < 10 ? 3 : 1);
}
