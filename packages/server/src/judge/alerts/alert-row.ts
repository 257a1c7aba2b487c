import type {
  AlertEventName,
  AlertSeverity,
  AlertState,
  Comparison,
  HeldReason,
  ScopeType,
} from '@stratora/contract';
import { sql } from 'kysely';

/** The part of an alert's row that stays as it was when the alert began. */
export interface AlertOrigin {
  id: string;
  node_id: string | null;
  component_id: string | null;
  subject_name: string;
  site_id: string | null;
  definition_slug: string;
  alert_key: string;
  instance: string;
  started_at: Date;
  triggered_at: Date;
}

/** The part that is another one when another definition of the family takes over. */
export interface AlertRule {
  definition_id: string;
  root_id: string;
  definition_name: string;
  scope_type: ScopeType;
  scope_id: string | null;
  duration_seconds: number;
  runbook_url: string | null;
}

/** The part that changes while the alert is active. */
export interface AlertCourse {
  state: AlertState;
  severity: AlertSeverity;
  value: number | null;
  peak: number | null;
  value_at: Date;
  threshold: number | null;
  comparison: Comparison;
  unit: string | null;
  summary: string;
  query: string;
  resolved_at: Date | null;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
  acknowledged_comment: string | null;
  held_by: Exclude<HeldReason, 'flapping'> | null;
  held_since: Date | null;
  held_alert_id: string | null;
  held_node_id: string | null;
  held_window_id: string | null;
  flapping_since: Date | null;
  changes: number;
}

/** What is of the series by which the rule in force found the alert. */
export interface AlertSeries {
  labels: Readonly<Record<string, string>>;
}

/** A row of `alerts`, without its mute, which people alone change. */
export type AlertRow = AlertOrigin & AlertRule & AlertSeries & AlertCourse;

/** The columns of `alerts` as `a` that such a row is read from. */
export const ROW_COLUMNS = sql`a.id, a.node_id, a.component_id, a.subject_name, a.site_id, a.definition_slug, a.alert_key,
  a.instance, a.labels, a.started_at, a.triggered_at, a.definition_id, a.root_id, a.definition_name, a.scope_type,
  a.scope_id, a.duration_seconds, a.runbook_url, a.state, a.severity, a.value, a.peak, a.value_at, a.threshold,
  a.comparison, a.unit, a.summary, a.query, a.resolved_at, a.acknowledged_at, a.acknowledged_by, a.acknowledged_comment,
  a.held_by, a.held_since, a.held_alert_id, a.held_node_id, a.held_window_id, a.flapping_since, a.changes`;

/** The scope of a definition as `d`, as alerts keep it. */
export const SCOPE_COLUMNS = sql`
  CASE WHEN d.scope_node_id IS NOT NULL THEN 'node' WHEN d.scope_group_id IS NOT NULL THEN 'group'
    WHEN d.scope_site_id IS NOT NULL THEN 'site' ELSE 'global' END AS scope_type,
  coalesce(d.scope_node_id, d.scope_group_id, d.scope_site_id) AS scope_id`;

/** The part of a row by which others refer to the alert. */
export type ReferredRow = Pick<
  AlertRow,
  'id' | 'state' | 'severity' | 'node_id' | 'subject_name' | 'summary'
>;

/** Facts of a definition that are kept with its alerts. */
export interface DefinitionFacts extends AlertRule {
  /** Template of the text; null: the built-in one. */
  template: string | null;
}

/** What is kept of a node or a component. */
export type SubjectFacts = Pick<AlertOrigin, 'subject_name' | 'site_id'>;

/** An entry of the timeline, to be written. */
export interface AlertEventRow {
  alert_id: string;
  event: AlertEventName;
  detail: Record<string, unknown>;
}
