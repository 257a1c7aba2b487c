import { expect, it } from 'vitest';
import { RowBook } from './row-book.ts';

it('rows that are the same are not written again, and those that are gone are named', () => {
  const book = new RowBook([]);
  const rows = [
    { id: 'a', is: 1 },
    { id: 'b', is: 1 },
  ];
  expect(book.take(rows)).toEqual({ changed: rows, gone: [] });
  expect(book.take([{ id: 'a', is: 2 }])).toEqual({ changed: [{ id: 'a', is: 2 }], gone: ['b'] });
});

it('of two rows with one id the first is written, so that one statement can hold all', () => {
  const rows = [
    { id: 'a', is: 1 },
    { id: 'a', is: 2 },
  ];
  expect(new RowBook([]).take(rows)).toEqual({ changed: [{ id: 'a', is: 1 }], gone: [] });
});
