import type { Component } from '@stratora/contract';
import { RadioTower } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { failingNodesLink, STATE_STEP_MS } from '../../domain/component-health.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { useNow } from '../../ui/state/clock.ts';
import { useIsNarrow } from '../../ui/state/media.ts';
import { TONE_LOOKS } from '../../ui/tone.tsx';
import { type CollectionSummary, summarizeCollection, type TroubleGroup } from './collection-summary.ts';

const NAMES_SHOWN = 3;

/** The headline of the collection: whether all is well, and if not, which component is not and why. */
export function CollectionHeadline({
  components,
  actions,
  detailed,
}: {
  readonly components: readonly Component[];
  readonly actions: ReactNode;
  /** Names them, beside counting them. */
  readonly detailed: boolean;
}) {
  const now = useNow(STATE_STEP_MS);
  const summary = summarizeCollection(components, now);
  const { groups } = summary;
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <div className="flex min-w-0 flex-1 basis-80 items-center gap-4">
        <HeadlineIcon tone={summary.tone} />
        <div className="min-w-0 flex-1">
          <h1 className="text-28 font-semibold tracking-tight text-balance max-sm:text-20">
            <span className="sr-only">Collection: </span>
            {summary.text}
          </h1>
          {summary.detail !== '' && (
            <p className="text-soft">
              {summary.detail}
              {summary.link !== undefined && (
                <>
                  {' '}
                  <Link to={summary.link.to} className="text-link">
                    {summary.link.label}
                  </Link>
                </>
              )}
            </p>
          )}
        </div>
      </div>
      {/* On a narrow screen what is broken comes first. */}
      {actions !== undefined && <div className="max-sm:order-last">{actions}</div>}
      {detailed && (groups.length > 1 || (groups[0]?.members.length ?? 0) > 1) && <Groups groups={groups} />}
    </header>
  );
}

const GROUPS_NARROW = 3;

/** The groups of troubles; on a narrow screen only the most urgent, until the others are asked for. */
function Groups({ groups }: { readonly groups: readonly TroubleGroup[] }) {
  const narrow = useIsNarrow();
  const [all, setAll] = useState(false);
  const shown = narrow && !all ? groups.slice(0, GROUPS_NARROW) : groups;
  return (
    <ul aria-label="What needs attention" className="flex basis-full flex-wrap gap-2 max-sm:flex-col">
      {shown.map((group) => (
        <Group key={group.mark} group={group} />
      ))}
      {shown.length < groups.length && (
        <li>
          <Button look="ghost" onClick={() => setAll(true)}>
            Show {groups.length - shown.length} more
          </Button>
        </li>
      )}
    </ul>
  );
}

function HeadlineIcon({ tone }: { readonly tone: CollectionSummary['tone'] }) {
  const { icon, text } = TONE_LOOKS[tone];
  const Icon = tone === 'neutral' ? RadioTower : icon;
  return (
    <Icon
      size={36}
      strokeWidth={1.75}
      aria-hidden
      className={classNames('shrink-0', tone === 'neutral' ? 'text-faint' : text)}
    />
  );
}

/** The address that lists the members of a group: the tab of the type that most of them have. */
function listAddress({ mark, members }: TroubleGroup): string {
  const agents = members.filter(({ component }) => component.component_type === 'agent').length;
  return `/collection/${agents > members.length - agents ? 'agents' : 'collectors'}?state=${mark}`;
}

function Group({ group }: { readonly group: TroubleGroup }) {
  const { icon: Icon, text } = TONE_LOOKS[group.tone];
  const more = group.members.length - NAMES_SHOWN;
  return (
    <li className="flex min-h-8 max-w-full min-w-0 flex-wrap items-center gap-x-2 rounded-md border border-line bg-surface px-2.5 py-0.5 text-13 max-sm:py-1.5">
      <Icon size={14} strokeWidth={2.25} aria-hidden className={classNames('shrink-0', text)} />
      <Link to={listAddress(group)} className="flex min-h-6 items-center font-medium hover:underline">
        {group.label}
      </Link>
      {group.members.slice(0, NAMES_SHOWN).map(({ component }) => (
        <Link
          key={component.id}
          to={
            group.mark === 'collection_fails'
              ? failingNodesLink(component).to
              : `/collection/components/${component.id}`
          }
          className="max-w-56 truncate leading-6 text-accent-text hover:underline"
        >
          {component.name}
        </Link>
      ))}
      {more > 0 && (
        <Link to={listAddress(group)} className="tabular leading-6 text-soft hover:underline">
          and {more} more
        </Link>
      )}
    </li>
  );
}
