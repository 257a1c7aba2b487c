import type { ListAnswer, ListQuery } from '@stratora/contract';
import { type RawBuilder, sql } from 'kysely';
import { queryFault } from './paging.ts';

/** A list that is sorted by a number alone, which grows with each row; newest first by default. */
export interface SequenceFields {
  key: RawBuilder<unknown>;
  /** Name of the number in `sort`. */
  name: string;
}

export interface SequencePage {
  limit: number;
  orderBy: RawBuilder<unknown>;
  after: RawBuilder<boolean>;
  /** Text of the number; select it. */
  sequence: RawBuilder<unknown>;
  sort: string;
}

/**
 * Reads a page of such a list from a query. @throws AppError validation_failed for another sort field or a cursor of
 * another order
 */
export function sequenceOf(query: ListQuery, { key, name }: SequenceFields): SequencePage {
  const sort = query.sort ?? `-${name}`;
  if (sort !== name && sort !== `-${name}`) throw queryFault('sort', `must be ${name} or -${name}`);
  const descending = sort.startsWith('-');
  const direction = sql.raw(descending ? 'DESC' : 'ASC');
  const start = query.cursor === undefined ? undefined : readCursor(query.cursor, sort);
  return {
    limit: query.limit,
    sort,
    orderBy: sql`${key} ${direction}`,
    sequence: sql`(${key})::text AS sequence`,
    after:
      start === undefined
        ? sql<boolean>`true`
        : sql<boolean>`${key} ${sql.raw(descending ? '<' : '>')} ${start}::bigint`,
  };
}

/** Builds the answer: cuts off the extra row, which shows that there is a next page, and writes that page's cursor. */
export function sequenceAnswer<R extends { sequence: string }, T>(
  rows: readonly R[],
  page: SequencePage,
  total: number,
  map: (row: R) => T,
): ListAnswer<T> {
  const shown = rows.slice(0, page.limit);
  const last = rows.length > page.limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(map),
    total,
    next_cursor: last ? Buffer.from(JSON.stringify([page.sort, last.sequence])).toString('base64url') : null,
  };
}

function readCursor(text: string, sort: string): string {
  try {
    const [order, value] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    if (order === sort && typeof value === 'string' && /^\d{1,18}$/.test(value)) return value;
  } catch {
    // Answered below.
  }
  throw queryFault('cursor', 'does not belong to this list and order');
}
