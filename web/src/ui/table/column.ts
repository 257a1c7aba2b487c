import type { ReactNode } from 'react';

/** One column of a table over rows of `T`. */
export interface Column<T> {
  readonly id: string;
  readonly header: string;
  /** Pixels to begin with; people may resize. The first column also takes what is left over. */
  readonly width: number;
  readonly align?: 'right';
  /** Compares two rows ascending; a column without it cannot be sorted. */
  readonly compare?: (a: T, b: T) => number;
  readonly cell: (row: T) => ReactNode;
  /** Shares what is left over with the first column, and gets most of it. */
  readonly grows?: boolean;
  /** Not shown until chosen. */
  readonly hidden?: boolean;
}

export interface Sort {
  readonly id: string;
  readonly descending: boolean;
}

/** Reads an order as the API writes it: `name` or `-name`. */
export function parseSort(text: string | null, fallback: Sort): Sort {
  if (text === null || text === '' || text === '-') return fallback;
  return text.startsWith('-') ? { id: text.slice(1), descending: true } : { id: text, descending: false };
}

export function formatSort(sort: Sort): string {
  return sort.descending ? `-${sort.id}` : sort.id;
}

/** Rows in order; the list itself where the column is not known or cannot be sorted. Equal rows keep their order. */
export function sortRows<T>(rows: readonly T[], columns: readonly Column<T>[], sort: Sort): readonly T[] {
  const compare = columns.find(({ id }) => id === sort.id)?.compare;
  if (compare === undefined) return rows;
  return rows.toSorted(sort.descending ? (a, b) => compare(b, a) : compare);
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
/** Compares names as people do: `sw-2` before `sw-10`. */
export function compareText(a: string, b: string): number {
  return collator.compare(a, b);
}

/** Compares times; those that never were come last. */
export function compareTime(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

export function compareNumber(a: number | null | undefined, b: number | null | undefined): number {
  return (a ?? -Infinity) - (b ?? -Infinity);
}
