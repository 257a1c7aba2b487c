import type { RolloutRow } from './rollout-queries.ts';

/** Builds the audit entry of something that happened to a rollout. */
export function rolloutAudit(verb: string, { id, cause }: RolloutRow, more: Record<string, unknown> = {}) {
  return { action: `rollout.${verb}`, objectType: 'rollout', objectId: id, detail: { name: cause, ...more } };
}
