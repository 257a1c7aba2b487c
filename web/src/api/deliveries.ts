import type { Delivery, DeliveryListQuery, ListAnswer } from '@stratora/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { request } from './client.ts';

const PAGE = 100;
/** Deliveries of tests of one channel that are looked at; a mail channel has at most fifty recipients. */
const TESTS_MAX = 100;
/** Milliseconds between two looks at a delivery that is followed. */
const FOLLOW_MS = 1_000;

/** A part of the filters of the list, as the server takes them. */
export type DeliveryQuery = Partial<Omit<DeliveryListQuery, 'limit' | 'cursor'>>;

/** Deliveries page by page, the newest first unless the query says otherwise. */
export function deliveryPagesQuery(query: DeliveryQuery) {
  return infiniteQueryOptions({
    queryKey: ['deliveries', 'pages', query],
    queryFn: ({ signal, pageParam }) =>
      request<ListAnswer<Delivery>>('/deliveries', {
        query: { ...query, limit: PAGE, cursor: pageParam },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
  });
}

/**
 * The deliveries of one test of a channel, asked for until all are over: each recipient gets one.
 * @param firstId the delivery that the call of the test named
 */
export function testDeliveriesQuery(channelId: string, firstId: string) {
  return queryOptions({
    queryKey: ['deliveries', 'test', channelId, firstId],
    queryFn: async ({ signal }) => {
      const { items } = await request<ListAnswer<Delivery>>('/deliveries', {
        query: { channel_id: channelId, event: 'test', limit: TESTS_MAX },
        signal,
      });
      return ofOneTest(items, firstId);
    },
    refetchInterval: ({ state: { data } }) => (isTestOver(data) ? false : FOLLOW_MS),
  });
}

/** The deliveries that arose with the first of a test. */
function ofOneTest(tests: readonly Delivery[], firstId: string): readonly Delivery[] {
  const first = tests.find(({ id }) => id === firstId);
  return first === undefined ? [] : tests.filter(({ created_at: at }) => at === first.created_at);
}

export function isTestOver(deliveries: readonly Delivery[] | undefined): boolean {
  return (
    deliveries !== undefined && deliveries.length > 0 && deliveries.every(({ state }) => state !== 'queued')
  );
}
