import type { ConformanceCase } from './conformance-case.ts';
import type { SeriesSet } from './series-set.ts';

/** The amounts that were compared, by input. */
export class Summary {
  readonly #rows = new Map<string, { cases: number; series: number; fields: number; values: number }>();

  add(one: ConformanceCase, series: SeriesSet): void {
    const row = this.#rows.get(one.input) ?? { cases: 0, series: 0, fields: 0, values: 0 };
    row.cases += 1;
    row.series += series.size;
    for (const { fields } of series.values()) {
      row.fields += fields.size;
      for (const { values } of fields.values()) row.values += values.size;
    }
    this.#rows.set(one.input, row);
  }

  /** Renders a table with a line of sums. */
  text(): string {
    const rows = [...this.#rows].sort(([a], [b]) => (a < b ? -1 : 1));
    const total = { cases: 0, series: 0, fields: 0, values: 0 };
    for (const [, row] of rows) {
      for (const key of ['cases', 'series', 'fields', 'values'] as const) total[key] += row[key];
    }
    const line = (name: string, row: typeof total): string =>
      [
        name.padEnd(16),
        ...[row.cases, row.series, row.fields].map((count) => String(count).padStart(8)),
      ].join('');
    return [
      `Conformance: ${rows.length} inputs, ${total.cases} cases, ${total.series} series, ${total.fields} fields (${total.values} values) compared`,
      `${'input'.padEnd(16)}${'cases'.padStart(8)}${'series'.padStart(8)}${'fields'.padStart(8)}`,
      ...rows.map(([name, row]) => line(name, row)),
      line('all', total),
    ].join('\n');
  }
}
