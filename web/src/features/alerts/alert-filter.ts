import type { Alert, AlertDefinition, AlertSeverity } from '@stratora/contract';
import { foldText } from '@stratora/contract/text-fold';
import type { AlertQuery } from '../../api/alerts.ts';
import { subjectOf } from '../../domain/alert-words.ts';

/** The filter of the lists of alerts; all of it is in the URL. */
export interface AlertFilter {
  readonly search: string;
  readonly severity: AlertSeverity | undefined;
  readonly site: string | undefined;
  readonly node: string | undefined;
  /** Slug of the root of its family, as alerts carry it: it says more in an address than an id. */
  readonly definition: string | undefined;
  readonly acknowledged: boolean | undefined;
  readonly held: boolean | undefined;
  readonly muted: boolean | undefined;
}

export const NO_FILTER: AlertFilter = {
  search: '',
  severity: undefined,
  site: undefined,
  node: undefined,
  definition: undefined,
  acknowledged: undefined,
  held: undefined,
  muted: undefined,
};

const NAMES = {
  search: 'q',
  severity: 'severity',
  site: 'site',
  node: 'node',
  definition: 'definition',
  acknowledged: 'acknowledged',
  held: 'held',
  muted: 'muted',
} as const satisfies Record<keyof AlertFilter, string>;
const SEVERITIES: ReadonlySet<string> = new Set<AlertSeverity>(['info', 'warning', 'critical']);

/** Reads a filter from a URL; what it does not know it leaves out. */
export function readAlertFilter(parameters: URLSearchParams): AlertFilter {
  const text = (name: string) => parameters.get(name) || undefined;
  const flag = (name: string) => {
    const value = parameters.get(name);
    return value === 'true' ? true : value === 'false' ? false : undefined;
  };
  const severity = parameters.get('severity') ?? '';
  return {
    search: parameters.get('q') ?? '',
    severity: SEVERITIES.has(severity) ? (severity as AlertSeverity) : undefined,
    site: text('site'),
    node: text('node'),
    definition: text('definition'),
    acknowledged: flag('acknowledged'),
    held: flag('held'),
    muted: flag('muted'),
  };
}

/** Writes a change of the filter into a URL; what is empty leaves it, and everything else stays. */
export function writeAlertFilter(parameters: URLSearchParams, change: Partial<AlertFilter>): URLSearchParams {
  const next = new URLSearchParams(parameters);
  for (const [key, value] of Object.entries(change) as [
    keyof AlertFilter,
    AlertFilter[keyof AlertFilter],
  ][]) {
    if (value === undefined || value === '') next.delete(NAMES[key]);
    else next.set(NAMES[key], String(value));
  }
  return next;
}

export function isFilteringAlerts(filter: AlertFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined && value !== '');
}

/** Alerts that match everything: each word of the search is somewhere in the text, the names or the key. */
export function filterAlerts(alerts: readonly Alert[], filter: AlertFilter): readonly Alert[] {
  if (!isFilteringAlerts(filter)) return alerts;
  const words = foldText(filter.search).split(/\s+/).filter(Boolean);
  const fits = (wanted: boolean | undefined, is: boolean) => wanted === undefined || wanted === is;
  return alerts.filter(
    (alert) =>
      (filter.severity === undefined || alert.severity === filter.severity) &&
      (filter.site === undefined || alert.site_id === filter.site) &&
      (filter.node === undefined || alert.node_id === filter.node) &&
      (filter.definition === undefined || alert.definition_slug === filter.definition) &&
      fits(filter.acknowledged, alert.acknowledged !== null) &&
      fits(filter.held, alert.held !== null) &&
      fits(filter.muted, alert.muted !== null) &&
      matches(alert, words),
  );
}

function matches(alert: Alert, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = foldText(
    `${alert.summary}\n${subjectOf(alert)}\n${alert.site_name ?? ''}\n${alert.definition_name}\n${alert.alert_key}`,
  );
  return words.every((word) => text.includes(word));
}

/**
 * The filter as the server takes it. Undefined while, or where, the definition's slug leads to no id: to ask without it
 * would show what nobody asked for.
 */
export function toAlertQuery(
  filter: AlertFilter,
  definitions: readonly Pick<AlertDefinition, 'id' | 'slug' | 'overrides'>[],
): AlertQuery | undefined {
  const definition = definitions.find(
    ({ slug, overrides }) => overrides === null && slug === filter.definition,
  );
  if (filter.definition !== undefined && definition === undefined) return undefined;
  const { search, severity, site, node, acknowledged, held, muted } = filter;
  return {
    search: search.trim() === '' ? undefined : search.trim(),
    severity,
    site_id: site,
    node_id: node,
    definition_id: definition?.id,
    acknowledged: toFlag(acknowledged),
    held: toFlag(held),
    muted: toFlag(muted),
  };
}

function toFlag(value: boolean | undefined): 'true' | 'false' | undefined {
  return value === undefined ? undefined : value ? 'true' : 'false';
}
