import type { ListAnswer } from '@stratora/contract';
import { request } from './client.ts';

const PAGE_SIZE = 500;

/** Every page of a list, in the server's order; `onPage` hears what is there so far. */
export async function fetchAll<T>(
  path: string,
  options: {
    readonly query?: Readonly<Record<string, string | undefined>> | undefined;
    readonly signal: AbortSignal;
    readonly maxItems?: number;
    readonly onPage?: (items: readonly T[], total: number) => void;
  },
): Promise<{ items: T[]; total: number }> {
  const items: T[] = [];
  const maxItems = options.maxItems ?? 100_000;
  let cursor: string | undefined;
  for (;;) {
    const page = await request<ListAnswer<T>>(path, {
      query: { ...options.query, limit: PAGE_SIZE, cursor },
      signal: options.signal,
    });
    items.push(...page.items);
    if (page.next_cursor === null || page.items.length === 0 || items.length >= maxItems) {
      return { items, total: page.total };
    }
    options.onPage?.(items, page.total);
    cursor = page.next_cursor;
  }
}
