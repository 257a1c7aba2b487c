import { type Alert, type AlertDefinition, DEFINITION_DEFAULTS } from '@stratora/contract';

/** Makes an alert of which a test names what it is about. */
export function sampleAlert(change: Partial<Alert>): Alert {
  return {
    id: 'alert-1',
    state: 'active',
    severity: 'critical',
    node_id: 'node-1',
    node_name: 'sw-access-01',
    component_id: null,
    component_name: null,
    site_id: 'site-a',
    site_name: 'Munich plant',
    definition_id: 'def-1',
    definition_slug: 'cpu_usage_percent',
    definition_name: 'CPU',
    alert_key: 'cpu_usage_percent',
    instance: '',
    labels: {},
    value: 97,
    peak: 99,
    value_at: '2026-11-29T12:00:00Z',
    threshold: 95,
    comparison: '>',
    unit: 'percent',
    summary: 'The CPU of sw-access-01 is 97 % busy',
    query: 'cpu_usage',
    started_at: '2026-11-29T11:55:00Z',
    triggered_at: '2026-11-29T12:00:00Z',
    resolved_at: null,
    acknowledged: null,
    muted: null,
    muted_until: null,
    held: null,
    behind_count: 0,
    flapping_since: null,
    changes: 0,
    ...change,
  };
}

/** The mark of an alert that another one holds. */
export function heldBy(alertId: string | null, by: 'unreachable' | 'upstream' = 'upstream') {
  return { by, since: '2026-11-29T12:00:00Z', alert_id: alertId, node_id: 'node-0', window_id: null };
}

/** Makes an alert definition of which a test names what it is about. */
export function sampleDefinition(change: Partial<AlertDefinition>): AlertDefinition {
  return {
    id: 'def-1',
    slug: 'cpu_usage_percent',
    name: 'CPU',
    ...DEFINITION_DEFAULTS,
    expr: 'cpu_usage',
    warning: 90,
    warning_clear: 85,
    critical: 95,
    critical_clear: 90,
    unit: 'percent',
    duration_seconds: 300,
    scope_name: null,
    override_count: 0,
    is_shipped: true,
    is_changed: false,
    refusal: null,
    created_at: '2026-11-29T12:00:00Z',
    updated_at: '2026-11-29T12:00:00Z',
    ...change,
  };
}
