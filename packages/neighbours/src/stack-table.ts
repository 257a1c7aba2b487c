import type { NeighbourRows } from '@stratora/contract';
import { numberOf, textOf } from './cell-value.ts';
import type { SourceValue } from './neighbour-source.ts';
import type { Reading } from './reading.ts';
import type { TableNote } from './table-note.ts';

type StackMember = NeighbourRows['stack_members'][number];

/** entPhysicalTable of ENTITY-MIB (RFC 6933). */
export const ENTITY_ENTRY = '1.3.6.1.2.1.47.1.1.1.1';
/** entPhysicalContainedIn and entPhysicalClass: a large device has thousands of parts, of which a few are asked for more. */
const SHAPE_COLUMNS = [4, 5] as const;
const CLASS_AT = 1;
/** entPhysicalDescr, Name, SerialNum, ModelName. */
const DESCRIPTION = 2;
const NAME = 7;
const SERIAL = 11;
const MODEL = 13;
const CHASSIS = 3;
const STACK = 11;
/** Most members of a stack. */
const MEMBERS_MAX = 64;

export interface StackReading {
  readonly members: readonly StackMember[];
  /** Serial number of the chassis, of a stack that of its first member. */
  readonly serial: string | null;
}

/** Reads the members of a stack, and the serial number of the device. A device that is no stack has no members. */
export async function readStack(reading: Reading, note: TableNote): Promise<StackReading> {
  const rows = await reading.rows(note, {
    entry: ENTITY_ENTRY,
    columns: [...SHAPE_COLUMNS],
    needed: [CLASS_AT],
  });
  if (rows.length > 0) note.noteHeld();
  const parts = rows.flatMap(({ index, values: [parent, kind] }) =>
    index.length === 1 && index[0] !== undefined
      ? [{ index: index[0], parent: numberOf(parent), kind: numberOf(kind) }]
      : [],
  );
  const stacks = new Set(parts.filter(({ kind }) => kind === STACK).map(({ index }) => index));
  const chassis = parts.filter(({ kind }) => kind === CHASSIS).slice(0, MEMBERS_MAX);
  const texts = await reading.get(
    chassis.flatMap(({ index }) =>
      [DESCRIPTION, NAME, SERIAL, MODEL].map((column) => `${ENTITY_ENTRY}.${column}.${index}`),
    ),
  );
  const described = chassis.map(({ index }) => memberOf(index, texts));
  const serial = described.find((member) => member.serial !== null)?.serial ?? null;
  // Some agents list the members of a stack beside each other, without a stack above them.
  const inStack = chassis.filter(({ parent }) => stacks.has(parent ?? -1));
  const chosen = inStack.length > 0 ? inStack : chassis.filter(({ parent }) => (parent ?? 0) === 0);
  const isStack = inStack.length > 0 || chosen.length > 1;
  const indexes = new Set(chosen.map(({ index }) => index));
  return { members: isStack ? described.filter(({ index }) => indexes.has(index)) : [], serial };
}

function memberOf(index: number, texts: ReadonlyMap<string, SourceValue>): StackMember {
  const text = (column: number): string | null => textOf(texts.get(`${ENTITY_ENTRY}.${column}.${index}`));
  return { index, name: text(NAME) ?? text(DESCRIPTION), serial: text(SERIAL), model: text(MODEL) };
}
