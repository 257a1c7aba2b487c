import type { MibObject } from '@stratora/simulator';
import { column, ENTERPRISE, textIndex, value } from './object-list.ts';

/** Entries of the invented tables; columns are numbered from 1 below each. */
export const TABLE = {
  sparse: `${ENTERPRISE}.10.1`,
  textual: `${ENTERPRISE}.11.1`,
  pair: `${ENTERPRISE}.12.1`,
  suffixed: `${ENTERPRISE}.13.1`,
  base: `${ENTERPRISE}.14.1`,
  extension: `${ENTERPRISE}.15.1`,
  linking: `${ENTERPRISE}.16.1`,
  linked: `${ENTERPRISE}.17.1`,
  textLinking: `${ENTERPRISE}.18.1`,
  textLinked: `${ENTERPRISE}.19.1`,
  mixed: `${ENTERPRISE}.20.1`,
  extreme: `${ENTERPRISE}.21.1`,
  neighbours: `${ENTERPRISE}.22.1`,
  big: `${ENTERPRISE}.30.1`,
  growing: `${ENTERPRISE}.31.1`,
  /** Table at the very end of the device's objects. */
  last: `${ENTERPRISE}.99.1`,
} as const;

export const BIG_ROWS = 2_000;

/** Builds a device with the tables above, in which every value stands still. */
export function tableObjects(): MibObject[] {
  return [
    ...sparse(),
    ...indexes(),
    ...augmented(),
    ...joins(),
    ...column(`${TABLE.mixed}.1`, {
      1: value.integer(1),
      2: value.text('two'),
      3: value.counter64(3n),
      4: value.text('4'),
      5: value.null(),
      6: value.gauge32(6),
    }),
    ...neighbours(),
    ...big(),
    ...column(`${TABLE.last}.1`, { 1: value.integer(1), 2: value.integer(2), 3: value.integer(3) }),
  ];
}

/**
 * Builds a table with missing cells of every kind: at the start, end and middle of columns, whole columns, rows with
 * tags only.
 */
function sparse(): MibObject[] {
  return [
    ...column(`${TABLE.sparse}.1`, {
      1: value.text('one'),
      2: value.text('two'),
      4: value.text('four'),
      6: value.text(''),
    }),
    ...column(`${TABLE.sparse}.2`, { 2: value.gauge32(22), 3: value.gauge32(23), 6: value.gauge32(26) }),
    ...column(`${TABLE.sparse}.3`, {
      1: value.counter64(31n),
      3: value.counter64(33n),
      5: value.counter64(35n),
    }),
    // Column 4 is missing altogether.
    ...column(`${TABLE.sparse}.5`, { 7: value.text('') }),
  ];
}

function indexes(): MibObject[] {
  const names = ['a', 'eth0', 'Ü', 'with space', '', '1.2'];
  const addresses = ['10.0.0.1', '10.0.0.2', '192.168.255.254'];
  const pair: Record<string, ReturnType<typeof value.integer>> = {};
  for (const [at, address] of addresses.entries()) {
    for (const unit of [1, 2]) pair[`${unit}.4.${address}`] = value.integer(at * 10 + unit);
  }
  return [
    ...column(
      `${TABLE.textual}.1`,
      Object.fromEntries(names.map((name, at) => [textIndex(name), value.integer(at)])),
    ),
    ...column(
      `${TABLE.textual}.2`,
      Object.fromEntries(names.slice(0, 3).map((name) => [textIndex(name), value.text(`name of ${name}`)])),
    ),
    ...column(`${TABLE.textual}.3`, {
      [textIndex('implied', true)]: value.integer(1),
      [textIndex('impl', true)]: value.integer(2),
    }),
    ...column(`${TABLE.pair}.1`, pair),
    ...column(`${TABLE.pair}.2`, { 1: value.text('unit one'), 2: value.text('unit two') }),
    ...column(`${TABLE.suffixed}.1`, {
      '5.1': value.integer(51),
      '5.2': value.integer(52),
      '6.1': value.integer(61),
      '6.2': value.integer(62),
      '7.11': value.integer(711),
    }),
    ...column(`${TABLE.suffixed}.2`, { '5': value.text('five'), '6': value.text('six') }),
    ...column(`${TABLE.suffixed}.3`, { '5.1.9.9': value.integer(5199), '6.1.9.9': value.integer(6199) }),
    ...column(`${TABLE.extreme}.1`, {
      '0': value.integer(1),
      '4294967295': value.integer(2),
      '0.0.0': value.integer(3),
      '127.128.16383.16384.2097151.2097152': value.integer(4),
      [Array.from({ length: 100 }, (_, at) => at).join('.')]: value.integer(5),
    }),
  ];
}

/** Builds two tables with one index, one of them with fewer rows and one with more. */
function augmented(): MibObject[] {
  return [
    ...column(`${TABLE.base}.1`, { 1: value.text('lo'), 2: value.text('eth0'), 3: value.text('eth1') }),
    ...column(`${TABLE.base}.2`, { 1: value.integer(24), 2: value.integer(6), 3: value.integer(6) }),
    ...column(`${TABLE.extension}.1`, {
      2: value.counter64(2n ** 40n),
      3: value.counter64(5n),
      9: value.counter64(9n),
    }),
    ...column(`${TABLE.extension}.2`, { 2: value.text('uplink'), 3: value.text(''), 9: value.text('ghost') }),
  ];
}

/**
 * Builds ports that name the index of their module, by number and by text; some point nowhere, some modules have no
 * port.
 */
function joins(): MibObject[] {
  return [
    ...column(`${TABLE.linking}.1`, {
      '1': value.text('port 1'),
      '2': value.text('port 2'),
      '3': value.text('port 3'),
      '4': value.text('port 4'),
    }),
    ...column(`${TABLE.linking}.2`, {
      '1': value.integer(100),
      '2': value.integer(200),
      '3': value.integer(999),
    }),
    ...column(`${TABLE.linked}.1`, {
      '100': value.text('module A'),
      '200': value.text('module B'),
      '300': value.text('module C'),
    }),
    ...column(`${TABLE.linked}.2`, {
      '100': value.gauge32(35),
      '200': value.gauge32(41),
      '300': value.gauge32(50),
    }),
    ...column(`${TABLE.textLinking}.1`, {
      '7.1': value.text('1.1'),
      '7.2': value.text('1.2'),
      '8.1': value.text(''),
    }),
    ...column(`${TABLE.textLinking}.2`, {
      '7.1': value.integer(71),
      '7.2': value.integer(72),
      '8.1': value.integer(81),
    }),
    ...column(`${TABLE.textLinked}.1`, {
      '1.1': value.text('left'),
      '1.2': value.text('right'),
      '2.1': value.text('none'),
    }),
  ];
}

/** Builds columns whose numbers start alike, and one that a walk of a missing column must not take for it. */
function neighbours(): MibObject[] {
  return [
    ...column(`${TABLE.neighbours}.1`, { 1: value.integer(11), 2: value.integer(12) }),
    ...column(`${TABLE.neighbours}.10`, { 1: value.integer(101) }),
    ...column(`${TABLE.neighbours}.11`, { 1: value.integer(111) }),
    ...column(`${TABLE.neighbours}.128`, { 1: value.integer(1281) }),
  ];
}

function big(): MibObject[] {
  const rows = Array.from({ length: BIG_ROWS }, (_, at) => at + 1);
  const cells = (of: (row: number) => ReturnType<typeof value.integer> | ReturnType<typeof value.text>) =>
    Object.fromEntries(rows.map((row) => [String(row), of(row)]));
  return [
    ...column(
      `${TABLE.big}.1`,
      cells((row) => value.text(`interface ${row}`)),
    ),
    ...column(
      `${TABLE.big}.2`,
      cells((row) => value.integer(row % 7)),
    ),
    ...column(
      `${TABLE.big}.3`,
      Object.fromEntries(rows.map((row) => [String(row), value.counter64(BigInt(row) * 10n ** 12n)])),
    ),
    // Only every third row has this cell.
    ...column(
      `${TABLE.big}.4`,
      Object.fromEntries(rows.filter((row) => row % 3 === 0).map((row) => [String(row), value.gauge32(row)])),
    ),
  ];
}

/** Row counts of a table of one column that grows beyond what a node may add within an hour. */
export const GROWING_ROWS = { first: 10, later: 5_100 } as const;

export function growingObjects(rows: number): MibObject[] {
  return column(
    `${TABLE.growing}.1`,
    Object.fromEntries(Array.from({ length: rows }, (_, at) => [String(at + 1), value.integer(at)])),
  );
}
