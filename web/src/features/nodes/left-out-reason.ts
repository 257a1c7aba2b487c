import type { NodeDetail } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { newestConfigQuery } from '../../api/components.ts';

/** Why the configuration of its collector does without this node; undefined where it does not, or nobody knows yet. */
export function useLeftOutReason({ id, collector_id: collector }: NodeDetail): string | undefined {
  const config = useQuery({ ...newestConfigQuery(collector ?? ''), enabled: collector !== null }).data;
  return config?.left_out.find(({ node_id: left }) => left === id)?.reason;
}
