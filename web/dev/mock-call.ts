import type { ListAnswer } from '@stratora/contract';

/** One call of the user API as the mock sees it. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Record<string, unknown>;
}

/** An answer that is a problem document. */
export class Refusal extends Error {
  readonly status: number;
  readonly problem: Record<string, unknown>;
  constructor(status: number, code: string, detail: string, errors?: unknown) {
    super(detail);
    this.status = status;
    this.problem = {
      type: 'about:blank',
      title: detail,
      status,
      detail,
      code,
      ...(errors === undefined ? {} : { errors }),
    };
  }
}

/** A page of a list, as the API answers lists. */
export function page<T>(items: readonly T[], query: URLSearchParams): ListAnswer<T> {
  const limit = Number(query.get('limit') ?? 50);
  const from = Number(query.get('cursor') ?? 0);
  const search = (query.get('search') ?? '').toLowerCase();
  const found =
    search === ''
      ? items
      : items.filter((item) =>
          String((item as { name?: unknown }).name)
            .toLowerCase()
            .includes(search),
        );
  const end = from + limit;
  return {
    items: found.slice(from, end),
    total: found.length,
    next_cursor: end < found.length ? String(end) : null,
  };
}
