import { z } from 'zod';
import type { Database } from '../../platform/db/index.ts';
import { type RouteDocument, type Routes, userAccess } from '../../platform/http/index.ts';
import { type FiringAlert, type PrometheusRule, ruleGroups, toPrometheusAlert } from './prometheus-form.ts';
import { findLastEvaluation, listFiringAlerts, listJudgingDefinitions } from './prometheus-queries.ts';

const PREFIX = '/api/v1/prometheus/api/v1';
const labels = z.record(z.string(), z.string());
const alert = z.object({
  labels,
  annotations: labels,
  state: z.literal('firing'),
  activeAt: z.string(),
  value: z.string(),
});
const evaluated = { evaluationTime: z.number(), lastEvaluation: z.string() };
const rule = z.object({
  state: z.enum(['firing', 'inactive']),
  name: z.string(),
  query: z.string(),
  duration: z.number(),
  keepFiringFor: z.number(),
  labels,
  annotations: labels,
  alerts: z.array(alert).optional(),
  health: z.enum(['ok', 'err']),
  lastError: z.string().optional(),
  ...evaluated,
  type: z.literal('alerting'),
});
const group = z.object({
  name: z.string(),
  file: z.string(),
  interval: z.number(),
  limit: z.int(),
  rules: z.array(rule),
  ...evaluated,
});

/** The parameters of Prometheus' `/rules` that are taken. */
const parameters = z.object({
  type: z.enum(['alert', 'record']).optional(),
  'rule_name[]': z.array(z.string()).optional(),
  'rule_group[]': z.array(z.string()).optional(),
  'file[]': z.array(z.string()).optional(),
  exclude_alerts: z.enum(['true', 'false']).optional(),
});

function successOf(data: z.ZodType, querystring?: z.ZodObject): RouteDocument {
  return {
    ...(querystring ? { querystring } : {}),
    answers: { 200: { 'application/json': z.object({ status: z.literal('success'), data }) } },
  };
}

/** Routes of the Prometheus HTTP API by which Grafana and scripts see definitions as rules, and alerts. */
export function prometheusRoutes(db: Database): (routes: Routes) => void {
  return (routes) => {
    routes.get(
      `${PREFIX}/rules`,
      {
        ...userAccess('monitoring:read', successOf(z.object({ groups: z.array(group) }), parameters)),
        schema: { summary: 'Alert definitions, in the form of Prometheus’ rules', tags: ['prometheus'] },
      },
      async (request) => {
        const given = new URLSearchParams(request.url.split('?')[1] ?? '');
        return { status: 'success', data: { groups: await groupsOf(db, given) } };
      },
    );
    routes.get(
      `${PREFIX}/alerts`,
      {
        ...userAccess('monitoring:read', successOf(z.object({ alerts: z.array(alert) }))),
        schema: { summary: 'Active alerts, in the form of Prometheus', tags: ['prometheus'] },
      },
      async () => {
        const alerts = await listFiringAlerts(db);
        return { status: 'success', data: { alerts: alerts.map(toPrometheusAlert) } };
      },
    );
  };
}

async function groupsOf(db: Database, given: URLSearchParams) {
  // There are no recording rules.
  if (given.get('type') === 'record') return [];
  const withAlerts = given.get('exclude_alerts') !== 'true';
  const definitions = await listJudgingDefinitions(db);
  const alerts: FiringAlert[] = await listFiringAlerts(db);
  const wants = (name: string, text: string) => {
    const wanted = given.getAll(name);
    return wanted.length === 0 || wanted.includes(text);
  };
  return ruleGroups(definitions, alerts, await findLastEvaluation(db))
    .filter(({ name, file }) => wants('rule_group[]', name) && wants('file[]', file))
    .map((one) => ({
      ...one,
      rules: one.rules
        .filter(({ name }) => wants('rule_name[]', name))
        .map((own) => (withAlerts ? own : withoutAlerts(own))),
    }))
    .filter(({ rules }) => rules.length > 0);
}

function withoutAlerts({ alerts: _, ...own }: PrometheusRule): Omit<PrometheusRule, 'alerts'> {
  return own;
}
