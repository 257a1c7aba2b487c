import { readdirSync, readFileSync } from 'node:fs';
import {
  columnsInText,
  compileExpression,
  type DeviceTemplate,
  deviceTemplateSchema,
  type MetricRule,
} from '@stratora/contract';
import { escapeMeasurement, escapeName, escapeString } from '@stratora/lineprotocol';
import { parse } from 'smol-toml';
import { z } from 'zod';

const FOLDER = new URL('../../../templates/', import.meta.url);
const CASES = new URL('cases/', FOLDER);

const cellSchema = z.union([z.string(), z.number()]);

/** Case of a template: a row as a device gives it, and every line that the rules make of it. */
const caseSchema = z.strictObject({
  from: z.string().startsWith('raw_'),
  /** Words for what is shown, where the numbers do not tell it. */
  about: z.string().optional(),
  row: z.record(z.string(), cellSchema),
  expect: z.array(z.object({ measurement: z.string() }).catchall(cellSchema)),
});
export type TemplateCase = z.infer<typeof caseSchema>;

const fileSchema = z.strictObject({ case: z.array(caseSchema).min(1) });

/** Lists the templates of the repository by slug, without what they inherit. */
export function readTemplates(): Map<string, DeviceTemplate> {
  return new Map(
    tomlFiles(FOLDER).map((file) => {
      const template = deviceTemplateSchema.parse(parse(readFileSync(new URL(file, FOLDER), 'utf8')));
      return [template.slug, template];
    }),
  );
}

/** Lists the cases by the slug of their template. */
export function readCases(): Map<string, TemplateCase[]> {
  return new Map(
    tomlFiles(CASES).map((file) => [
      file.slice(0, -'.toml'.length),
      fileSchema.parse(parse(readFileSync(new URL(file, CASES), 'utf8'))).case,
    ]),
  );
}

function tomlFiles(folder: URL): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.toml'))
    .sort();
}

/** Columns that a template polls under a raw measurement, and whether each is a tag. */
export function columnsOf(template: DeviceTemplate, measurement: string): Map<string, boolean> {
  const columns = new Map<string, boolean>();
  for (const { options, plugin, field, table } of template.inputs) {
    const polled = table.filter(({ name }) => name === measurement);
    for (const { index_as_tag } of polled) if (index_as_tag === true) columns.set('index', true);
    const inherited = new Set(polled.flatMap(({ inherit_tags }) => inherit_tags ?? []));
    const fields = String(options['name'] ?? plugin) === measurement ? field : [];
    for (const column of [...polled.flatMap((one) => one.field), ...fields]) {
      columns.set(column.name, column.is_tag === true);
    }
    for (const name of inherited) columns.set(name, true);
  }
  return columns;
}

/** Lists the columns that a rule reads. */
export function columnsRead(rule: MetricRule): string[] {
  const read = new Set([...Object.keys(rule.when), ...rule.unless, ...rule.keep_tags]);
  for (const source of Object.values(rule.tags)) {
    if (typeof source === 'string') read.add(source);
    else if (Array.isArray(source)) for (const name of source) read.add(name);
    else if ('text' in source) for (const name of columnsInText(source.text)) read.add(name);
    else read.add(source.from);
  }
  const made = new Set<string>();
  for (const [field, source] of Object.entries(rule.fields)) {
    if (typeof source !== 'string') read.add('clock' in source ? source.clock : source.from);
    else for (const name of compileExpression(source).names) if (!made.has(name)) read.add(name);
    made.add(field);
  }
  return [...read];
}

/** Lists the fields of a rule whose number is not just the device's own, or is taken out of a sentence. */
export function scaledFields(rule: MetricRule): string[] {
  return Object.entries(rule.fields).flatMap(([field, source]) =>
    (typeof source === 'string' && !/^\w+$/.test(source)) || (typeof source === 'object' && 'after' in source)
      ? [field]
      : [],
  );
}

/** Writes the row of a case as the line that a component sends. */
export function lineOfRow({ from, row }: TemplateCase, columns: ReadonlyMap<string, boolean>): string {
  const tags = ['node_id=n1'];
  const fields: string[] = [];
  for (const [name, value] of Object.entries(row)) {
    if (columns.get(name) === true) tags.push(`${escapeName(name)}=${escapeName(String(value))}`);
    else fields.push(`${escapeName(name)}=${fieldText(value)}`);
  }
  // A row with tags alone is one that no engine sends.
  return `${escapeMeasurement(from)},${tags.join(',')} ${fields.join(',')} 1700000000000000000`;
}

function fieldText(value: string | number): string {
  if (typeof value === 'string') return `"${escapeString(value)}"`;
  return Number.isInteger(value) ? `${value}i` : String(value);
}
