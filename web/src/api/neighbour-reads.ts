import type { NeighbourRead } from '@stratora/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from './client.ts';

/** Milliseconds between two looks at a reading that is not done, and how many of them there are at most. */
const FOLLOW_MS = 1_000;
const LOOKS_MAX = 180;

const isDone = ({ state }: NeighbourRead) => state === 'done';

/** Has the collector of a node read now what the device says of its neighbours, and waits until it is done. */
export function useReadNeighbours(nodeId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (): Promise<NeighbourRead> => {
      const path = `/nodes/${encodeURIComponent(nodeId)}/neighbours/read`;
      let reading = await request<NeighbourRead>(path, { method: 'POST' });
      for (let looks = 0; !isDone(reading) && looks < LOOKS_MAX; looks += 1) {
        await new Promise((resolve) => {
          setTimeout(resolve, FOLLOW_MS);
        });
        reading = await request<NeighbourRead>(`/neighbour-reads/${reading.id}`);
      }
      return reading;
    },
    // Its links follow a little later, and are told of then.
    onSuccess: () => client.invalidateQueries({ queryKey: ['nodes', 'one', nodeId] }),
  });
}
