import { type DeviceTemplate, RAW_MEASUREMENT_PREFIX } from '@stratora/contract';
import { decodeLine, type LineScanner, type LineWriter } from '@stratora/lineprotocol';
import { sanitizeText } from '@stratora/runtime';
import { CompiledRule } from './compiled-rule.ts';
import { findRuleConflict } from './rule-conflict.ts';

const UNCLEAN = /\p{Cc}/u;
const PREFIX = Buffer.from(RAW_MEASUREMENT_PREFIX);

interface RawTable {
  readonly rules: CompiledRule[];
  /** Tags that are columns of the table, and not the node's. */
  readonly rowTags: Set<string>;
}

/** The time and node of a line that names none, and the tags that the server gives to all. */
export interface RowDefaults {
  readonly nowMs: number;
  readonly defaultNode?: string | undefined;
  /** The tags whose values are the server's. */
  readonly ownTags?: { applyTo(tags: Map<string, string>): void };
}

/** The numbers of lines and samples that were written for one row. */
export interface Normalized {
  lines: number;
  samples: number;
}

/**
 * Turns the rows that templates collect under `raw_` measurements into the product's metrics, by the rules of those
 * templates. Pure: it reads the line under a scanner and writes lines.
 *
 * Ingest calls it for every good line, after that line has been bound to its component and its time checked, and before
 * text fields are taken out of it, since rules read them:
 *
 *     if (normalizer.isRaw(body, scanner)) normalizer.normalize(body, scanner, writer, { nowMs, defaultNode });
 *     else ...passes the line as it is
 */
export class MetricNormalizer {
  readonly #tables = new Map<string, RawTable>();

  /** @throws RangeError when two templates have rules for the same raw measurement: ingest could not tell them apart */
  constructor(templates: readonly DeviceTemplate[]) {
    const conflict = findRuleConflict(templates);
    if (conflict !== undefined) throw new RangeError(conflict);
    for (const { metrics } of templates) {
      for (const rule of metrics) this.#tableOf(rule.from).rules.push(new CompiledRule(rule));
    }
    // A child may poll the raw measurement of its parent with columns of its own.
    for (const template of templates) this.#addRowTags(template);
  }

  /** Whether the line under the scanner is a raw row, which must not be stored as it is. */
  isRaw(bytes: Uint8Array, scanner: LineScanner): boolean {
    const start = scanner.lineStart;
    if (bytes[start] !== PREFIX[0]) return false;
    for (let index = 1; index < PREFIX.length; index += 1) {
      if (bytes[start + index] !== PREFIX[index]) return false;
    }
    return true;
  }

  /** Appends the lines that the row becomes; none when no rule is for it. */
  normalize(bytes: Uint8Array, scanner: LineScanner, writer: LineWriter, defaults: RowDefaults): Normalized {
    const line = decodeLine(bytes, scanner);
    for (const [name, value] of line.fields) {
      // What Telegraf hands on as it came; the embedded engine does the same at the device.
      if (typeof value === 'string' && UNCLEAN.test(value)) line.fields.set(name, sanitizeText(value));
    }
    const table = this.#tables.get(line.measurement);
    const made = { lines: 0, samples: 0 };
    if (table === undefined) return made;
    if (defaults.defaultNode !== undefined && !line.tags.has('node_id')) {
      line.tags.set('node_id', defaults.defaultNode);
    }
    defaults.ownTags?.applyTo(line.tags);
    const timeMs = line.timeMs ?? defaults.nowMs;
    for (const rule of table.rules) {
      const row = rule.apply({ ...line, timeMs });
      if (row === undefined) continue;
      writer.start(rule.measurement);
      writer.tags(sorted(this.#allTags(line.tags, table, rule, row.tags)));
      for (const [name, value] of row.fields) writer.float(name, value);
      if (!writer.end(timeMs)) continue;
      made.lines += 1;
      made.samples += row.fields.size;
    }
    return made;
  }

  #allTags(
    given: ReadonlyMap<string, string>,
    table: RawTable,
    rule: CompiledRule,
    own: Readonly<Record<string, string>>,
  ): Record<string, string> {
    const tags: Record<string, string> = {};
    for (const [name, value] of given) {
      if (!table.rowTags.has(name) || rule.keepTags.has(name)) tags[name] = value;
    }
    return { ...own, ...tags };
  }

  #tableOf(measurement: string): RawTable {
    const known = this.#tables.get(measurement) ?? { rules: [], rowTags: new Set(['index']) };
    this.#tables.set(measurement, known);
    return known;
  }

  #addRowTags(template: DeviceTemplate): void {
    for (const input of template.inputs) {
      const polled = [
        ...input.table.map((table) => ({
          measurement: table.name,
          columns: table.field,
          more: table.inherit_tags,
        })),
        { measurement: String(input.options['name'] ?? input.plugin), columns: input.field, more: [] },
      ];
      for (const { measurement, columns, more = [] } of polled) {
        const table = this.#tables.get(measurement);
        if (table === undefined) continue;
        for (const column of columns) if (column.is_tag === true) table.rowTags.add(column.name);
        for (const name of more) table.rowTags.add(name);
      }
    }
  }
}

function sorted(tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)));
}
