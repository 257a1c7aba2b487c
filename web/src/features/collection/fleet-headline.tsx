import type { Component } from '@stratora/contract';
import { RadioTower } from 'lucide-react';
import { Link } from 'react-router';
import { classNames } from '../../ui/class-names.ts';
import { useNow } from '../../ui/state/clock.ts';
import { STATE_STEP_MS, TONE_LOOKS } from './component-badge.tsx';
import { type FleetSummary, summarizeFleet, type TroubleGroup } from './fleet-summary.ts';

const NAMES_SHOWN = 3;

/** Is the fleet well, and if not, which component and why: the largest thing on the page. */
export function FleetHeadline({ components }: { readonly components: readonly Component[] }) {
  const now = useNow(STATE_STEP_MS);
  const summary = summarizeFleet(components, now);
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-3">
      <div className="flex items-center gap-4">
        <HeadlineIcon tone={summary.tone} />
        <div className="min-w-0 flex-1">
          <h1 className="text-28 font-semibold tracking-tight text-balance max-sm:text-20">
            <span className="sr-only">Collection: </span>
            {summary.text}
          </h1>
          {summary.detail !== '' && <p className="text-soft">{summary.detail}</p>}
        </div>
      </div>
      {(summary.groups.length > 1 || (summary.groups[0]?.members.length ?? 0) > 1) && (
        <ul aria-label="What needs attention" className="flex flex-wrap gap-2">
          {summary.groups.map((group) => (
            <Group key={group.mark} group={group} />
          ))}
        </ul>
      )}
    </div>
  );
}

function HeadlineIcon({ tone }: { readonly tone: FleetSummary['tone'] }) {
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

/** Where the members of a group are listed: on the tab of the type that most of them have. */
function listAddress({ mark, members }: TroubleGroup): string {
  const agents = members.filter(({ component }) => component.component_type === 'agent').length;
  return `/collection/${agents > members.length - agents ? 'agents' : 'collectors'}?state=${mark}`;
}

function Group({ group }: { readonly group: TroubleGroup }) {
  const { icon: Icon, text } = TONE_LOOKS[group.tone];
  const more = group.members.length - NAMES_SHOWN;
  return (
    <li className="flex min-h-8 max-w-full min-w-0 flex-wrap items-center gap-x-2 rounded-md border border-line bg-surface px-2.5 py-1 text-13">
      <Icon size={14} strokeWidth={2.25} aria-hidden className={classNames('shrink-0', text)} />
      <Link to={listAddress(group)} className="font-medium hover:underline">
        {group.label}
      </Link>
      {group.members.slice(0, NAMES_SHOWN).map(({ component }) => (
        <Link
          key={component.id}
          to={`/collection/components/${component.id}`}
          className="max-w-56 truncate text-accent-text hover:underline"
        >
          {component.name}
        </Link>
      ))}
      {more > 0 && (
        <Link to={listAddress(group)} className="tabular text-soft hover:underline">
          and {more} more
        </Link>
      )}
    </li>
  );
}
