import type { Rollout, RolloutDetail } from '@stratora/contract';
import { plural } from '../ui/format/units.ts';

type Stage = Rollout['stage'];
const STAGES = [
  { id: 'first', label: 'First' },
  { id: 'tenth', label: 'A tenth' },
  { id: 'rest', label: 'The rest' },
] as const satisfies readonly { id: Stage; label: string }[];

export interface StageProgress {
  readonly id: Stage;
  readonly label: string;
  readonly phase: 'done' | 'now' | 'later';
  readonly total: number;
  readonly applied: number;
  readonly failed: number;
}

/** The progress of each stage, counted over the components that are in it. */
export function stageProgress(
  rollout: Rollout,
  components: RolloutDetail['components'],
): readonly StageProgress[] {
  const at = STAGES.findIndex(({ id }) => id === rollout.stage);
  return STAGES.map(({ id, label }, index) => {
    const own = components.filter(({ stage }) => stage === id);
    return {
      id,
      label,
      phase: index < at || rollout.state === 'done' ? 'done' : index === at ? 'now' : 'later',
      total: own.length,
      applied: own.filter(({ state }) => state === 'applied').length,
      failed: own.filter(({ state }) => state === 'failed').length,
    };
  });
}

/** Names what a rollout brings: its templates. */
export function rolloutSubject(rollout: Pick<Rollout, 'templates' | 'cause'>): string {
  const [first, second, ...others] = rollout.templates;
  if (first === undefined) return rollout.cause;
  if (second === undefined) return `template ${first}`;
  if (others.length === 0) return `templates ${first} and ${second}`;
  return `templates ${first}, ${second} and ${others.length} more`;
}

/** "3 of 12 collectors run it, 1 is away". */
export function rolloutCounts({ counts, component_type: type }: Rollout): string {
  const total = counts.held + counts.released + counts.applied + counts.failed + counts.offline;
  const parts = [`${counts.applied} of ${plural(total, type)} ${total === 1 ? 'runs' : 'run'} it`];
  if (counts.released > 0) parts.push(`${counts.released} ${counts.released === 1 ? 'is' : 'are'} about to`);
  if (counts.failed > 0) parts.push(`${counts.failed} failed`);
  if (counts.offline > 0) parts.push(`${counts.offline} ${counts.offline === 1 ? 'is' : 'are'} away`);
  return parts.join(', ');
}

/** Seconds until the stage has run well for long enough; undefined while the rollout does not run. */
export function soakLeft(rollout: Rollout, nowMs: number): number | undefined {
  if (rollout.state !== 'running') return undefined;
  return Math.max(
    0,
    Math.ceil((Date.parse(rollout.stage_since) + rollout.soak_seconds * 1000 - nowMs) / 1000),
  );
}
