import type { Component, ConfigGeneration } from '@stratora/contract';
import { CircleCheck, CircleDashed, CircleX, type LucideIcon, OctagonAlert, RotateCcw } from 'lucide-react';
import { Link } from 'react-router';
import { classNames } from '../../../ui/class-names.ts';
import { plural } from '../../../ui/format/units.ts';
import { Ago } from '../../../ui/time-text.tsx';

interface OutcomeLook {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly text: string;
}

const OUTCOMES: Readonly<Record<NonNullable<ConfigGeneration['outcome']>, OutcomeLook>> = {
  applied: { label: 'Applied', icon: CircleCheck, text: 'text-healthy' },
  validation_error: { label: 'Refused', icon: CircleX, text: 'text-warning' },
  rolled_back: { label: 'Rolled back', icon: RotateCcw, text: 'text-warning' },
  engine_down: { label: 'Engine down', icon: OctagonAlert, text: 'text-critical' },
};

/** The outcome of a generation: what its component made of it, or that it was never given it. */
export function outcomeOf(
  { outcome, is_desired: desired, generation }: ConfigGeneration,
  component: Component,
): OutcomeLook {
  if (outcome !== null) return OUTCOMES[outcome];
  if (generation > (component.desired_generation ?? 0))
    return { label: 'Not given to it', icon: CircleDashed, text: 'text-faint' };
  return {
    label: desired ? 'On its way' : 'Not told',
    icon: CircleDashed,
    text: desired ? 'text-discovering' : 'text-faint',
  };
}

export function GenerationMarks({ generation }: { readonly generation: ConfigGeneration }) {
  const marks = [
    generation.is_running && 'runs',
    generation.is_desired && !generation.is_running && 'wanted',
    generation.is_pinned && 'pinned',
    generation.held_by_rollout_id !== null && 'held back',
  ].filter((mark) => mark !== false);
  return marks.map((mark) => (
    <span key={mark} className="rounded-sm bg-accent-soft px-1.5 text-12 font-medium text-accent-text">
      {mark}
    </span>
  ));
}

interface GenerationListProps {
  readonly component: Component;
  readonly generations: readonly ConfigGeneration[];
  readonly chosen: number;
}

/** The list of generations, newest first: what happened, who did it, when, and what became of it. */
export function GenerationList({ component, generations, chosen }: GenerationListProps) {
  return (
    <ol aria-label="Generations" className="overflow-hidden rounded-md border border-line bg-surface">
      {generations.map((generation) => (
        <Row
          key={generation.generation}
          component={component}
          generation={generation}
          chosen={generation.generation === chosen}
        />
      ))}
    </ol>
  );
}

interface RowProps {
  readonly component: Component;
  readonly generation: ConfigGeneration;
  readonly chosen: boolean;
}

function Row({ component, generation, chosen }: RowProps) {
  const outcome = outcomeOf(generation, component);
  return (
    <li
      className={classNames(
        'relative border-b border-line px-4 py-2.5 text-13 last:border-b-0',
        chosen ? 'lg:bg-active' : 'hover:bg-hover',
      )}
    >
      <div className="flex items-center gap-2">
        <Link
          to={`?tab=history&generation=${generation.generation}`}
          aria-current={chosen ? 'true' : undefined}
          className="row-link tabular font-semibold"
        >
          {generation.generation}
        </Link>
        <GenerationMarks generation={generation} />
        <span className="ml-auto text-12 text-faint">
          <Ago time={generation.created_at} />
        </span>
      </div>
      <p className="break-words first-letter:uppercase">{generation.cause}</p>
      <div className="flex flex-wrap items-center gap-x-2 text-12 text-faint">
        <span className={classNames('inline-flex items-center gap-1', outcome.text)}>
          <outcome.icon size={12} strokeWidth={2.25} aria-hidden />
          {outcome.label}
        </span>
        <span>{generation.actor === null ? 'by the system' : `by ${generation.actor}`}</span>
        <span className="tabular">{plural(generation.node_count, 'node')}</span>
        {generation.left_out.length > 0 && (
          <span className="tabular text-warning">{generation.left_out.length} left out</span>
        )}
      </div>
    </li>
  );
}
