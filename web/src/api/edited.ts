import { queryOptions } from '@tanstack/react-query';
import { requestTagged } from './client.ts';

/**
 * A resource as it is when somebody begins to edit it, with the tag by which the server knows whether it is still so.
 * Read once: a form must not change below its editor's hands.
 */
export function editedQuery<T>(path: string) {
  return queryOptions({
    queryKey: ['edited', path],
    queryFn: ({ signal }) => requestTagged<T>(path, { signal }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
