import type { ColumnKind } from '@stratora/contract';
import type { CaptureObject } from '@stratora/snmp';
import { judgeColumn } from './column-kind.ts';
import { AGENT_SETTINGS, STANDARD_TABLES } from './standard-tables.ts';
import { findTables, type ObjectPlace } from './table-search.ts';

/** A column of a table of a walk. */
export interface WalkColumn {
  readonly arc: number;
  readonly oid: string;
  /** By a standard MIB or a template; undefined where nobody has a name for it. */
  readonly name: string | undefined;
  readonly kind: ColumnKind;
  readonly why: string;
  /** Number of rows that have it. */
  readonly values: number;
  /** Whether its values tell the rows apart. */
  readonly isDistinct: boolean;
}

/** A table of a walk. */
export interface WalkTable {
  /** OID of the entry, below which the columns stand. */
  readonly entry: string;
  readonly name: string | undefined;
  readonly mib: string | undefined;
  readonly rows: number;
  readonly columns: readonly WalkColumn[];
  /** Why it is not for polling; empty otherwise. */
  readonly leftOut: string;
}

/** An object of a walk that stands in no table. */
export interface WalkScalar {
  /** Whole, with its index. */
  readonly oid: string;
  readonly name: string | undefined;
  readonly kind: ColumnKind;
  readonly why: string;
}

/** The tables and single objects of a walk, in the order of their OIDs. */
export interface WalkShape {
  readonly tables: readonly WalkTable[];
  readonly scalars: readonly WalkScalar[];
}

/** Names that are known beside those of standard MIBs: of columns and of whole single objects, by their OID. */
export type KnownNames = ReadonlyMap<string, string>;

/**
 * Finds the tables and single objects of a walk. Standard MIBs and the names given say what they know; elsewhere a table
 * is found by its shape, as SMI makes them: an entry, its columns, and rows that the columns share.
 */
export function shapeOfWalk(objects: readonly CaptureObject[], names: KnownNames = new Map()): WalkShape {
  const entries = new Set([...STANDARD_TABLES.keys(), ...entriesOf(names)]);
  const { tables, singles } = findTables(objects, entries);
  return {
    tables: tables.map(({ entry, columns }) => tableOf(entry, columns, names)),
    scalars: singles.map((object) => ({
      oid: object.oid,
      name: names.get(object.oid),
      ...judgeColumn([object], [''], undefined),
    })),
  };
}

/** Tells whether an object is for the agent itself and not for monitoring. */
export function isOfAgent(oid: string): boolean {
  return AGENT_SETTINGS.some((subtree) => oid.startsWith(`${subtree}.`));
}

function entriesOf(names: KnownNames): string[] {
  return [...names.keys()]
    .filter((oid) => !oid.endsWith('.0'))
    .map((oid) => oid.slice(0, oid.lastIndexOf('.')));
}

function tableOf(
  entry: string,
  columns: ReadonlyMap<number, readonly ObjectPlace[]>,
  names: KnownNames,
): WalkTable {
  const standard = STANDARD_TABLES.get(entry);
  const rows = new Set<string>();
  for (const places of columns.values()) for (const { index } of places) rows.add(index);
  return {
    entry,
    name: standard?.name,
    mib: standard?.mib,
    rows: rows.size,
    leftOut: standard?.leftOut ?? (isOfAgent(entry) ? 'it is a setting of the agent' : ''),
    columns: [...columns].map(([arc, places]) => {
      const oid = `${entry}.${arc}`;
      const known = standard?.columns.get(arc);
      const objects = places.map(({ object }) => object);
      const indexes = places.map(({ index }) => index);
      return {
        arc,
        oid,
        name: known?.name ?? names.get(oid),
        values: places.length,
        isDistinct: isDistinct(objects),
        ...judgeColumn(objects, indexes, known?.role),
      };
    }),
  };
}

function isDistinct(objects: readonly CaptureObject[]): boolean {
  const texts = objects.map(({ value }) => String(value).replaceAll(/[\0\s]/g, ''));
  return !texts.includes('') && new Set(texts).size === texts.length;
}
