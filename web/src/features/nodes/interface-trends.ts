import { useQuery } from '@tanstack/react-query';
import { nodeMatcher, queryRange } from '../../api/metrics.ts';
import { alignToGrid, type Value } from '../../ui/chart/series-frame.ts';
import { serverNow } from '../../ui/state/clock.ts';
import { interfaceExpressions, interfaceKey } from './interface-rows.ts';

const RANGE_SECONDS = 3600;
const STEP_SECONDS = 120;
const REFETCH_MS = 60_000;

/** Both directions of every interface of a node over the last hour, in bits per second, by what names the interface. */
export function useInterfaceTrends(
  nodeId: string,
  byAgent: boolean,
): ReadonlyMap<string, readonly Value[]> | undefined {
  const { data } = useQuery({
    queryKey: ['metrics', 'interface-trends', nodeId, byAgent],
    queryFn: async ({ signal }) => {
      const { inBits = '', outBits = '' } = interfaceExpressions(nodeMatcher(nodeId), byAgent);
      const end = Math.floor(serverNow() / 1000 / STEP_SECONDS) * STEP_SECONDS;
      const grid = { start: end - RANGE_SECONDS, end, step: STEP_SECONDS };
      const expr = `(${inBits}) + (${outBits})`.replaceAll('[60s]', `[${STEP_SECONDS * 2}s]`);
      const trends = new Map<string, readonly Value[]>();
      for (const { metric, values } of await queryRange({ expr, ...grid }, signal)) {
        const key = interfaceKey(metric);
        if (key !== undefined) trends.set(key, joined(trends.get(key), alignToGrid(values, grid)));
      }
      return trends;
    },
    refetchInterval: REFETCH_MS,
    staleTime: REFETCH_MS / 2,
  });
  return data;
}

/** Joins series of one interface that followed each other. */
function joined(before: readonly Value[] | undefined, values: readonly Value[]): readonly Value[] {
  return before === undefined ? values : values.map((value, at) => value ?? before[at] ?? null);
}
