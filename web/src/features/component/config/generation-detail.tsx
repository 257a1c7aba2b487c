import type { Component, ConfigGeneration } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { Link, useSearchParams } from 'react-router';
import { configDiffQuery, configTextQuery } from '../../../api/components.ts';
import { useMay } from '../../../api/permission.ts';
import { LeftOutNotice } from '../../../domain/left-out-notice.tsx';
import { PinButton } from '../../../domain/pin-button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { formatCount } from '../../../ui/format/units.ts';
import { Select } from '../../../ui/select.tsx';
import { Ago, Moment } from '../../../ui/time-text.tsx';
import { ErrorState, SkeletonRows } from '../../../ui/view-state.tsx';
import { DiffView } from './diff-view.tsx';
import { GenerationMarks, outcomeOf } from './generation-list.tsx';

interface GenerationDetailProps {
  readonly component: Component;
  /** Those that are loaded, newest first. */
  readonly generations: readonly ConfigGeneration[];
  readonly number: number;
  readonly against: number | undefined;
}

/** The view of one generation: why it was made, what became of it, and what it changed against another. */
export function GenerationDetail(props: GenerationDetailProps) {
  const { component, generations, number, against } = props;
  const listed = generations.find(({ generation }) => generation === number);
  // An address may name one that is older than what is loaded.
  const asked = useQuery({ ...configTextQuery(component.id, number), enabled: listed === undefined });
  const generation = listed ?? asked.data;
  if (generation === undefined) {
    return asked.isError ? (
      <ErrorState
        title={`Generation ${number} could not be loaded`}
        error={asked.error}
        onRetry={() => void asked.refetch()}
      />
    ) : (
      <SkeletonRows />
    );
  }
  return (
    <section aria-label={`Generation ${number}`} className="flex min-w-0 flex-col gap-3">
      <Head component={component} generation={generation} newest={generations[0]?.generation} />
      <LeftOutNotice leftOut={generation.left_out} />
      <Diff {...props} against={against} />
    </section>
  );
}

function Head({
  component,
  generation,
  newest,
}: {
  readonly component: Component;
  readonly generation: ConfigGeneration;
  readonly newest: number | undefined;
}) {
  const may = useMay();
  const outcome = outcomeOf(generation, component);
  const number = generation.generation;
  return (
    <div className="rounded-md border border-line bg-surface px-4 py-3 text-13">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="flex flex-wrap items-center gap-2 text-16 font-semibold">
            Generation {number} <GenerationMarks generation={generation} />
          </h2>
          <p className="break-words first-letter:uppercase">{generation.cause}</p>
          <p className="text-soft">
            {generation.actor === null ? 'by the system' : `by ${generation.actor}`},{' '}
            <Moment time={generation.created_at} /> (<Ago time={generation.created_at} />)
          </p>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Link
            to={`?tab=config&generation=${number}`}
            className="flex h-8 items-center gap-1.5 text-accent-text hover:underline max-md:min-h-10"
          >
            <FileText size={14} aria-hidden />
            Whole text
          </Link>
          {may('component.manage') &&
            (generation.is_pinned ? (
              <PinButton component={component} generation={undefined} />
            ) : (
              <PinButton component={component} generation={number} newest={newest} />
            ))}
        </div>
      </div>
      <p className={classNames('mt-1 flex items-start gap-1.5', outcome.text)}>
        <outcome.icon size={14} strokeWidth={2.25} aria-hidden className="mt-0.5 shrink-0" />
        <span className="min-w-0 break-words">
          {outcome.label}
          {generation.outcome_message !== null && generation.outcome_message !== '' && (
            <span className="text-text">: {generation.outcome_message}</span>
          )}
        </span>
      </p>
    </div>
  );
}

function Diff({ component, generations, number, against }: GenerationDetailProps) {
  const [parameters, setParameters] = useSearchParams();
  const diff = useQuery(configDiffQuery(component.id, number, against));
  const choose = (value: string) => {
    const next = new URLSearchParams(parameters);
    next.set('generation', String(number));
    if (value === '') next.delete('against');
    else next.set('against', value);
    setParameters(next);
  };
  const others = generations.filter(({ generation }) => generation !== number);
  const known = against === undefined || others.some(({ generation }) => generation === against);
  return (
    <div className="min-w-0 rounded-md border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2 text-13">
        <span className="text-soft">What it changed against</span>
        <Select
          label="Compare with"
          className="sm:w-60"
          value={against === undefined ? '' : String(against)}
          options={[
            { value: '', label: 'the one before' },
            ...others.map(({ generation, cause }) => ({
              value: String(generation),
              label: `generation ${generation}`,
              note: cause,
            })),
            ...(known ? [] : [{ value: String(against), label: `generation ${against}` }]),
          ]}
          onChange={choose}
        />
        {diff.data !== undefined && (
          <span className="tabular ml-auto flex gap-3">
            <span className={diff.data.added === 0 ? 'text-faint' : 'text-healthy'}>
              +{formatCount(diff.data.added)}
            </span>
            <span className={diff.data.removed === 0 ? 'text-faint' : 'text-critical'}>
              −{formatCount(diff.data.removed)}
            </span>
          </span>
        )}
      </div>
      {diff.data === undefined && diff.isError && (
        <ErrorState
          title="The change could not be loaded"
          error={diff.error}
          onRetry={() => void diff.refetch()}
        />
      )}
      {diff.data === undefined && !diff.isError && <SkeletonRows />}
      {diff.data !== undefined && <DiffView diff={diff.data} />}
    </div>
  );
}
