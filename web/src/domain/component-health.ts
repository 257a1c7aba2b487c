import type { Component, ComponentFlag } from '@stratora/contract';
import { CLOCK_SKEW_SECONDS } from '@stratora/contract/wire';
import { formatAgo } from '../ui/format/time.ts';
import { formatBytes, formatDuration, plural } from '../ui/format/units.ts';
import type { Tone } from '../ui/tone.tsx';

/** The step in which states are worked out anew: they change with ages of minutes, so every second would be a waste. */
export const STATE_STEP_MS = 15_000;

/** The marks of a component, one word each. Tables filter by them, so they are part of addresses. */
export const COMPONENT_MARKS = [
  'offline',
  'shared_identity',
  'crash_loop',
  'engine_down',
  'never_seen',
  'rolled_back',
  'refused',
  'clock',
  'backlog',
  'collection_fails',
  'hostname_changed',
  'pending',
  'well',
  'behind',
  'pinned',
  'held',
  'gaps',
  'rejected',
  'revoked',
] as const;
export type ComponentMark = (typeof COMPONENT_MARKS)[number];

/** A trouble of a component that a person should know of. */
export interface Trouble {
  readonly mark: ComponentMark;
  readonly tone: 'bad' | 'warn';
  /** A few words, for a badge. */
  readonly label: string;
  /** What follows its name: "is not heard from". */
  readonly predicate: string;
  /** One or two sentences more: figures, the component's own words. Empty where there is nothing to add. */
  readonly detail: string;
  /** What to do about it. */
  readonly advice: string;
  readonly since: string | null;
}

/** The age from which waiting samples are a backlog and no longer the next batch. */
const BACKLOG_SECONDS = 120;

/** Ends a text with a full stop: words of programs come with and without one. */
function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

const flagOf = (component: Component, code: ComponentFlag['code']) =>
  component.flags.find((flag) => flag.code === code);

function offline(component: Component): Trouble {
  const nodes = component.node_count;
  const collects = component.component_type === 'collector';
  return {
    mark: 'offline',
    tone: 'bad',
    label: 'Not heard from',
    predicate: 'is not heard from',
    detail:
      collects && nodes > 0
        ? `The state of its ${nodes === 1 ? 'node' : plural(nodes, 'node')} is unknown.`
        : '',
    advice: `Check the host, its network and that it may reach this server over HTTPS. ${
      collects
        ? 'It goes on polling and keeps what it reads until it is back.'
        : 'It keeps what it reads until it is back.'
    }`,
    since: component.last_seen_at,
  };
}

function identityTrouble(component: Component): Trouble | undefined {
  const flag = flagOf(component, 'shared_identity');
  return (
    flag && {
      mark: 'shared_identity',
      tone: 'bad',
      label: 'Shared identity',
      predicate: 'is used by two hosts at once',
      detail: sentence(flag.message),
      advice:
        'A copied machine or a leaked key. Stop the one that should not be there; if you do not know it, revoke this component and enroll it again.',
      since: flag.since,
    }
  );
}

function engineTrouble(component: Component): Trouble | undefined {
  const loop = flagOf(component, 'crash_loop');
  if (loop !== undefined) {
    return {
      mark: 'crash_loop',
      tone: 'bad',
      label: 'Engine crashes',
      predicate: 'has an engine that keeps crashing',
      detail: sentence(loop.message),
      advice: 'Another engine, or an earlier configuration, may stay up.',
      since: loop.since,
    };
  }
  const { engine } = component;
  const down =
    (engine?.running === false && engine.idle !== true) || component.config_status === 'engine_down';
  if (!down) return undefined;
  return {
    mark: 'engine_down',
    tone: 'bad',
    label: 'Engine down',
    predicate: 'has an engine that does not run',
    detail: component.config_status === 'engine_down' ? sentence(component.config_message ?? '') : '',
    advice: 'Nothing is gathered until it runs. It is started again with growing pauses.',
    since: null,
  };
}

const generation = (number: number | null) => (number === null ? 'the one before' : `generation ${number}`);

function configTrouble(component: Component): Trouble | undefined {
  // Whoever was given back what it runs has no quarrel any more.
  if (component.running_config_hash === component.desired_config_hash) return undefined;
  const runs = `It runs ${generation(component.running_generation)}.`;
  const detail = `${sentence(component.config_message ?? '')} ${runs}`.trim();
  if (component.config_status === 'rolled_back') {
    return {
      mark: 'rolled_back',
      tone: 'warn',
      label: 'Rolled back',
      predicate: 'rolled its configuration back',
      detail,
      advice: 'It does not try this configuration again. The next change of its nodes makes a new one.',
      since: null,
    };
  }
  if (component.config_status === 'validation_error') {
    return {
      mark: 'refused',
      tone: 'warn',
      label: 'Config refused',
      predicate: 'refused its configuration',
      detail,
      advice:
        'The check before the start failed, so nothing was stopped. The next change makes a new configuration.',
      since: null,
    };
  }
  return undefined;
}

/** "42 s ahead", "in step". */
export function describeSkew(seconds: number): string {
  if (Math.abs(seconds) < 1) return 'in step';
  return `${formatDuration(Math.round(Math.abs(seconds)))} ${seconds > 0 ? 'ahead' : 'behind'}`;
}

function clockTrouble(component: Component): Trouble | undefined {
  const flag = flagOf(component, 'clock_skew');
  const skew = component.clock_skew_seconds;
  if (flag === undefined && (skew === null || Math.abs(skew) <= CLOCK_SKEW_SECONDS)) return undefined;
  return {
    mark: 'clock',
    tone: 'warn',
    label: 'Clock wrong',
    predicate: 'has a wrong clock',
    detail:
      skew === null || Math.abs(skew) <= CLOCK_SKEW_SECONDS
        ? (flag?.message ?? '')
        : `Its clock is ${describeSkew(skew)} of the server's.`.replace('behind of', 'behind'),
    advice: 'Samples carry the time of its clock. Set the time of the host, best by NTP.',
    since: flag?.since ?? null,
  };
}

/** Tells whether samples wait longer than the next batch does. */
function hasBacklog(component: Component, nowMs: number): boolean {
  const oldest = component.queue?.oldest;
  return (
    (component.queue?.bytes ?? 0) > 0 &&
    oldest !== null &&
    oldest !== undefined &&
    nowMs - Date.parse(oldest) > BACKLOG_SECONDS * 1000
  );
}

function backlogTrouble(component: Component, nowMs: number): Trouble | undefined {
  const queue = component.queue;
  if (queue === null || !hasBacklog(component, nowMs)) return undefined;
  return {
    mark: 'backlog',
    tone: 'warn',
    label: 'Backlog',
    predicate: 'has a backlog to send',
    detail: `${formatBytes(queue.bytes)} wait, the oldest from ${formatAgo(Date.parse(queue.oldest ?? ''), nowMs)}.`,
    advice: 'New samples go first, so current values are right; the older ones follow as the line allows.',
    since: null,
  };
}

/** Tells of nodes that it cannot read in full, though it is well itself. */
function collectionTrouble(component: Component): Trouble | undefined {
  const failing = component.failing_node_count;
  if (failing === 0) return undefined;
  const trouble = { mark: 'collection_fails', tone: 'warn', label: 'Collection fails', since: null } as const;
  if (component.component_type === 'agent') {
    return {
      ...trouble,
      predicate: 'cannot read all of its host',
      detail: 'Something that it gathers fails.',
      advice: 'Its node says what.',
    };
  }
  return {
    ...trouble,
    predicate: 'cannot read all of its nodes in full',
    detail: `Something fails at ${failing} of its ${plural(component.node_count, 'node')}.`,
    advice: 'The nodes say what: a wrong password, a service that is off, an answer that cannot be read.',
  };
}

/** The link to the nodes that a component cannot read in full: those with a reason first. */
export function failingNodesLink(component: Component): { to: string; label: string } {
  return component.component_type === 'collector' || component.node_id === null
    ? { to: `/collection/components/${component.id}?tab=nodes&sort=-why`, label: 'See which nodes' }
    : { to: `/nodes/${component.node_id}`, label: 'See its node' };
}

/**
 * The troubles of a component, the most urgent first. One that is not approved or not heard from has that one alone:
 * whatever else is known of it is out of date.
 */
export function troublesOf(component: Component, nowMs: number): readonly Trouble[] {
  if (component.approval === 'pending') {
    return [
      {
        mark: 'pending',
        tone: 'warn',
        label: 'Pending',
        predicate: 'waits for your approval',
        detail: 'It gets no configuration and may send nothing until an administrator approves it.',
        advice: 'Approve it only if you know the host.',
        since: component.registered_at,
      },
    ];
  }
  if (component.approval !== 'approved') return [];
  if (component.connection === 'offline') return [offline(component)];
  if (component.connection === 'never_seen') {
    return [
      {
        mark: 'never_seen',
        tone: 'warn',
        label: 'Never heard from',
        predicate: 'was never heard from',
        detail: 'It is approved but has not called yet.',
        advice: 'Check that it was started after it enrolled.',
        since: component.approved_at,
      },
    ];
  }
  const renamed = flagOf(component, 'hostname_changed');
  return [
    identityTrouble(component),
    engineTrouble(component),
    configTrouble(component),
    clockTrouble(component),
    backlogTrouble(component, nowMs),
    collectionTrouble(component),
    renamed && {
      mark: 'hostname_changed' as const,
      tone: 'warn' as const,
      label: 'Host renamed',
      predicate: 'runs on a host with another name',
      detail: sentence(renamed.message),
      advice: 'If this is the same machine, all is well; rename the component if you like.',
      since: renamed.since,
    },
  ].filter((trouble) => trouble !== undefined);
}

export interface ComponentState {
  readonly label: string;
  readonly tone: Tone;
  /** The most urgent first. */
  readonly rank: number;
}

/** The state of a component in one word: its worst trouble, or that it has none. */
export function componentState(component: Component, nowMs: number): ComponentState {
  const [worst] = troublesOf(component, nowMs);
  if (worst !== undefined) {
    const tone = worst.mark === 'never_seen' ? 'hatched' : worst.tone;
    return { label: worst.label, tone, rank: COMPONENT_MARKS.indexOf(worst.mark) };
  }
  if (component.approval === 'rejected') return { label: 'Rejected', tone: 'neutral', rank: 101 };
  if (component.approval === 'revoked') return { label: 'Revoked', tone: 'neutral', rank: 102 };
  return { label: 'Online', tone: 'good', rank: 100 };
}

export interface ConfigStanding {
  readonly kind: 'none' | 'current' | 'behind' | 'pinned' | 'held' | 'refused' | 'rolled_back';
  readonly label: string;
}

/** The standing of a component: how the configuration that it runs compares to the one that it should run. */
export function configStanding(component: Component): ConfigStanding {
  const { running_config_hash: runs, desired_config_hash: wanted } = component;
  const behind = (component.desired_generation ?? 0) - (component.running_generation ?? Number.NaN);
  if (component.config_status === 'rolled_back' && runs !== wanted)
    return { kind: 'rolled_back', label: 'rolled back' };
  if (component.config_status === 'validation_error' && runs !== wanted)
    return { kind: 'refused', label: 'refused' };
  if (component.pinned_generation !== null)
    return { kind: 'pinned', label: `pinned at ${component.pinned_generation}` };
  if (component.held_by_rollout_id !== null) return { kind: 'held', label: 'held back' };
  if (wanted === null) return { kind: 'none', label: 'none yet' };
  if (runs === wanted) return { kind: 'current', label: 'current' };
  return { kind: 'behind', label: behind > 0 ? `${behind} behind` : 'on its way' };
}

/** The marks that a component has, for filters. */
export function marksOf(component: Component, nowMs: number): ReadonlySet<ComponentMark> {
  const troubles = troublesOf(component, nowMs);
  const marks = new Set<ComponentMark>(troubles.map(({ mark }) => mark));
  if (component.approval === 'revoked' || component.approval === 'rejected') return new Set(['revoked']);
  if (troubles.length === 0) marks.add('well');
  const standing = configStanding(component).kind;
  if (standing === 'behind') marks.add('behind');
  if (component.pinned_generation !== null) marks.add('pinned');
  if (component.held_by_rollout_id !== null) marks.add('held');
  if ((component.queue?.dropped ?? 0) > 0) marks.add('gaps');
  if (component.ingest.lines_rejected > 0) marks.add('rejected');
  return marks;
}
