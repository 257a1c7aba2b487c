import { encodeSeries } from '@stratora/lineprotocol';
import { Cell, encodeIndexArcs, SnmpTable, ValueType } from '@stratora/snmp';
import { ManualClock } from '@stratora/testkit';
import { describe, expect, test } from 'vitest';
import { LineBuffer } from './line-buffer.ts';
import { RowCache } from './row-cache.ts';
import { JoinedRows, PlainRows } from './row-set.ts';
import { MAX_NEW_SERIES_PER_HOUR, SeriesBudget } from './series-budget.ts';
import type { ColumnOptions, TableOptions } from './snmp-options.ts';
import { type RowSurroundings, TableEncoder } from './table-encoder.ts';
import { cutIndex, planTable } from './table-plan.ts';

function column(name: string, more: Partial<ColumnOptions> = {}): ColumnOptions {
  const base = { name, oid: '1.3.6.1', isTag: false, conversion: { kind: 'none' as const } };
  return { ...base, indexSuffix: [], indexLength: 0, joins: 'no', outerJoin: false, ...more };
}

function cellAt(columnNumber: number, index: string, value: number | string): Cell {
  const cell = new Cell();
  const key = encodeIndexArcs(index.split('.').map(Number));
  const octets = typeof value === 'string' ? Buffer.from(value) : Buffer.from([value]);
  cell.buffer = Buffer.concat([key, octets]);
  cell.column = columnNumber;
  cell.type = typeof value === 'string' ? ValueType.octetString : ValueType.integer;
  cell.indexEnd = key.length;
  cell.valueStart = key.length;
  cell.valueEnd = cell.buffer.length;
  return cell;
}

type Cells = readonly (readonly [column: number, index: string, value: number | string])[];

function tableOf(columns: number, cells: Cells): SnmpTable {
  const table = new SnmpTable();
  table.reset(columns);
  for (const [number, index, value] of cells) table.add(cellAt(number, index, value));
  return table;
}

const INTERFACES: TableOptions = {
  name: 'interface',
  inheritTags: [],
  indexAsTag: true,
  columns: [column('ifDescr', { isTag: true }), column('mtu'), column('speed')],
};

class Bench {
  readonly clock = new ManualClock();
  readonly budget = new SeriesBudget(this.clock);
  readonly cache = new RowCache();
  readonly encoder: TableEncoder;
  refused = 0;
  made = 0;

  constructor(options: TableOptions = INTERFACES) {
    this.encoder = new TableEncoder(planTable(options, () => true));
  }

  around(): RowSurroundings {
    const encode = (name: string, tags: Parameters<typeof encodeSeries>[1]) => {
      this.made += 1;
      return encodeSeries(name, tags);
    };
    return {
      context: { encodeSeries: encode },
      cache: this.cache,
      budget: this.budget,
      inherited: {},
      hostTag: 'agent_host',
      host: 'h',
      stamp: Buffer.from(' 1\n'),
    };
  }

  poll(cells: Cells): string[] {
    const out = new LineBuffer();
    this.refused = this.encoder.encode(new PlainRows(tableOf(3, cells)), this.around(), out);
    return linesOf(out);
  }
}

function linesOf(out: LineBuffer): string[] {
  const lines = out.bytes.toString('utf8', 0, out.length).split('\n').slice(0, -1);
  expect(lines).toHaveLength(out.lines);
  return lines;
}

const TWO: Cells = [
  [0, '1', 'lo'],
  [1, '1', 16],
  [0, '2', 'eth0'],
  [1, '2', 15],
  [2, '2', 9],
];

describe('rows', () => {
  test('a missing cell is left out of its row, and only there', () => {
    expect(new Bench().poll(TWO)).toEqual([
      'interface,agent_host=h,index=1,ifDescr=lo mtu=16i 1',
      'interface,agent_host=h,index=2,ifDescr=eth0 mtu=15i,speed=9i 1',
    ]);
  });

  test('a row that has tags alone is no row', () => {
    expect(new Bench().poll([[0, '7', 'empty'], ...TWO])).toHaveLength(2);
  });

  test('prefixes are made once, as long as index and tags stay', () => {
    const bench = new Bench();
    const first = bench.poll(TWO);
    expect(bench.poll(TWO)).toEqual(first);
    expect(bench.made).toBe(2);
  });

  test('rows that come, go, move or are renamed have the right tags', () => {
    const bench = new Bench();
    bench.poll(TWO);
    const three: Cells = [[1, '1.5', 3], ...TWO];
    expect(bench.poll(three)).toEqual([
      'interface,agent_host=h,index=1.5 mtu=3i 1',
      'interface,agent_host=h,index=1,ifDescr=lo mtu=16i 1',
      'interface,agent_host=h,index=2,ifDescr=eth0 mtu=15i,speed=9i 1',
    ]);
    expect(bench.made).toBe(3);
    expect(bench.poll(TWO.slice(2))).toEqual([
      'interface,agent_host=h,index=2,ifDescr=eth0 mtu=15i,speed=9i 1',
    ]);
    const renamed: Cells = [
      [0, '2', 'wan'],
      [1, '2', 15],
    ];
    expect(bench.poll(renamed)).toEqual(['interface,agent_host=h,index=2,ifDescr=wan mtu=15i 1']);
    expect(bench.poll([])).toEqual([]);
    expect(bench.poll(TWO)).toHaveLength(2);
  });

  describe('after a walk that broke off', () => {
    const partial = (bench: Bench, cells: Cells, open: readonly number[]): string[] => {
      const out = new LineBuffer();
      const rows = new PlainRows(tableOf(3, cells));
      bench.refused = bench.encoder.encodePartial(rows, bench.around(), out, new Set(open));
      return linesOf(out);
    };

    test('rows that are known as they are go out, and half of one does not', () => {
      const bench = new Bench();
      bench.poll(TWO);
      const half: Cells = [
        [0, '1', 'lo'],
        [1, '1', 17],
        [1, '2', 15],
      ];
      expect(partial(bench, half, [0, 1, 2])).toEqual([
        'interface,agent_host=h,index=1,ifDescr=lo mtu=17i 1',
      ]);
    });

    test('new rows go out when all their tags have come, and a column that has ended keeps none back', () => {
      const cells: Cells = [
        [0, '1', 'lo'],
        [1, '1', 17],
        [0, '3', 'eth3'],
        [1, '2', 15],
        [1, '3', 16],
        [1, '4', 18],
      ];
      expect(partial(new Bench(), cells, [0, 1, 2])).toEqual([
        'interface,agent_host=h,index=1,ifDescr=lo mtu=17i 1',
        'interface,agent_host=h,index=3,ifDescr=eth3 mtu=16i 1',
      ]);
      expect(partial(new Bench(), cells, [1, 2])).toHaveLength(4);
    });

    test('rows that did not come stay known, and the whole table at the next poll is no news', () => {
      const bench = new Bench();
      expect(partial(bench, TWO.slice(0, 2), [0, 1, 2])).toHaveLength(1);
      expect(partial(bench, TWO.slice(2), [0, 1, 2])).toHaveLength(1);
      const { made } = bench;
      expect(bench.poll(TWO)).toHaveLength(2);
      expect(bench.made).toBe(made);
    });

    test('the first whole table is taken whole, however little came before', () => {
      const bench = new Bench();
      const rows = (count: number): Cells =>
        Array.from({ length: count }, (_, index) => [1, String(index), 1] as const);
      expect(partial(bench, rows(10), [1])).toHaveLength(10);
      expect(bench.poll(rows(MAX_NEW_SERIES_PER_HOUR + 100))).toHaveLength(MAX_NEW_SERIES_PER_HOUR + 100);
    });

    test('a table that never ends cannot make new series without end', () => {
      const bench = new Bench();
      const rows = (from: number): Cells =>
        Array.from({ length: 4_000 }, (_, index) => [1, String(from + index), 1] as const);
      for (let poll = 0; poll < 6; poll += 1) partial(bench, rows(poll * 4_000), [1]);
      expect(partial(bench, rows(90_000), [1])).toEqual([]);
      expect(bench.refused).toBe(4_000);
    });
  });

  test('a text of a device cannot break a line', () => {
    const [line] = new Bench().poll([
      [0, '1', 'a b,c=d\\\n"x'],
      [1, '1', 1],
    ]);
    expect(line).toBe(String.raw`interface,agent_host=h,index=1,ifDescr=a\ b\,c\=d\\\ "x mtu=1i 1`);
  });
});

describe('churn of indexes', () => {
  const rows = (from: number, count: number): Cells =>
    Array.from({ length: count }, (_, index) => [1, String(from + index), 1] as const);

  test('the first poll is whole; then an hour has room for so many new series', async () => {
    const bench = new Bench();
    expect(bench.poll(rows(0, 6_000))).toHaveLength(6_000);
    expect(bench.refused).toBe(0);
    expect(bench.poll(rows(1, 6_000))).toHaveLength(5_999);
    expect(bench.refused).toBe(1);
    await bench.clock.advance(3_600_000);
    expect(bench.poll(rows(1, 6_000))).toHaveLength(6_000);
  });

  test('indexes that change with every poll are stopped at the bound', () => {
    const bench = new Bench();
    let lines = bench.poll(rows(0, 10)).length;
    for (let poll = 1; poll < 1_000; poll += 1) lines += bench.poll(rows(poll * 10, 10)).length;
    expect(lines).toBe(MAX_NEW_SERIES_PER_HOUR);
  });

  test('a row that went away and comes back is not new', () => {
    const bench = new Bench();
    bench.poll(rows(0, MAX_NEW_SERIES_PER_HOUR));
    bench.poll(rows(1, MAX_NEW_SERIES_PER_HOUR - 1));
    expect(bench.poll(rows(0, MAX_NEW_SERIES_PER_HOUR))).toHaveLength(MAX_NEW_SERIES_PER_HOUR);
  });
});

describe('indexes', () => {
  const cut = (index: string, suffix: number[], length: number) => {
    const cell = cellAt(0, index, 1);
    const isKept = cutIndex(cell, { suffix: encodeIndexArcs(suffix), length });
    return isKept ? [...cell.buffer.subarray(cell.indexStart, cell.indexEnd)] : undefined;
  };

  test('a suffix is cut on whole arcs, and cells without it are of another column', () => {
    expect(cut('5.1', [1], 0)).toEqual([5]);
    expect(cut('5.2', [1], 0)).toBeUndefined();
    expect(cut('5.129', [1], 0)).toBeUndefined();
    expect(cut('1', [1], 0)).toEqual([]);
  });

  test('a length keeps the first arcs, however many octets they have', () => {
    expect(cut('300.2.3', [], 1)).toEqual([0x82, 0x2c]);
    expect(cut('300.2.3', [], 2)).toEqual([0x82, 0x2c, 2]);
    expect(cut('1.2', [], 9)).toEqual([1, 2]);
  });

  const JOIN: TableOptions = {
    name: 'poe',
    inheritTags: [],
    indexAsTag: true,
    columns: [
      column('power'),
      column('entity', { joins: 'table' }),
      column('name', { joins: 'use', isTag: true }),
      column('slot', { joins: 'use' }),
    ],
  };

  function join(options: TableOptions): string[] {
    const plan = planTable(options, () => true);
    const first = tableOf(2, [
      [0, '1.2', 64],
      [1, '1.2', 102],
      [0, '1.6', 66],
      [1, '1.6', 106],
      [0, '1.7', 67],
    ]);
    const second = tableOf(2, [
      [0, '102', 'Gi2'],
      [1, '102', 1],
      [0, '106', 'Gi6'],
      [0, '107', 'Gi7'],
      [1, '107', 3],
    ]);
    const bench = new Bench(options);
    const out = new LineBuffer();
    new TableEncoder(plan).encode(new JoinedRows(first, second, plan), bench.around(), out);
    return linesOf(out);
  }

  test('two tables are joined by the column that holds the other index', () => {
    expect(join(JOIN)).toEqual([
      'poe,agent_host=h,index=1.2,name=Gi2 power=64i,entity=102i,slot=1i 1',
      'poe,agent_host=h,index=1.6,name=Gi6 power=66i,entity=106i 1',
      'poe,agent_host=h,index=1.7 power=67i 1',
    ]);
  });

  test('an outer join keeps what nothing points at, under an index of its own', () => {
    const columns = JOIN.columns.map((one) => (one.joins === 'table' ? { ...one, outerJoin: true } : one));
    expect(join({ ...JOIN, columns })).toContain('poe,agent_host=h,index=Secondary.107,name=Gi7 slot=3i 1');
  });
});
