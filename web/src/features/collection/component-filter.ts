import type { Component } from '@stratora/contract';
import { foldText } from '@stratora/contract/text-fold';
import { ENGINE_KINDS } from '@stratora/contract/wire';
import { COMPONENT_MARKS, type ComponentMark, marksOf } from '../../domain/component-health.ts';

/** The filter of the tables of components; all of it is in the URL. */
export interface ComponentFilter {
  readonly search: string;
  readonly marks: readonly ComponentMark[];
  readonly site: string | undefined;
  readonly engine: (typeof ENGINE_KINDS)[number] | undefined;
  readonly version: string | undefined;
}

export const NO_FILTER: ComponentFilter = {
  search: '',
  marks: [],
  site: undefined,
  engine: undefined,
  version: undefined,
};

export const MARK_LABELS: Readonly<Record<ComponentMark, string>> = {
  offline: 'Not heard from',
  shared_identity: 'Shared identity',
  crash_loop: 'Engine crashes',
  engine_down: 'Engine down',
  never_seen: 'Never heard from',
  rolled_back: 'Configuration rolled back',
  refused: 'Configuration refused',
  clock: 'Clock wrong',
  backlog: 'Backlog',
  collection_fails: 'Collection fails',
  hostname_changed: 'Host renamed',
  pending: 'Pending approval',
  well: 'Well',
  behind: 'Behind',
  pinned: 'Pinned',
  held: 'Held by a rollout',
  gaps: 'Gave up samples',
  rejected: 'Rejected lines',
  revoked: 'Revoked or rejected',
};

const MARKS: ReadonlySet<string> = new Set(COMPONENT_MARKS);

/** Reads a filter from a URL; what it does not know it leaves out. */
export function readComponentFilter(parameters: URLSearchParams): ComponentFilter {
  const text = (name: string) => {
    const value = parameters.get(name);
    return value === null || value === '' ? undefined : value;
  };
  return {
    search: parameters.get('q') ?? '',
    marks: (parameters.get('state') ?? '')
      .split(',')
      .filter((mark): mark is ComponentMark => MARKS.has(mark)),
    site: text('site'),
    engine: ENGINE_KINDS.find((kind) => kind === parameters.get('engine')),
    version: text('version'),
  };
}

/** Writes a change of the filter into a URL; what is empty leaves it. */
export function writeComponentFilter(
  parameters: URLSearchParams,
  change: Partial<ComponentFilter>,
): URLSearchParams {
  const next = new URLSearchParams(parameters);
  const put = (name: string, value: string | undefined) => {
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  };
  if ('search' in change) put('q', change.search);
  if ('marks' in change) put('state', change.marks?.join(','));
  if ('site' in change) put('site', change.site);
  if ('engine' in change) put('engine', change.engine);
  if ('version' in change) put('version', change.version);
  return next;
}

export function isFilteringComponents(filter: ComponentFilter): boolean {
  return (
    filter.search !== '' ||
    filter.marks.length > 0 ||
    filter.site !== undefined ||
    filter.engine !== undefined ||
    filter.version !== undefined
  );
}

/** Components that match everything; of several states any one is enough. */
export function filterComponents(
  components: readonly Component[],
  filter: ComponentFilter,
  nowMs: number,
): readonly Component[] {
  if (!isFilteringComponents(filter)) return components;
  const words = foldText(filter.search).split(/\s+/).filter(Boolean);
  return components.filter((component) => {
    if (filter.site !== undefined && component.site_id !== filter.site) return false;
    if (filter.engine !== undefined && component.engine?.kind !== filter.engine) return false;
    if (filter.version !== undefined && component.version !== filter.version) return false;
    if (filter.marks.length > 0) {
      const own = marksOf(component, nowMs);
      if (!filter.marks.some((mark) => own.has(mark))) return false;
    }
    return matches(component, words);
  });
}

function matches(component: Component, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const parts = [
    component.name,
    component.hostname,
    component.fqdn ?? '',
    component.site_name ?? '',
    component.os,
    component.version,
    ...component.ip_addresses,
    ...component.roles,
  ];
  const text = foldText(parts.join('\n'));
  return words.every((word) => text.includes(word));
}
