import type { AlertDefinition, AlertKind, NodeDetail, ScopeType } from '@stratora/contract';
import { formatDuration } from '../ui/format/units.ts';
import { formatMeasure } from './measure.ts';

const KIND_NAMES: Readonly<Record<AlertKind, string>> = {
  metric: 'Metric',
  service: 'Service',
  interface: 'Interface',
  reachability: 'Reachability',
  heartbeat: 'Heartbeat',
  collection: 'Collection',
  component: 'Collector',
  store: 'Metric store',
  notification: 'Notifications',
};

export function kindName(kind: AlertKind): string {
  return KIND_NAMES[kind];
}

export const KIND_OPTIONS = (Object.keys(KIND_NAMES) as AlertKind[]).map((value) => ({
  value,
  label: KIND_NAMES[value],
}));

const SCOPE_NAMES: Readonly<Record<ScopeType, string>> = {
  global: 'Everywhere',
  site: 'Site',
  group: 'Group',
  node: 'Node',
};

/** "Everywhere", "Site Munich plant". */
export function scopeWords({
  scope,
  scope_name: name,
}: Pick<AlertDefinition, 'scope' | 'scope_name'>): string {
  return scope.type === 'global' ? SCOPE_NAMES.global : `${SCOPE_NAMES[scope.type]} ${name ?? '(gone)'}`;
}

/** "> 95 %" with the value where it ends, where that is another: "> 95 %, ends at 90 %". */
export function thresholdWords(
  { comparison, unit }: Pick<AlertDefinition, 'comparison' | 'unit'>,
  fires: number | null,
  clears: number | null,
): string {
  if (fires === null) return '';
  const text = `${comparison} ${formatMeasure(fires, unit)}`;
  return clears === null || clears === fires ? text : `${text}, ends at ${formatMeasure(clears, unit)}`;
}

type Place = Pick<NodeDetail, 'id' | 'site_id' | 'group_ids'>;

/** Whether a definition's scope holds a node. */
export function actsOn({ scope: { type, id } }: Pick<AlertDefinition, 'scope'>, node: Place): boolean {
  switch (type) {
    case 'global':
      return true;
    case 'site':
      return id === node.site_id;
    case 'group':
      return id !== null && node.group_ids.includes(id);
    case 'node':
      return id === node.id;
  }
}

type Compared = Pick<
  AlertDefinition,
  | 'scope'
  | 'scope_name'
  | 'enabled'
  | 'comparison'
  | 'unit'
  | 'warning'
  | 'warning_clear'
  | 'critical'
  | 'critical_clear'
  | 'duration_seconds'
  | 'expr'
  | 'no_data'
>;

/** Says in what an override differs from the definition that it replaces: "Site Oslo: critical > 98 % instead of > 95 %". */
export function overrideWords(override: Compared, root: Compared | undefined): string {
  const where = scopeWords(override);
  if (!override.enabled) return `${where}: switched off`;
  if (root === undefined) return where;
  const differences = [
    ...difference('warning', level(override, 'warning'), level(root, 'warning')),
    ...difference('critical', level(override, 'critical'), level(root, 'critical')),
    ...difference(
      'fires after',
      formatDuration(override.duration_seconds),
      formatDuration(root.duration_seconds),
    ),
    ...(override.expr === root.expr ? [] : ['another expression']),
    ...(override.no_data === root.no_data ? [] : ['another way with missing data']),
  ];
  return differences.length === 0 ? `${where}: as everywhere` : `${where}: ${differences.join('; ')}`;
}

function level(definition: Compared, name: 'warning' | 'critical'): string {
  return thresholdWords(definition, definition[name], definition[`${name}_clear`]);
}

function difference(name: string, own: string, root: string): string[] {
  if (own === root) return [];
  return [`${name} ${own === '' ? 'off' : own} instead of ${root === '' ? 'off' : root}`];
}
