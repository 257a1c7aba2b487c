import { describe, expect, it } from 'vitest';
import {
  alertLabels,
  type FiringAlert,
  type JudgingDefinition,
  ruleGroups,
  toPrometheusAlert,
  valueText,
} from './prometheus-form.ts';

const ALERT: FiringAlert = {
  definition_id: 'd1',
  definition_slug: 'disk_used_percent',
  definition_name: 'Disk used',
  severity: 'warning',
  node_id: 'n1',
  component_id: null,
  subject_name: 'press-07',
  site_name: 'Plant 2',
  labels: {
    __name__: 'disk_used_percent',
    node_id: 'n1',
    path: '/var',
    severity: 'of the device',
    alertname: '',
  },
  value: 93.4,
  started_at: new Date('2026-11-01T10:00:00Z'),
  summary: 'Disk used /var on press-07: 93.4 %',
  runbook_url: null,
};
const DEFINITION: JudgingDefinition = {
  id: 'd1',
  root_slug: 'disk_used_percent',
  name: 'Disk used',
  kind: 'metric',
  expr: 'disk_used_percent or vector(0)',
  comparison: '>',
  warning: 85,
  critical: 95,
  duration_seconds: 300,
  scope_type: 'global',
  scope_id: null,
  runbook_url: 'https://wiki.example.com/disk',
  refusal: null,
};

describe('an alert in the form of Prometheus', () => {
  it('has labels of its own, and those of its series under other names where they clash', () => {
    expect(alertLabels(ALERT)).toEqual({
      alertname: 'disk_used_percent',
      severity: 'warning',
      node_id: 'n1',
      node_name: 'press-07',
      site: 'Plant 2',
      path: '/var',
      exported_severity: 'of the device',
      exported_alertname: '',
    });
    const { node_name: name, ...system } = alertLabels({
      ...ALERT,
      node_id: null,
      labels: {},
      site_name: null,
    });
    expect([name, system]).toEqual([undefined, { alertname: 'disk_used_percent', severity: 'warning' }]);
  });

  it('has its text, its begin and its value', () => {
    expect(toPrometheusAlert(ALERT)).toMatchObject({
      annotations: { summary: 'Disk used /var on press-07: 93.4 %', description: 'Disk used' },
      state: 'firing',
      activeAt: '2026-11-01T10:00:00.000Z',
      value: '9.34e+01',
    });
  });

  it.each([
    [0, '0e+00'],
    [1, '1e+00'],
    [-0.000001234, '-1.234e-06'],
    [1e100, '1e+100'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [Number.NaN, 'NaN'],
    [null, 'NaN'],
  ])('writes %s as Go does: %s', (value, text) => {
    expect(valueText(value)).toBe(text);
  });
});

describe('a definition in the form of Prometheus', () => {
  it('is a rule for each of its thresholds, with the alerts of that severity', () => {
    const critical = { ...ALERT, severity: 'critical', node_id: 'n2' };
    const [group, ...others] = ruleGroups([DEFINITION], [ALERT, critical], undefined);
    expect(others).toEqual([]);
    expect(group).toMatchObject({ name: 'metric', file: 'stratora', interval: 10 });
    expect(group?.rules).toMatchObject([
      {
        state: 'firing',
        name: 'disk_used_percent',
        query: '(disk_used_percent or vector(0)) > 85',
        duration: 300,
        labels: { severity: 'warning' },
        annotations: { description: 'Disk used', runbook_url: 'https://wiki.example.com/disk' },
        alerts: [{ labels: { node_id: 'n1' } }],
        health: 'ok',
        type: 'alerting',
        lastEvaluation: '0001-01-01T00:00:00Z',
      },
      { query: '(disk_used_percent or vector(0)) > 95', alerts: [{ labels: { node_id: 'n2' } }] },
    ]);
  });

  it('is asked for by its alerts where the server judges without an expression', () => {
    const heard = { ...DEFINITION, expr: null, warning: null, critical: null, kind: 'reachability' };
    const info = { ...ALERT, severity: 'info' };
    const [group] = ruleGroups([heard], [info], new Date(0));
    expect(group?.rules).toMatchObject([
      {
        query: 'ALERTS{alertname="disk_used_percent",severity="critical",alertstate="firing"}',
        alerts: [{ labels: { severity: 'info' } }],
        lastEvaluation: '1970-01-01T00:00:00.000Z',
      },
    ]);
  });

  it('says where it is in force when it overrides another', () => {
    const override = { ...DEFINITION, id: 'd2', scope_type: 'site', scope_id: 's1', warning: null };
    const [group] = ruleGroups([DEFINITION, override], [ALERT], undefined);
    expect(group?.rules.map(({ labels, state }) => ({ ...labels, state }))).toEqual([
      { severity: 'warning', state: 'firing' },
      { severity: 'critical', state: 'inactive' },
      { severity: 'critical', scope: 'site', scope_id: 's1', state: 'inactive' },
    ]);
  });
});
