import { type DeviceTemplate, RAW_MEASUREMENT_PREFIX } from '@stratora/contract';
import { decodeLine, type LineScanner, type LineWriter } from '@stratora/lineprotocol';
import { CompiledRule } from './compiled-rule.ts';

const PREFIX = Buffer.from(RAW_MEASUREMENT_PREFIX);

interface RawTable {
  readonly rules: CompiledRule[];
  /** Tags that are columns of the table, and not the node's. */
  readonly rowTags: Set<string>;
}

/**
 * Turns the rows that templates collect under `raw_` measurements into the product's metrics, by the rules of those
 * templates. Pure: it reads the line under a scanner and writes lines.
 *
 * Ingest calls it for every good line, after that line has been bound to its component and its time checked:
 *
 *     if (normalizer.isRaw(body, scanner)) normalizer.normalize(body, scanner, writer, now);
 *     else ...passes the line as it is
 *
 * Make a new one when templates are reloaded.
 */
export class MetricNormalizer {
  readonly #tables = new Map<string, RawTable>();

  /** @throws RangeError when two templates have rules for the same raw measurement: ingest could not tell them apart */
  constructor(templates: readonly DeviceTemplate[]) {
    const owners = new Map<string, string>();
    for (const template of templates) {
      for (const rule of template.metrics) {
        const owner = owners.get(rule.from) ?? template.slug;
        if (owner !== template.slug) {
          throw new RangeError(`"${rule.from}" has rules in "${owner}" and in "${template.slug}"`);
        }
        owners.set(rule.from, template.slug);
        this.#tableOf(rule.from).rules.push(new CompiledRule(rule));
      }
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

  /**
   * Appends what the row becomes.
   *
   * @param nowMs the time of a line that has none of its own
   * @returns how many lines were written; 0 when no rule is for this row
   */
  normalize(bytes: Uint8Array, scanner: LineScanner, writer: LineWriter, nowMs: number): number {
    const line = decodeLine(bytes, scanner);
    const table = this.#tables.get(line.measurement);
    if (table === undefined) return 0;
    let written = 0;
    for (const rule of table.rules) {
      const made = rule.apply(line);
      if (made === undefined) continue;
      writer.start(rule.measurement);
      writer.tags(sorted(this.#allTags(line.tags, table, rule, made.tags)));
      for (const [name, value] of made.fields) writer.float(name, value);
      if (writer.end(line.timeMs ?? nowMs)) written += 1;
    }
    return written;
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
