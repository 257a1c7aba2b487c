import type { AlertKind } from '@stratora/contract';
import { isActive } from './condition-state.ts';
import type { Condition } from './condition-store.ts';

/** Whether alerts of a kind say that their node is away. */
export function isOutageKind(kind: AlertKind | undefined): boolean {
  return kind === 'reachability' || kind === 'heartbeat';
}

/** Whether a condition says that its node is away. */
export function isOutage({ rule, state }: Condition): boolean {
  return isActive(state) && isOutageKind(rule?.definition.kind);
}
