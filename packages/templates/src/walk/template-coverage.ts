import type { DeviceTemplate, TemplateInput } from '@stratora/contract';
import type { CaptureObject } from '@stratora/snmp';

/** What a walk answers to the fields or to one table of an input. */
export interface PolledPart {
  readonly input: string;
  readonly intervalSeconds: number | undefined;
  readonly measurement: string;
  readonly isTable: boolean;
  /** Rows of a table; for fields 1, or 0 where none is there. */
  readonly rows: number;
  /** Number of fields or columns that are asked for, and of those of which at least one value is there. */
  readonly asked: number;
  readonly answered: number;
}

/** Finds out what a device that holds the objects of a walk would answer to templates, without asking one. */
export class TemplateCoverage {
  readonly #held: ReadonlySet<string>;
  /** The indexes below each column that a template polls. */
  readonly #indexes = new Map<string, Set<string>>();

  constructor(objects: readonly CaptureObject[], templates: Iterable<DeviceTemplate>) {
    this.#held = new Set(objects.map(({ oid }) => oid));
    for (const template of templates) {
      for (const oid of columnsOf(template)) this.#indexes.set(oid, new Set());
    }
    const longest = Math.max(0, ...[...this.#indexes.keys()].map((oid) => oid.length));
    for (const { oid } of objects) {
      for (
        let end = Math.min(oid.lastIndexOf('.'), oid.lastIndexOf('.', longest));
        end > 0;
        end = oid.lastIndexOf('.', end - 1)
      ) {
        this.#indexes.get(oid.slice(0, end))?.add(oid.slice(end + 1));
      }
    }
  }

  /** Lists what the inputs of a template would get, fields before tables. */
  partsOf(template: DeviceTemplate): PolledPart[] {
    return template.inputs.filter(({ plugin }) => plugin === 'snmp').flatMap((input) => this.#partsOf(input));
  }

  /** Counts what a template asks for by itself, without what it inherits, and what is answered. */
  shareOf(own: DeviceTemplate): { asked: number; answered: number } {
    const parts = this.partsOf(own);
    return {
      asked: parts.reduce((sum, part) => sum + part.asked, 0),
      answered: parts.reduce((sum, part) => sum + part.answered, 0),
    };
  }

  #partsOf(input: TemplateInput): PolledPart[] {
    const about = { input: input.id, intervalSeconds: input.interval_seconds };
    const fields = input.field.filter(({ oid }) => this.#held.has(bare(oid))).length;
    const parts: PolledPart[] = [];
    if (input.field.length > 0) {
      parts.push({
        ...about,
        measurement: String(input.options['name'] ?? input.plugin),
        isTable: false,
        rows: fields > 0 ? 1 : 0,
        asked: input.field.length,
        answered: fields,
      });
    }
    for (const { name, field } of input.table) {
      const columns = field.map(({ oid }) => this.#indexes.get(bare(oid)) ?? new Set<string>());
      const rows = new Set(columns.flatMap((indexes) => [...indexes]));
      const answered = columns.filter(({ size }) => size > 0).length;
      parts.push({
        ...about,
        measurement: name,
        isTable: true,
        rows: rows.size,
        asked: field.length,
        answered,
      });
    }
    return parts;
  }
}

/** Returns an OID without a leading dot. */
export function bare(oid: string): string {
  return oid.replace(/^\./, '');
}

/** Lists the OIDs of the fields and columns that a template polls by SNMP, with their names. */
export function polledObjects(template: DeviceTemplate): { oid: string; name: string; isColumn: boolean }[] {
  return template.inputs.flatMap(({ field, table }) => [
    ...field.map(({ oid, name }) => ({ oid: bare(oid), name, isColumn: false })),
    ...table.flatMap((one) => one.field.map(({ oid, name }) => ({ oid: bare(oid), name, isColumn: true }))),
  ]);
}

function columnsOf(template: DeviceTemplate): string[] {
  return polledObjects(template).flatMap(({ oid, isColumn }) => (isColumn ? [oid] : []));
}
