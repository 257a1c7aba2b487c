import type { NodeDetail } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { newestConfigQuery } from '../../api/components.ts';

/** The reason why its collector's configuration leaves a node out; undefined where it does not, or is not known. */
export function useLeftOutReason({ id, collector_id: collector }: NodeDetail): string | undefined {
  const config = useQuery({ ...newestConfigQuery(collector ?? ''), enabled: collector !== null }).data;
  return config?.left_out.find(({ node_id: left }) => left === id)?.reason;
}
