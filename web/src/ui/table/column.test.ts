import { describe, expect, it } from 'vitest';
import { type Column, compareText, compareTime, formatSort, parseSort, sortRows } from './column.ts';

const COLUMNS: readonly Column<{ name: string; at: string | null }>[] = [
  { id: 'name', header: 'Name', width: 1, compare: (a, b) => compareText(a.name, b.name), cell: () => null },
  { id: 'at', header: 'At', width: 1, compare: (a, b) => compareTime(a.at, b.at), cell: () => null },
  { id: 'note', header: 'Note', width: 1, cell: () => null },
];
const ROWS = [
  { name: 'sw-10', at: null },
  { name: 'sw-2', at: '2026-01-02T00:00:00Z' },
  { name: 'SW-1', at: '2026-01-01T00:00:00Z' },
];

describe('sorting', () => {
  it('orders names as people do', () => {
    expect(sortRows(ROWS, COLUMNS, { id: 'name', descending: false }).map(({ name }) => name)).toEqual([
      'SW-1',
      'sw-2',
      'sw-10',
    ]);
  });

  it('orders names of all languages where people look for them, whatever their case and accents', () => {
    const names = [
      'Zug',
      'zürich',
      'Örebro',
      'Oslo',
      'sw10',
      'Ångered',
      'SW2',
      'Zurich',
      'Orkanger',
      'ålesund',
    ];
    expect(names.toSorted(compareText)).toEqual([
      'ålesund',
      'Ångered',
      'Örebro',
      'Orkanger',
      'Oslo',
      'SW2',
      'sw10',
      'Zug',
      'zürich',
      'Zurich',
    ]);
    expect(compareText('Zürich', 'ZURICH')).toBe(0);
  });

  it('puts what never happened last', () => {
    expect(sortRows(ROWS, COLUMNS, { id: 'at', descending: false }).at(-1)?.name).toBe('sw-10');
  });

  it('by a column that is not there or cannot be sorted leaves the rows alone', () => {
    expect(sortRows(ROWS, COLUMNS, { id: 'nothing', descending: true })).toBe(ROWS);
    expect(sortRows(ROWS, COLUMNS, { id: 'note', descending: false })).toBe(ROWS);
  });

  it('in the URL is written as the API writes it', () => {
    const fallback = { id: 'name', descending: false };
    for (const sort of [fallback, { id: 'at', descending: true }]) {
      expect(parseSort(formatSort(sort), fallback)).toEqual(sort);
    }
    expect(parseSort(null, fallback)).toBe(fallback);
    expect(parseSort('-', fallback)).toBe(fallback);
  });
});
