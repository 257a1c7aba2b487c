import { isTest, type SourceFile } from './workspace.ts';

const SERVER = 'packages/server/src/';

/** The one module of the server that inserts, updates and deletes the rows of each table. Any module may read. */
export const TABLE_OWNERS: Readonly<Record<string, string>> = {
  alert_definitions: 'judge/rules',
  alert_events: 'judge/alerts',
  alert_states: 'judge/evaluation',
  alerts: 'judge/alerts',
  answered_calls: 'platform/repeats',
  audit_head: 'platform/audit',
  audit_log: 'platform/audit',
  collector_config_dirty: 'platform/dirty-marks',
  collector_configs: 'components/config-history',
  collector_targets: 'inventory/node-states',
  component_gaps: 'components/component-reports',
  component_instances: 'components/component-reports',
  component_keys: 'components/component-keys',
  component_reports: 'components/component-reports',
  component_states: 'components/component-reports',
  credentials: 'inventory/credentials',
  custom_templates: 'inventory/templates',
  device_template_versions: 'inventory/templates',
  device_templates: 'inventory/templates',
  discovered_addresses: 'inventory/discovery',
  discovered_devices: 'inventory/discovery',
  discovered_keys: 'inventory/discovery',
  discovery_changes: 'inventory/discovery',
  discovery_jobs: 'inventory/discovery',
  discovery_ledger: 'inventory/discovery',
  discovery_runs: 'inventory/discovery',
  escalation_teams: 'tell/teams',
  evaluator_state: 'judge/evaluation',
  enrollment_tokens: 'components/enrollment',
  escalations: 'tell/outbox',
  identity_corrections: 'inventory/identification',
  ignored_devices: 'inventory/discovery',
  leases: 'platform/db',
  notification_lanes: 'tell/outbox',
  notification_outbox: 'tell/outbox',
  maintenance_periods: 'judge/maintenance',
  maintenance_windows: 'judge/maintenance',
  node_credentials: 'inventory/nodes',
  node_group_members: 'inventory/node-groups',
  node_groups: 'inventory/node-groups',
  node_parents: 'inventory/topology',
  node_states: 'inventory/node-states',
  node_status_changes: 'inventory/node-states',
  nodes: 'inventory/nodes',
  notification_channels: 'tell/channels',
  outage_orders: 'tell/outage-notices',
  outages: 'tell/outage-notices',
  outward_heartbeat: 'tell/heartbeat',
  refused_rules: 'judge/evaluation',
  remote_components: 'components/component-registry',
  rollout_components: 'components/rollouts',
  rollout_templates: 'components/rollouts',
  rollout_versions: 'components/rollouts',
  rollouts: 'components/rollouts',
  schema_migrations: 'platform/db',
  ended_bearers: 'access/sessions',
  sessions: 'access/sessions',
  settling_nodes: 'judge/evaluation',
  settings: 'platform/settings',
  sites: 'inventory/sites',
  topology_links: 'inventory/topology',
  address_places: 'inventory/topology',
  approved_links: 'inventory/topology',
  collector_places: 'inventory/topology',
  derived_links: 'inventory/topology',
  map_positions: 'inventory/topology',
  neighbour_systems: 'inventory/topology',
  neighbour_tables: 'inventory/topology',
  topology_devices: 'inventory/topology',
  topology_events: 'inventory/topology',
  topology_nodes: 'inventory/topology',
  topology_state: 'inventory/topology',
  wiring_approvals: 'inventory/topology',
  unjudged_times: 'judge/evaluation',
  users: 'access/users',
  component_jobs: 'components/component-jobs',
  credential_key_holders: 'platform/credential-key',
};

/** Pattern of a name in SQL, with or without its schema and quotes; `${` where it is inserted at run time. */
const SQL_NAME = String.raw`(?:"?public"?\.)?"?(\$\{|\w+)"?`;

/**
 * Patterns of the table that a statement writes. `UPDATE` alone is also a lock, a conflict clause or a trigger's event.
 */
const WRITE_PATTERNS: readonly RegExp[] = [
  /\.(?:insertInto|updateTable|deleteFrom|mergeInto|replaceInto)\(\s*(?:['"`](?:public\.)?(\$\{|\w+)|(?=[^'"`\s)]))/g,
  new RegExp(String.raw`\b(?:INSERT|MERGE)\s+INTO\s+${SQL_NAME}`, 'gi'),
  new RegExp(String.raw`\bDELETE\s+FROM\s+(?:ONLY\s+)?${SQL_NAME}`, 'gi'),
  new RegExp(String.raw`\bTRUNCATE\s+(?:TABLE\s+)?(?:ONLY\s+)?${SQL_NAME}`, 'gi'),
  new RegExp(
    String.raw`(?<!\b(?:FOR|KEY|DO|ON|OR)\s+)\bUPDATE\s+(?:ONLY\s+)?${SQL_NAME}[^\s]*\s+(?:(?:AS\s+)?\w+\s+)?SET\b`,
    'gi',
  ),
];

/** Finds statements outside the module that owns their table, and tables that no module owns, one line each. */
export function tableFaults(
  schema: string,
  files: readonly SourceFile[],
  owners: Readonly<Record<string, string>> = TABLE_OWNERS,
): string[] {
  return [...ownerFaults(schema, owners), ...files.flatMap((file) => writerFaults(file, owners))];
}

function ownerFaults(schema: string, owners: Readonly<Record<string, string>>): string[] {
  const tables = new Set([...schema.matchAll(/^CREATE TABLE (\w+)/gm)].map(([, name = '']) => name));
  return [
    ...[...tables]
      .filter((table) => owners[table] === undefined)
      .map((table) => `packages/server/schema.sql: the table ${table} has no owner`),
    ...Object.keys(owners)
      .filter((table) => !tables.has(table))
      .map((table) => `packages/server/schema.sql: ${owners[table]} owns ${table}, which is no table`),
  ];
}

function writerFaults({ path, text }: SourceFile, owners: Readonly<Record<string, string>>): string[] {
  if (!path.startsWith(SERVER) || isTest(path)) return [];
  const faults = WRITE_PATTERNS.flatMap((pattern) => [...text.matchAll(pattern)]).map(
    ({ 1: table = '${' }) => {
      const owner = owners[table.toLowerCase()];
      if (table === '${') return `${path}: writes a table that it does not name`;
      // The word after the keywords is no table: a CTE, or plain English.
      if (owner === undefined || path.startsWith(`${SERVER}${owner}/`)) return undefined;
      return `${path}: writes ${table.toLowerCase()}, which ${owner} alone writes`;
    },
  );
  return [...new Set(faults.filter((fault) => fault !== undefined))];
}
