import { isActive } from './condition-state.ts';
import type { Condition } from './condition-store.ts';

/** Whether a condition says that its node is away. */
export function isOutage({ rule, state }: Condition): boolean {
  const kind = rule?.definition.kind;
  return isActive(state) && (kind === 'reachability' || kind === 'heartbeat');
}
