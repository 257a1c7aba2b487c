import { escapeName } from '@stratora/lineprotocol';
import { type Cell, compileOids, encodeIndexArcs, type OidPlan } from '@stratora/snmp';
import type { ColumnOptions, TableOptions } from './snmp-options.ts';
import { type Conversion, fieldConversion, takesAnything } from './value-conversion.ts';

/** A column that becomes a field, with its key as it stands in a line: ` name=` first, `,name=` after another. */
export interface FieldColumn {
  readonly column: number;
  readonly conversion: Conversion;
  readonly firstKey: Buffer;
  readonly nextKey: Buffer;
  /** Columns that come later under the same name: where one of them has a value, it is the field's. */
  readonly twins: readonly TagColumn[] | undefined;
}

export interface TagColumn {
  readonly column: number;
  readonly name: string;
  readonly conversion: Conversion;
}

/** The place where a column of the options is walked: in the table itself or in the one that is joined to it. */
export interface ColumnPlace {
  readonly isSecond: boolean;
  readonly position: number;
  readonly outerJoin: boolean;
}

/** The cut of a walked column's index before rows are joined. */
export interface IndexCut {
  readonly suffix: Buffer;
  readonly length: number;
}

/** A walk: its columns and, where an index is to be cut, how. */
export interface WalkPlan {
  readonly oids: OidPlan;
  /** Cuts by position of the column; undefined when no column's index is cut. */
  readonly cuts: readonly (IndexCut | undefined)[] | undefined;
  /** Conversions that values have to fit, by position of the column; undefined where anything is taken. */
  readonly checks: readonly (Conversion | undefined)[];
}

/** A table of the options, made ready once per block and used for all its agents and cycles. */
export interface TablePlan {
  readonly options: TableOptions;
  readonly first: WalkPlan | undefined;
  readonly second: WalkPlan | undefined;
  readonly places: readonly ColumnPlace[];
  readonly fields: readonly FieldColumn[];
  readonly tags: readonly TagColumn[];
  readonly linkColumn: { readonly position: number; readonly conversion: Conversion } | undefined;
  /** The column of the options that joins the tables, where there is one. */
  readonly linkColumns: readonly number[];
  readonly hasOuterJoin: boolean;
}

/** @param keepsField false for fields that the block's filters leave out; they are walked and not written */
export function planTable(options: TableOptions, keepsField: (name: string) => boolean): TablePlan {
  const { columns } = options;
  const first = columns.filter((column) => column.joins !== 'use');
  const second = columns.filter((column) => column.joins === 'use');
  const link = columns.find((column) => column.joins === 'table');
  const outerJoin = link?.outerJoin ?? false;
  return {
    options,
    first: planWalk(first),
    second: planWalk(second),
    places: columns.map((column) => {
      const isSecond = column.joins === 'use';
      return {
        isSecond,
        position: (isSecond ? second : first).indexOf(column),
        outerJoin: outerJoin || column.outerJoin,
      };
    }),
    fields: columns.flatMap((column, index) =>
      !column.isTag && keepsField(column.name) ? [planField(columns, index)] : [],
    ),
    tags: columns.flatMap((column, index) =>
      column.isTag ? [{ column: index, name: column.name, conversion: column.conversion }] : [],
    ),
    linkColumn:
      link === undefined ? undefined : { position: first.indexOf(link), conversion: link.conversion },
    linkColumns: link === undefined ? [] : [columns.indexOf(link)],
    hasOuterJoin: outerJoin || second.some((column) => column.outerJoin),
  };
}

function planField(columns: readonly ColumnOptions[], index: number): FieldColumn {
  const { name, oid, conversion: own } = columns[index] as ColumnOptions;
  const conversion = fieldConversion(oid, own);
  const key = escapeName(name);
  const twins = columns.flatMap((other, at) =>
    at > index && other.name === name && !other.isTag
      ? [{ column: at, name, conversion: fieldConversion(other.oid, other.conversion) }]
      : [],
  );
  return {
    column: index,
    conversion,
    twins: twins.length > 0 ? twins : undefined,
    firstKey: Buffer.from(` ${key}=`),
    nextKey: Buffer.from(`,${key}=`),
  };
}

function planWalk(columns: readonly ColumnOptions[]): WalkPlan | undefined {
  if (columns.length === 0) return undefined;
  const cuts = columns.map(({ indexSuffix, indexLength }) =>
    indexSuffix.length === 0 && indexLength === 0
      ? undefined
      : { suffix: encodeIndexArcs(indexSuffix), length: indexLength },
  );
  return {
    oids: sharedOids(columns.map((column) => column.oid)),
    cuts: cuts.some((cut) => cut !== undefined) ? cuts : undefined,
    checks: columns.map(checkOf),
  };
}

function checkOf({ isTag, oid, conversion: own }: ColumnOptions): Conversion | undefined {
  const conversion = fieldConversion(oid, own);
  return isTag || takesAnything(conversion) ? undefined : conversion;
}

const plans = new Map<string, WeakRef<OidPlan>>();

/** Shares equal lists of OIDs: thousands of blocks are rendered from one template and ask for the same. */
export function sharedOids(oids: readonly string[]): OidPlan {
  const key = oids.join(',');
  const known = plans.get(key)?.deref();
  if (known !== undefined) return known;
  const made = compileOids(oids);
  for (const [other, plan] of plans) if (plan.deref() === undefined) plans.delete(other);
  plans.set(key, new WeakRef(made));
  return made;
}

/** Cuts the index of a cell; false when the cell is not of this column, having another suffix. */
export function cutIndex(cell: Cell, cut: IndexCut): boolean {
  const { suffix, length } = cut;
  if (suffix.length > 0) {
    const start = cell.indexEnd - suffix.length;
    if (start < cell.indexStart || suffix.compare(cell.buffer, start, cell.indexEnd) !== 0) return false;
    // The octet before must end an arc, else the suffix is only the tail of a larger one.
    if (start > cell.indexStart && (cell.buffer[start - 1] ?? 0) >= 0x80) return false;
    cell.indexEnd = start;
  }
  if (length > 0) {
    let arcs = 0;
    for (let at = cell.indexStart; at < cell.indexEnd; at += 1) {
      if ((cell.buffer[at] ?? 0) < 0x80) arcs += 1;
      if (arcs === length) cell.indexEnd = at + 1;
    }
  }
  return true;
}
