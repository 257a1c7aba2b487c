import type { ListAnswer, ListQuery } from '@stratora/contract';
import { AppError } from '@stratora/runtime';
import { type RawBuilder, sql } from 'kysely';

/** A column that a list may be sorted by, which is never null, with the type that a cursor's text is compared as. */
export interface SortField {
  expression: RawBuilder<unknown>;
  type: 'text' | 'timestamptz' | 'integer';
}

export type SortFields = Record<string, SortField>;

export interface Page {
  limit: number;
  orderBy: RawBuilder<unknown>;
  /** Condition for rows after the cursor; true on the first page. */
  after: RawBuilder<boolean>;
  /** Text of the sort column; select it as `sort_key`. */
  sortKey: RawBuilder<string>;
  sort: string;
}

export function textField(expression: RawBuilder<unknown>): SortField {
  return { expression, type: 'text' };
}

/**
 * Reads a page of a list from a query, by keyset paging: a cursor holds the last row's sort value and id, so pages
 * neither skip nor repeat rows when others are added, and the thousandth page costs as little as the first.
 *
 * @throws AppError validation_failed for an unknown sort field or a cursor of another list or order
 */
export function pageOf(
  query: ListQuery,
  fields: SortFields,
  fallback: string,
  id: RawBuilder<unknown>,
): Page {
  const sort = query.sort ?? fallback;
  const descending = sort.startsWith('-');
  const name = descending ? sort.slice(1) : sort;
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!field) {
    throw queryFault('sort', `must be one of ${Object.keys(fields).join(', ')}`);
  }
  const direction = sql.raw(descending ? 'DESC' : 'ASC');
  const beyond = sql.raw(descending ? '<' : '>');
  const cursor = query.cursor === undefined ? undefined : readCursor(query.cursor, sort, field.type);
  return {
    limit: query.limit,
    sort,
    orderBy: sql`${field.expression} ${direction}, ${id} ${direction}`,
    sortKey: sql<string>`(${field.expression})::text`,
    after: cursor
      ? sql<boolean>`(${field.expression}, ${id}) ${beyond} (${cursor.value}::text::${sql.raw(field.type)}, ${cursor.id}::uuid)`
      : sql<boolean>`true`,
  };
}

/** Builds the answer: cuts off the extra row, which shows that there is a next page, and writes that page's cursor. */
export function listAnswer<R extends { id: string; sort_key: string }, T>(
  rows: readonly R[],
  page: Page,
  total: number,
  map: (row: R) => T,
): ListAnswer<T> {
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(map),
    total,
    next_cursor: last
      ? Buffer.from(JSON.stringify([page.sort, last.sort_key, last.id])).toString('base64url')
      : null,
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a cursor's text is one that PostgreSQL wrote of a column of this type. */
const CAN_BE: Record<SortField['type'], (value: string) => boolean> = {
  text: (value) => value.isWellFormed() && !value.includes('\u0000'),
  timestamptz: (value) =>
    value === '-infinity' ||
    (/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-](0\d|1[0-5])(:[0-5]\d){0,2}$/.test(value) &&
      isTime(value)),
  integer: (value) => /^-?\d{1,10}$/.test(value) && Math.abs(Number(value)) <= 2_147_483_647,
};

function isTime(value: string): boolean {
  const shown = value.slice(0, 19).replace(' ', 'T');
  const parsed = new Date(`${shown}Z`);
  // JavaScript counts on from a February 30th, and knows a year 0; PostgreSQL does neither.
  return (
    !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(shown) && !shown.startsWith('0000')
  );
}

function readCursor(text: string, sort: string, type: SortField['type']): { value: string; id: string } {
  try {
    const [order, value, id] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    const isOurs = order === sort && typeof value === 'string' && typeof id === 'string' && UUID.test(id);
    if (isOurs && CAN_BE[type](value)) return { value, id };
  } catch {
    // Answered below.
  }
  throw queryFault('cursor', 'does not belong to this list and order');
}

/** Builds the error for a query parameter that no list understands. */
export function queryFault(path: string, message: string): AppError {
  return new AppError('validation_failed', {
    status: 400,
    message: `${path} ${message}.`,
    details: { errors: [{ path, message }] },
  });
}
