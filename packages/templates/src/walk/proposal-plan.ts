import type { ColumnKind } from '@stratora/contract';
import { MEASURED_KINDS } from './column-kind.ts';
import { AGENT_SETTINGS, COVERED_MIBS } from './standard-tables.ts';
import type { WalkColumn, WalkScalar, WalkShape, WalkTable } from './walk-shape.ts';

/** A column or object that a proposal polls. */
export interface PlannedColumn {
  readonly name: string;
  readonly oid: string;
  readonly kind: ColumnKind;
  readonly why: string;
}

export interface PlannedTable {
  readonly entry: string;
  readonly title: string;
  /** Measurement without prefix. */
  readonly name: string;
  readonly rows: number;
  readonly label: PlannedColumn | undefined;
  readonly columns: readonly PlannedColumn[];
}

export interface ProposalPlan {
  readonly tables: readonly PlannedTable[];
  readonly scalars: readonly PlannedColumn[];
  /** What becomes of each table, by the OID of its entry, and of each object, by its OID: empty where it is planned, else why not. */
  readonly leftOut: ReadonlyMap<string, string>;
  readonly notes: readonly string[];
}

const ENTERPRISES = '1.3.6.1.4.1.';
/** What a template may hold (`templateInputSchema`), and what a device can be asked for that nobody has looked at. */
const MOST_TABLES = 24;
const MOST_COLUMNS = 40;
const MOST_SCALARS = 100;
const MOST_ROWS = 256;
const MOST_CELLS = 4_000;

/**
 * Plans what a proposal polls beside the templates that it extends: tables and objects of the vendor, and those of
 * standard MIBs that no template covers, as far as they hold numbers.
 *
 * @param polled OIDs of the columns and single objects that the templates poll
 */
export function planProposal(shape: WalkShape, polled: ReadonlySet<string>): ProposalPlan {
  const leftOut = new Map<string, string>();
  const tables: PlannedTable[] = [];
  const tableNames = new Set(['objects']);
  let cells = 0;
  for (const table of shape.tables) {
    const columns = measuredColumns(table);
    const fault = tableFault(table, columns, polled) ?? sizeFault(table, columns, tables.length, cells);
    leftOut.set(table.entry, fault ?? '');
    if (fault !== undefined) continue;
    cells += table.rows * columns.length;
    tables.push(plannedTable(table, columns, tableNames));
  }
  const scalars: PlannedColumn[] = [];
  const taken = new Set<string>();
  for (const scalar of shape.scalars) {
    const fault = scalarFault(scalar, polled, scalars.length);
    leftOut.set(scalar.oid, fault ?? '');
    if (fault === undefined) scalars.push({ ...scalar, name: unusedName(scalarName(scalar), taken) });
  }
  return { tables, scalars, leftOut, notes: notesOf(shape, leftOut) };
}

const TOO_MANY = 'more than a proposal holds';

function tableFault(
  table: WalkTable,
  columns: readonly WalkColumn[],
  polled: ReadonlySet<string>,
): string | undefined {
  if (table.leftOut !== '') return table.leftOut;
  if (table.columns.some(({ oid }) => polled.has(oid))) return 'a template polls it';
  if (table.mib !== undefined && COVERED_MIBS.has(table.mib))
    return `templates poll what matters of ${table.mib}`;
  if (table.mib === undefined && !isOfVendor(table.entry))
    return 'it is of a standard MIB without a known metric';
  return columns.length === 0 ? 'it holds no numbers' : undefined;
}

function sizeFault(
  { rows }: WalkTable,
  columns: readonly WalkColumn[],
  tables: number,
  cells: number,
): string | undefined {
  if (rows > MOST_ROWS) return `${rows} rows are too many to poll unseen`;
  if (tables >= MOST_TABLES || cells + rows * columns.length > MOST_CELLS) return TOO_MANY;
  return undefined;
}

function scalarFault(
  { oid, kind }: WalkScalar,
  polled: ReadonlySet<string>,
  planned: number,
): string | undefined {
  if (polled.has(oid)) return 'a template polls it';
  if (!isOfVendor(oid)) return 'it is of a standard MIB without a known metric';
  if (!MEASURED_KINDS.has(kind)) return 'it is no number';
  return planned >= MOST_SCALARS ? TOO_MANY : undefined;
}

function isOfVendor(oid: string): boolean {
  return oid.startsWith(ENTERPRISES) && !AGENT_SETTINGS.some((subtree) => oid.startsWith(`${subtree}.`));
}

function measuredColumns({ columns }: WalkTable): WalkColumn[] {
  return columns.filter(({ kind }) => MEASURED_KINDS.has(kind)).slice(0, MOST_COLUMNS);
}

function plannedTable(
  table: WalkTable,
  measured: readonly WalkColumn[],
  tableNames: Set<string>,
): PlannedTable {
  const taken = new Set(['index']);
  const named = (column: WalkColumn): PlannedColumn => ({
    ...column,
    name: unusedName(column.name ?? `c${column.arc}`, taken),
  });
  const label = table.columns.find(
    ({ kind, isDistinct, values }) => kind === 'text' && isDistinct && values === table.rows,
  );
  return {
    entry: table.entry,
    title: table.name === undefined ? table.entry : `${table.mib}::${table.name}`,
    name: unusedName(wordOf(table.name ?? `t${shortOid(table.entry.replace(/\.1$/, ''))}`), tableNames),
    rows: table.rows,
    label: label === undefined ? undefined : named(label),
    columns: measured.map(named),
  };
}

function scalarName({ oid, name }: WalkScalar): string {
  return name ?? `o${shortOid(oid.replace(/\.0$/, ''))}`;
}

/** The arcs below the enterprise, which tell objects of a device apart. */
function shortOid(oid: string): string {
  const arcs = oid.split('.');
  return arcs.slice(oid.startsWith(ENTERPRISES) ? 7 : 6).join('_');
}

/** Makes a name that a measurement or field may have, as snake case. */
function wordOf(text: string): string {
  return text
    .replaceAll(/[^A-Za-z0-9_]/g, '_')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .slice(0, 36);
}

function unusedName(wanted: string, taken: Set<string>): string {
  const name = wanted.slice(0, 56);
  let unused = name;
  for (let count = 2; taken.has(unused); count++) unused = `${name}_${count}`;
  taken.add(unused);
  return unused;
}

function notesOf(shape: WalkShape, leftOut: ReadonlyMap<string, string>): string[] {
  const tables = shape.tables.filter(({ entry }) => leftOut.get(entry) === TOO_MANY).length;
  const scalars = shape.scalars.filter(({ oid }) => leftOut.get(oid) === TOO_MANY).length;
  const notes: string[] = [];
  if (tables > 0) notes.push(`${tables} more tables hold numbers; the proposal has the first ones.`);
  if (scalars > 0) notes.push(`${scalars} more objects hold numbers; the proposal has the first ones.`);
  return notes;
}
