import type { AlertDefinition } from '@stratora/contract';

/** The rules in force that judge nothing, since the metric store refuses their expressions. */
export function refusedOf(
  definitions: readonly AlertDefinition[] | undefined,
): readonly Pick<AlertDefinition, 'id' | 'name'>[] {
  return (definitions ?? []).filter(({ enabled, refusal }) => enabled && refusal !== null);
}
