import type { ConformanceCase } from './conformance-case.ts';
import type { FieldSamples, Series, SeriesSet } from './series-set.ts';

/** A series of one engine with what is compared of it: a type or a value for each field. */
export interface Shape {
  readonly key: string;
  /** Type and value by field: `integer 12`, or `float *` where the value moves. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Reduces one engine's series to what is compared: keys, fields, types, and values where they stand still. */
export function shapesOf(
  series: SeriesSet,
  { varies = [], movingTags = [] }: Pick<ConformanceCase, 'varies' | 'movingTags'>,
): Map<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const one of series.values()) {
    const fields = [...one.fields].map(([name, samples]): [string, string] => [
      name,
      describe(samples, isMoving(one, name, varies)),
    ]);
    fields.sort(([a], [b]) => (a < b ? -1 : 1));
    const key = movingTags.reduce(
      (text, tag) => text.replace(new RegExp(`(?<=,${tag}=)[^, ]+`), '*'),
      // Folders of the stage are named at random.
      one.key.replaceAll(/stratora-conformance-\w+/g, 'stage'),
    );
    const known = shapes.get(key);
    shapes.set(key, { key, fields: { ...known?.fields, ...Object.fromEntries(fields) } });
  }
  return shapes;
}

/** Lists the differences, each in a line of words; empty when both are the same. */
export function differencesOf(
  telegraf: ReadonlyMap<string, Shape>,
  embedded: ReadonlyMap<string, Shape>,
): string[] {
  const differences: string[] = [];
  for (const [key, shape] of telegraf) {
    const other = embedded.get(key);
    if (other === undefined) {
      differences.push(`only Telegraf: ${key} ${JSON.stringify(shape.fields)}`);
      continue;
    }
    for (const name of new Set([...Object.keys(shape.fields), ...Object.keys(other.fields)])) {
      const a = shape.fields[name] ?? 'nothing';
      const b = other.fields[name] ?? 'nothing';
      if (a !== b) differences.push(`${key} ${name}: Telegraf ${a}, embedded ${b}`);
    }
  }
  for (const [key, shape] of embedded) {
    if (!telegraf.has(key)) differences.push(`only embedded: ${key} ${JSON.stringify(shape.fields)}`);
  }
  return differences;
}

function describe({ types, values }: FieldSamples, isMovingField: boolean): string {
  const type = [...types].sort().join('|');
  return isMovingField ? `${type} *` : `${type} ${JSON.stringify([...values].sort())}`;
}

function isMoving(series: Series, field: string, varies: readonly string[]): boolean {
  return varies.some(
    (pattern) => matches(pattern, field) || matches(pattern, `${series.measurement}.${field}`),
  );
}

function matches(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
