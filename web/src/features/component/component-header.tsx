import type { Component } from '@stratora/contract';
import { useQuery } from '@tanstack/react-query';
import { Ban, ChevronRight, Pin, Waypoints } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useMay } from '../../api/permission.ts';
import { openRolloutsQuery } from '../../api/rollouts.ts';
import {
  componentState,
  failingNodesLink,
  STATE_STEP_MS,
  type Trouble,
  troublesOf,
} from '../../domain/component-health.ts';
import { IdentityText } from '../../domain/identity-notes.tsx';
import { PinButton } from '../../domain/pin-button.tsx';
import { rolloutSubject } from '../../domain/rollout-words.ts';
import { classNames } from '../../ui/class-names.ts';
import { plural } from '../../ui/format/units.ts';
import { useNow } from '../../ui/state/clock.ts';
import { Ago, Since } from '../../ui/time-text.tsx';
import { TONE_LOOKS } from '../../ui/tone.tsx';
import { ComponentActions } from './component-actions.tsx';

/** The head of a component's page: how it is, since when, and why. */
export function ComponentHeader({ component }: { readonly component: Component }) {
  const now = useNow(STATE_STEP_MS);
  const state = componentState(component, now);
  const troubles = troublesOf(component, now);
  const look = TONE_LOOKS[state.tone];
  const collects = component.component_type === 'collector';
  return (
    <header className="flex flex-col gap-4">
      <nav aria-label="Path" className="flex items-center gap-1 text-13 text-faint">
        <Link
          to={collects ? '/collection/collectors' : '/collection/agents'}
          className="hover:text-text hover:underline"
        >
          {collects ? 'Collectors' : 'Agents'}
        </Link>
        {component.site_name !== null && (
          <>
            <ChevronRight size={14} aria-hidden />
            <Link
              to={`/collection/${collects ? 'collectors' : 'agents'}?site=${component.site_id ?? ''}`}
              className="truncate hover:text-text hover:underline"
            >
              {component.site_name}
            </Link>
          </>
        )}
      </nav>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div
          className={classNames('flex size-12 shrink-0 items-center justify-center rounded-md', look.soft)}
        >
          <look.icon size={26} strokeWidth={2.25} aria-hidden className={look.text} />
        </div>
        <div className="min-w-0 flex-1 basis-52">
          <h1 className="text-20 font-semibold tracking-tight break-words">{component.name}</h1>
          <p className="text-14">
            <span className={classNames('font-medium', look.text)}>{state.label}</span>
            <StateDetail component={component} worst={troubles[0]} />
          </p>
        </div>
        <ComponentActions component={component} />
      </div>
      <HeaderFacts component={component} />
      <IdentityText component={component} />
      {troubles.map((trouble) => (
        <TroubleNotice
          key={trouble.mark}
          component={component}
          trouble={trouble}
          titled={trouble !== troubles[0] || trouble.detail === ''}
        />
      ))}
      <HoldNotices component={component} />
    </header>
  );
}

function StateDetail({
  component,
  worst,
}: {
  readonly component: Component;
  readonly worst: Trouble | undefined;
}) {
  if (worst !== undefined && worst.since !== null) {
    return (
      <span className="text-soft">
        {' '}
        for <Since time={worst.since} />
      </span>
    );
  }
  if (component.approval !== 'approved') return null;
  return (
    <span className="text-soft">
      , heard <Ago time={component.last_seen_at} />
    </span>
  );
}

/** The link to where more is to be read of a trouble. */
function moreOf(component: Component, { mark }: Trouble) {
  const { desired_generation: desired } = component;
  if (mark === 'collection_fails') return failingNodesLink(component);
  if (mark === 'crash_loop' || mark === 'engine_down')
    return { to: '?tab=reports', label: 'See its reports' };
  if ((mark === 'rolled_back' || mark === 'refused') && desired !== null)
    return { to: `?tab=history&generation=${desired}`, label: `See what generation ${desired} changed` };
  return undefined;
}

function TroubleNotice({
  component,
  trouble,
  titled,
}: {
  readonly component: Component;
  readonly trouble: Trouble;
  /** Says what it is; not where the heading of the page has just said so. */
  readonly titled: boolean;
}) {
  const more = moreOf(component, trouble);
  const { icon: Icon, text } = TONE_LOOKS[trouble.tone];
  return (
    <div
      role="status"
      className={classNames(
        'flex gap-3 rounded-md border px-3 py-2 text-13',
        trouble.tone === 'bad' ? 'border-critical bg-critical-soft' : 'border-warning bg-warning-soft',
      )}
    >
      <Icon size={16} aria-hidden className={classNames('mt-0.5 shrink-0', text)} />
      <div className="min-w-0">
        {titled && (
          <p className="font-medium">
            {trouble.label}
            {trouble.since !== null && (
              <>
                {' '}
                for <Since time={trouble.since} />
              </>
            )}
          </p>
        )}
        {trouble.detail !== '' && (
          <p className={classNames('break-words', !titled && 'font-medium')}>{trouble.detail}</p>
        )}
        <p className="text-soft">
          {trouble.advice}
          {more !== undefined && (
            <>
              {' '}
              <Link to={more.to} className="text-link">
                {more.label}
              </Link>
            </>
          )}
        </p>
      </div>
    </div>
  );
}

/** The notices of why it does not get the newest configuration: revoked, pinned, or held by a rollout. */
function HoldNotices({ component }: { readonly component: Component }) {
  const may = useMay();
  const rollouts = useQuery({ ...openRolloutsQuery, enabled: component.held_by_rollout_id !== null });
  const rollout = rollouts.data?.find(({ id }) => id === component.held_by_rollout_id);
  const { approval } = component;
  return (
    <>
      {(approval === 'revoked' || approval === 'rejected') && (
        <Notice icon={<Ban size={16} aria-hidden className="mt-0.5 shrink-0 text-faint" />}>
          <p className="min-w-0 flex-1 basis-64">
            <span className="font-medium">It may neither fetch a configuration nor send anything.</span>{' '}
            <span className="text-soft">
              {approval === 'revoked'
                ? 'It stays so, whatever token it enrolls with. Approve it to let it in again with the key that it has; rotate that one then, if it may be in other hands.'
                : 'It stays so, whatever token it enrolls with. Approve it to let it in after all.'}
            </span>
          </p>
        </Notice>
      )}
      {component.pinned_generation !== null && (
        <Notice icon={<Pin size={16} aria-hidden className="mt-0.5 shrink-0 text-accent-text" />}>
          <p className="min-w-0 flex-1 basis-64">
            <span className="font-medium">Pinned at generation {component.pinned_generation}.</span>{' '}
            <span className="text-soft">Changes of its nodes do not reach it until it is unpinned.</span>
          </p>
          {may('component.manage') && <PinButton component={component} generation={undefined} />}
        </Notice>
      )}
      {component.held_by_rollout_id !== null && (
        <Notice icon={<Waypoints size={16} aria-hidden className="mt-0.5 shrink-0 text-accent-text" />}>
          <p className="min-w-0 flex-1 basis-64">
            <span className="font-medium">
              Held by a rollout{rollout === undefined ? '' : ` of ${rolloutSubject(rollout)}`}.
            </span>{' '}
            <span className="text-soft">
              {rollout?.state === 'stopped'
                ? 'The rollout stopped; it keeps the configuration from before until somebody decides.'
                : 'It keeps the configuration from before until its turn comes.'}
            </span>
          </p>
          <Link to="/collection/collectors" className="text-accent-text hover:underline">
            See the rollout
          </Link>
        </Notice>
      )}
    </>
  );
}

function Notice({ icon, children }: { readonly icon: ReactNode; readonly children: ReactNode }) {
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-md border border-line-strong bg-surface px-3 py-2 text-13"
    >
      {icon}
      {children}
    </div>
  );
}

function HeaderFact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-faint">{label}</dt>
      <dd className="flex min-h-6 min-w-0 items-center text-13">{children}</dd>
    </div>
  );
}

function HeaderFacts({ component }: { readonly component: Component }) {
  const [parameters] = useSearchParams();
  const { component_type: type, node_id: nodeId } = component;
  return (
    // On a phone they are read once: the other tabs have their own to show.
    <dl
      className={classNames(
        'flex flex-wrap gap-x-8 gap-y-2',
        parameters.get('tab') !== null && 'max-sm:hidden',
      )}
    >
      <HeaderFact label="Host">
        <span className="truncate" title={component.hostname}>
          {component.fqdn ?? component.hostname}
        </span>
      </HeaderFact>
      {component.ip_addresses[0] !== undefined && (
        <HeaderFact label="Address">
          <span className="truncate font-mono text-12">{component.ip_addresses[0]}</span>
        </HeaderFact>
      )}
      <HeaderFact label="Version">{component.version}</HeaderFact>
      <HeaderFact label="System">{`${component.os_version ?? component.os}, ${component.arch}`}</HeaderFact>
      {type === 'collector' && (
        <HeaderFact label="Polls">
          <Link to="?tab=nodes" className="text-accent-text hover:underline">
            {plural(component.node_count, 'node')}
          </Link>
        </HeaderFact>
      )}
      {nodeId !== null && (
        <HeaderFact label="Reports">
          <Link to={`/nodes/${nodeId}`} className="text-accent-text hover:underline">
            Its node
          </Link>
        </HeaderFact>
      )}
      {component.roles.length > 0 && <HeaderFact label="Roles">{component.roles.join(', ')}</HeaderFact>}
    </dl>
  );
}
