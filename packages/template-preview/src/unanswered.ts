import type { TemplateInput } from '@stratora/contract';
import type { PreviewedRow, Unanswered } from './template-preview.ts';

/** Lists what an input asked for and no row of it has, its single fields first and then table by table. */
export function unansweredOf(input: TemplateInput, rows: readonly PreviewedRow[]): Unanswered[] {
  const asked = [
    ...(input.field.length > 0
      ? [{ measurement: String(input.options['name'] ?? input.plugin), columns: input.field }]
      : []),
    ...input.table.map(({ name, field }) => ({ measurement: name, columns: field })),
  ];
  return asked.flatMap(({ measurement, columns }) => {
    const own = rows.filter((row) => row.measurement === measurement);
    const answered = new Set(
      own.flatMap(({ tags, fields }) => [...Object.keys(tags), ...Object.keys(fields)]),
    );
    const missing = columns.map(({ name }) => name).filter((name) => !answered.has(name));
    return missing.length === 0
      ? []
      : [{ measurement, isWhole: missing.length === columns.length, columns: missing }];
  });
}
