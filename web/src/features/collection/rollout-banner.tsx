import type { Rollout, RolloutDetail } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronRight, CircleCheck, CirclePause, CircleX, Waypoints } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useListInterval } from '../../api/live-context.ts';
import { useMay } from '../../api/permission.ts';
import { openRolloutsQuery, rolloutQuery, useRolloutAction } from '../../api/rollouts.ts';
import {
  rolloutCounts,
  rolloutSubject,
  type StageProgress,
  soakLeft,
  stageProgress,
} from '../../domain/rollout-words.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { formatDuration } from '../../ui/format/units.ts';
import { useNow } from '../../ui/state/clock.ts';
import { compareText } from '../../ui/table/column.ts';
import { Ago } from '../../ui/time-text.tsx';
import { tellDone } from '../../ui/toast.tsx';

/** Rollouts that go on or stopped; nothing where there is none. */
export function RolloutBanners() {
  const rollouts = useQuery({ ...openRolloutsQuery, refetchInterval: useListInterval(15_000) });
  return rollouts.data?.map((rollout) => <RolloutBanner key={rollout.id} rollout={rollout} />);
}

function RolloutBanner({ rollout }: { readonly rollout: Rollout }) {
  const detail = useQuery({ ...rolloutQuery(rollout.id), refetchInterval: useListInterval(15_000) });
  const [open, setOpen] = useState(false);
  const stopped = rollout.state === 'stopped';
  const components = detail.data?.components ?? [];
  const failed = components.filter(({ state }) => state === 'failed');
  const Icon = stopped ? CirclePause : Waypoints;
  const Fold = open ? ChevronDown : ChevronRight;
  return (
    <section
      aria-label={`Rollout of ${rolloutSubject(rollout)}`}
      className={classNames(
        'shrink-0 rounded-md border text-13',
        stopped ? 'border-warning bg-warning-soft' : 'border-line-strong bg-surface',
      )}
    >
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3 px-4 py-3">
        <Icon
          size={18}
          aria-hidden
          className={classNames('mt-0.5 shrink-0', stopped ? 'text-warning' : 'text-accent-text')}
        />
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="text-14 font-semibold">
            {stopped ? 'Rollout stopped' : 'Rollout in progress'}: {rolloutSubject(rollout)}
          </h2>
          <p className="text-soft">
            {rolloutCounts(rollout)}. <SoakText rollout={rollout} />
            <span className={classNames(!open && 'max-sm:hidden')}>
              {sentence(rollout.cause)}, <Ago time={rollout.created_at} />
              {rollout.actor === null ? '' : ` by ${rollout.actor}`}.
            </span>
          </p>
          {stopped && <StopReason rollout={rollout} failed={failed} />}
        </div>
        <RolloutActions rollout={rollout} />
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 pb-3 max-md:gap-y-0 max-md:pb-1">
        <Stages stages={stageProgress(rollout, components)} />
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex items-center gap-1 text-soft hover:text-text max-md:min-h-10"
        >
          <Fold size={14} aria-hidden />
          Who has it
        </button>
      </div>
      {open && <Members components={components} />}
    </section>
  );
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function SoakText({ rollout }: { readonly rollout: Rollout }) {
  const left = soakLeft(rollout, useNow());
  if (left === undefined) return null;
  return (
    <span className="tabular">
      {left === 0
        ? 'The next stage begins when all of this one run it. '
        : `The next stage begins in ${formatDuration(left)} if all stays well. `}
    </span>
  );
}

function StopReason({
  rollout,
  failed,
}: {
  readonly rollout: Rollout;
  readonly failed: RolloutDetail['components'];
}) {
  return (
    <p className="mt-1 break-words">
      {failed.map(({ component_id: id, name }, index) => (
        <span key={id}>
          {index > 0 && ', '}
          <Link to={`/collection/components/${id}`} className="font-medium text-link">
            {name}
          </Link>
        </span>
      ))}
      {failed.length > 0 && ' failed. '}
      {rollout.message ?? ''} Nobody else gets it until you decide.
    </p>
  );
}

/** The three stages of a rollout (first, a tenth, the rest), each with how far it is. */
function Stages({ stages }: { readonly stages: readonly StageProgress[] }) {
  return (
    <ol
      aria-label="Stages"
      className="grid min-w-0 flex-1 basis-72 grid-cols-[1fr_2fr_4fr] gap-1 max-sm:grid-cols-[2fr_3fr_4fr]"
    >
      {stages.map((stage) => {
        const share = (count: number) => `${stage.total === 0 ? 0 : (count / stage.total) * 100}%`;
        const done = stage.phase === 'done' ? '100%' : share(stage.applied);
        return (
          <li key={stage.id} className="min-w-0">
            <div className="flex h-1.5 overflow-hidden rounded-full bg-active">
              <div className="h-full shrink-0 bg-accent" style={{ width: done }} />
              <div className="h-full bg-critical" style={{ width: share(stage.failed) }} />
            </div>
            <p className="mt-1 text-12 text-soft">
              {stage.label}{' '}
              <span className="tabular whitespace-nowrap">
                {stage.total === 0 ? '' : `${stage.applied}/${stage.total}`}
                {stage.failed > 0 && <span className="text-critical"> {stage.failed} failed</span>}
              </span>
              {stage.phase === 'done' && (
                <CircleCheck size={12} aria-label="done" className="ml-1 inline text-healthy" />
              )}
            </p>
          </li>
        );
      })}
    </ol>
  );
}

const STATE_WORDS: Readonly<Record<RolloutDetail['components'][number]['state'], string>> = {
  held: 'keeps the one before',
  released: 'is given it now',
  applied: 'runs it',
  failed: 'failed',
  offline: 'is away',
};
const MEMBERS_SHOWN = 60;

function Members({ components }: { readonly components: RolloutDetail['components'] }) {
  const ordered = components.toSorted(
    (a, b) => Number(b.state === 'failed') - Number(a.state === 'failed') || compareText(a.name, b.name),
  );
  return (
    <ul className="grid gap-x-6 gap-y-1 border-t border-line px-4 py-3 sm:grid-cols-2 lg:grid-cols-3">
      {ordered.slice(0, MEMBERS_SHOWN).map(({ component_id: id, name, state }) => (
        <li key={id} className="flex min-w-0 items-center gap-2">
          {state === 'failed' && <CircleX size={14} aria-hidden className="shrink-0 text-critical" />}
          {state === 'applied' && <CircleCheck size={14} aria-hidden className="shrink-0 text-healthy" />}
          <Link to={`/collection/components/${id}`} className="truncate font-medium hover:underline">
            {name}
          </Link>
          <span className="shrink-0 text-soft">{STATE_WORDS[state]}</span>
        </li>
      ))}
      {ordered.length > MEMBERS_SHOWN && (
        <li className="text-soft">and {ordered.length - MEMBERS_SHOWN} more</li>
      )}
    </ul>
  );
}

function RolloutActions({ rollout }: { readonly rollout: Rollout }) {
  const may = useMay();
  const act = useRolloutAction();
  const [asked, setAsked] = useState<'resume' | 'finish'>();
  if (!may('component.manage')) return null;
  const subject = rolloutSubject(rollout);
  return (
    <div className="flex gap-2">
      <Button onClick={() => setAsked('finish')}>Give it to all now</Button>
      {rollout.state === 'stopped' && (
        <Button look="primary" onClick={() => setAsked('resume')}>
          Resume
        </Button>
      )}
      <ConfirmDialog
        open={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={asked === 'resume' ? `Resume the rollout of ${subject}?` : `Give ${subject} to all now?`}
        confirmLabel={asked === 'resume' ? 'Resume' : 'Give it to all'}
        danger={asked === 'finish'}
        onConfirm={async () => {
          if (asked === undefined) return;
          await act.mutateAsync({ id: rollout.id, action: asked });
          tellDone(asked === 'resume' ? 'The rollout goes on' : 'All are given the new configuration');
        }}
      >
        {asked === 'resume'
          ? 'It goes on with the stage that it stopped at, and stops again when another component fails.'
          : 'Every component that waits gets the new configuration at once, without the stages. Those where it fails roll back by themselves.'}
      </ConfirmDialog>
    </div>
  );
}
