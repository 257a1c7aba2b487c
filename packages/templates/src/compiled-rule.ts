import { clockSkewSeconds, columnsInText, compileExpression, type MetricRule } from '@stratora/contract';
import { numberInText } from '@stratora/runtime';

/** A raw row: a column may be a tag or a field. */
export interface RawRow {
  readonly tags: ReadonlyMap<string, string>;
  readonly fields: ReadonlyMap<string, number | bigint | boolean | string>;
  /** Time of the measurement by the clock of the component, in ms. */
  readonly timeMs: number;
}

/** The tags and fields that a rule makes of a row. */
export interface NormalizedRow {
  readonly tags: Readonly<Record<string, string>>;
  readonly fields: ReadonlyMap<string, number>;
}

type FieldReader = (row: RawRow, made: ReadonlyMap<string, number>) => number | undefined;
/** Reads a tag from a row; undefined leaves the tag out, `false` drops the row. */
type TagReader = (row: RawRow) => string | undefined | false;

/** A rule of a template, ready to be applied to rows. */
export class CompiledRule {
  readonly measurement: string;
  readonly keepTags: ReadonlySet<string>;
  readonly #conditions: readonly (readonly [string, ReadonlySet<string>])[];
  readonly #unless: readonly string[];
  readonly #tags: readonly (readonly [string, TagReader])[];
  readonly #fields: readonly (readonly [string, FieldReader])[];

  constructor(rule: MetricRule) {
    this.measurement = rule.measurement;
    this.keepTags = new Set(rule.keep_tags);
    this.#conditions = Object.entries(rule.when).map(([name, values]) => [name, new Set(values.map(String))]);
    this.#unless = rule.unless;
    this.#tags = Object.entries(rule.tags).map(([name, source]) => [name, tagReader(source)]);
    this.#fields = Object.entries(rule.fields).map(([name, source]) => [name, fieldReader(source)]);
  }

  /** Applies the rule to a row. @returns undefined when it is not for this row, or makes nothing of it */
  apply(row: RawRow): NormalizedRow | undefined {
    for (const [name, values] of this.#conditions) {
      const value = textOf(row, name);
      if (value === undefined || !values.has(value)) return undefined;
    }
    if (this.#unless.some((name) => textOf(row, name) !== undefined)) return undefined;
    const tags: Record<string, string> = {};
    for (const [name, read] of this.#tags) {
      const value = read(row);
      if (value === false) return undefined;
      if (value !== undefined) tags[name] = value;
    }
    const fields = new Map<string, number>();
    for (const [name, read] of this.#fields) {
      const value = read(row, fields);
      if (value !== undefined && Number.isFinite(value)) fields.set(name, roundOff(value));
    }
    return fields.size === 0 ? undefined : { tags, fields };
  }
}

function tagReader(source: MetricRule['tags'][string]): TagReader {
  if (typeof source === 'string') return (row) => textOf(row, source);
  if (Array.isArray(source)) {
    return (row) => {
      for (const name of source) {
        const value = textOf(row, name);
        if (value !== undefined) return value;
      }
      return undefined;
    };
  }
  if ('text' in source) return textReader(source.text);
  const look = lookUp<string>(source);
  const fallback = source.default ?? false;
  return (row) => {
    const found = look(row) ?? fallback;
    return found === '' ? false : found;
  };
}

/** Returns the reader of a text with columns in braces. */
function textReader(text: string): TagReader {
  const names = columnsInText(text);
  return (row) => {
    if (names.some((name) => textOf(row, name) === undefined)) return false;
    return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => textOf(row, name) ?? '');
  };
}

/** Returns the reader of a source that looks a column up in a map, or for texts that it contains. */
function lookUp<T>(
  source: { from: string } & ({ map: Record<string, T> } | { contains: readonly (readonly [string, T])[] }),
): (row: RawRow) => T | undefined {
  if ('map' in source) {
    const map = new Map(Object.entries(source.map));
    return (row) => map.get(textOf(row, source.from) ?? '');
  }
  const texts = source.contains.map(([text, value]) => [text.toLowerCase(), value] as const);
  return (row) => {
    const value = textOf(row, source.from)?.toLowerCase();
    return value === undefined ? undefined : texts.find(([text]) => value.includes(text))?.[1];
  };
}

function fieldReader(source: MetricRule['fields'][string]): FieldReader {
  if (typeof source === 'object' && 'clock' in source) {
    return (row) => clockSkewSeconds(textOf(row, source.clock) ?? '', row.timeMs);
  }
  if (typeof source === 'object' && 'after' in source) {
    return (row) => numberAfter(textOf(row, source.from) ?? '', source.after);
  }
  if (typeof source !== 'string') {
    const look = lookUp<number>(source);
    return (row) => look(row) ?? source.default;
  }
  const { evaluate } = compileExpression(source);
  return (row, made) => evaluate((name) => made.get(name) ?? numberOf(row, name));
}

/** Returns the number that follows a text, with spaces between them; undefined where either is not there. */
function numberAfter(value: string, text: string): number | undefined {
  const at = value.indexOf(text);
  if (at < 0) return undefined;
  const found = /^\s*([+-]?\d+(?:\.\d+)?)/.exec(value.slice(at + text.length))?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Rounds to 15 digits: what arithmetic adds beyond them is noise (0.1 + 0.2 is 0.3). Whole numbers stay exact. */
function roundOff(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

function textOf(row: RawRow, name: string): string | undefined {
  const value = row.fields.get(name) ?? row.tags.get(name);
  return value === undefined || value === '' ? undefined : String(value);
}

/** Reads a column as a number; a device may send it as text, with spaces and a unit. */
function numberOf(row: RawRow, name: string): number {
  const value = row.fields.get(name) ?? row.tags.get(name);
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string') return Number.NaN;
  return Number(numberInText(value)?.replaceAll('_', '') ?? Number.NaN);
}
