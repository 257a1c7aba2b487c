import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';

/** The interval at which lists are asked again while no events stream in, and charts always. */
export const POLL_INTERVAL_MS = 10_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: true,
      // A refusal does not change by asking again; silence and overload may.
      retry: (count, error) =>
        count < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
      retryDelay: (attempt) => Math.min(1_000 * 2 ** attempt, 8_000),
    },
    mutations: { retry: false },
  },
});
