import type {
  AlertEventName,
  AlertSeverity,
  AlertState,
  Comparison,
  HeldReason,
  ScopeType,
} from '@stratora/contract';

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
  labels: Readonly<Record<string, string>>;
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

/** A row of `alerts`, without its mute, which people alone change. */
export type AlertRow = AlertOrigin & AlertRule & AlertCourse;

/** An entry of the timeline, to be written. */
export interface AlertEventRow {
  alert_id: string;
  event: AlertEventName;
  detail: Record<string, unknown>;
}
