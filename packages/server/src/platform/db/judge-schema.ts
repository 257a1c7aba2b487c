import type { ColumnType, Generated, GeneratedAlways } from 'kysely';
import type {
  DefaultJson,
  DefaultTime,
  Json,
  NullableNumber,
  NullableText,
  NullableTime,
  Time,
} from './column-types.ts';

export interface AlertDefinitionsTable {
  id: Generated<string>;
  slug: string;
  name: string;
  kind: string;
  expr: string | null;
  comparison: string;
  warning: number | null;
  warning_clear: number | null;
  critical: number | null;
  critical_clear: number | null;
  unit: string | null;
  duration_seconds: number;
  clear_after_seconds: number;
  instance_labels: string[] | null;
  no_data: string;
  look_back_seconds: number | null;
  seen_good: boolean;
  settle_seconds: number | null;
  scope_site_id: string | null;
  scope_group_id: string | null;
  scope_node_id: string | null;
  overrides: string | null;
  summary: string | null;
  runbook_url: string | null;
  enabled: boolean;
  shipped: ColumnType<unknown, string | null | undefined, string | null>;
  is_changed: Generated<boolean>;
  created_at: DefaultTime;
  updated_at: DefaultTime;
}

export interface AlertsTable {
  id: Generated<string>;
  state: Generated<string>;
  node_id: string | null;
  component_id: string | null;
  subject: GeneratedAlways<string>;
  subject_name: string;
  site_id: string | null;
  definition_id: string;
  root_id: string;
  definition_slug: string;
  definition_name: string;
  scope_type: string;
  scope_id: string | null;
  duration_seconds: number;
  runbook_url: NullableText;
  alert_key: string;
  instance: string;
  labels: Json<Record<string, string>>;
  severity: string;
  value: NullableNumber;
  peak: NullableNumber;
  value_at: Time;
  threshold: NullableNumber;
  comparison: string;
  unit: NullableText;
  summary: string;
  query: string;
  started_at: Time;
  triggered_at: Time;
  resolved_at: NullableTime;
  acknowledged_at: NullableTime;
  acknowledged_by: NullableText;
  acknowledged_comment: NullableText;
  muted_at: NullableTime;
  muted_by: NullableText;
  muted_until: NullableTime;
  held_by: NullableText;
  held_since: NullableTime;
  held_alert_id: NullableText;
  held_node_id: NullableText;
  held_window_id: NullableText;
  flapping_since: NullableTime;
  changes: Generated<number>;
  search_text: GeneratedAlways<string>;
}

export interface AlertEventsTable {
  id: GeneratedAlways<string>;
  alert_id: string;
  at: DefaultTime;
  event: string;
  actor: NullableText;
  detail: DefaultJson<Record<string, unknown>>;
}

export interface AlertStatesTable {
  family: string;
  subject: string;
  instance: string;
  phase: string;
  severity: string | null;
  since: number;
  raise_since: number | null;
  lower_since: number | null;
  frozen_at: number | null;
  seen_good: boolean;
  missing: boolean;
  changes: number[];
  unstable: boolean;
  clear: boolean;
  started_at: NullableTime;
  fired_at: number | null;
  labels: Json<Record<string, string>>;
}

export interface EvaluatorStateTable {
  is_only: Generated<boolean>;
  clock_ms: number;
  evaluated_at: Time;
}

export interface SettlingNodesTable {
  node_id: string;
  since: number;
}

export interface RefusedRulesTable {
  definition_id: string;
  reason: string;
  since: Generated<Time>;
}

export interface UnjudgedTimesTable {
  id: GeneratedAlways<string>;
  definition_id: string | null;
  kind: string;
  reason: string | null;
  from_at: Time;
  until_at: NullableTime;
}

export interface MaintenanceWindowsTable {
  id: Generated<string>;
  name: string;
  scope_site_id: string | null;
  scope_group_id: string | null;
  scope_node_id: string | null;
  starts_at: Time;
  ends_at: Time;
  rrule: string | null;
  exdates: string[];
  timezone: string;
  reason: string | null;
  ended_early_at: NullableTime;
  occurrence_starts_at: NullableTime;
  occurrence_ends_at: NullableTime;
  following_starts_at: NullableTime;
  following_ends_at: NullableTime;
  created_by: string;
  created_at: DefaultTime;
  updated_at: DefaultTime;
}

export interface MaintenancePeriodsTable {
  id: Generated<string>;
  window_id: string;
  window_name: string;
  scope_type: string;
  scope_id: string | null;
  reason: string | null;
  starts_at: Time;
  ends_at: Time;
  from_at: DefaultTime;
  to_at: NullableTime;
  reminded_at: NullableTime;
}

/** The tables of the wing `judge`. */
export interface JudgeSchema {
  alert_definitions: AlertDefinitionsTable;
  alerts: AlertsTable;
  alert_events: AlertEventsTable;
  alert_states: AlertStatesTable;
  evaluator_state: EvaluatorStateTable;
  maintenance_periods: MaintenancePeriodsTable;
  maintenance_windows: MaintenanceWindowsTable;
  refused_rules: RefusedRulesTable;
  settling_nodes: SettlingNodesTable;
  unjudged_times: UnjudgedTimesTable;
}
