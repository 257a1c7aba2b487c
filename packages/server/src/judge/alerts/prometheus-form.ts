/** Alerts and definitions as alerts and rules of the Prometheus HTTP API. */
import { measuredValue } from '@stratora/contract';

/** An active alert, with what its labels and annotations are made of. */
export interface FiringAlert {
  readonly definition_id: string;
  readonly definition_slug: string;
  readonly definition_name: string;
  readonly severity: string;
  readonly node_id: string | null;
  readonly component_id: string | null;
  readonly subject_name: string;
  readonly site_name: string | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | null;
  readonly started_at: Date;
  readonly summary: string;
  readonly runbook_url: string | null;
}

/** A definition that judges something. */
export interface JudgingDefinition {
  readonly id: string;
  /** Slug of the definition that it overrides, or its own. */
  readonly root_slug: string;
  readonly name: string;
  readonly kind: string;
  readonly expr: string | null;
  readonly comparison: string;
  readonly warning: number | null;
  readonly critical: number | null;
  readonly duration_seconds: number;
  readonly scope_type: string;
  readonly scope_id: string | null;
  readonly runbook_url: string | null;
  /** What the metric store has against its expression; null where it takes it. */
  readonly refusal: string | null;
}

export interface PrometheusAlert {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  state: 'firing';
  activeAt: string;
  value: string;
}

export interface PrometheusRule {
  state: 'firing' | 'inactive';
  name: string;
  query: string;
  duration: number;
  keepFiringFor: number;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  alerts: PrometheusAlert[];
  health: 'ok' | 'err';
  lastError?: string;
  evaluationTime: number;
  lastEvaluation: string;
  type: 'alerting';
}

export interface PrometheusGroup {
  name: string;
  file: string;
  interval: number;
  limit: number;
  rules: PrometheusRule[];
  evaluationTime: number;
  lastEvaluation: string;
}

/** Name of the only "file" of rules, and seconds between two evaluations. */
const FILE = 'stratora';
const INTERVAL_SECONDS = 10;

/**
 * Returns the labels of an alert. Where a series has a label of a name that is ours, ours stays and the other one is called
 * `exported_NAME`, as Prometheus does with those of targets.
 */
export function alertLabels(alert: FiringAlert): Record<string, string> {
  const own = withoutEmpty({
    alertname: alert.definition_slug,
    severity: alert.severity,
    node_id: alert.node_id,
    node_name: alert.node_id === null ? null : alert.subject_name,
    component_id: alert.component_id,
    component_name: alert.component_id === null ? null : alert.subject_name,
    site: alert.site_name,
  });
  const labels: Record<string, string> = {};
  for (const [name, value] of Object.entries(alert.labels)) {
    if (name === '__name__' || own[name] === value) continue;
    labels[RESERVED_LABELS.has(name) ? `exported_${name}` : name] = value;
  }
  return { ...labels, ...own };
}

/** Names of labels that mean something of an alert, whatever its series say. */
export const RESERVED_LABELS: ReadonlySet<string> = new Set([
  'alertname',
  'alertstate',
  'severity',
  'node_id',
  'node_name',
  'component_id',
  'component_name',
  'site',
]);

export function toPrometheusAlert(alert: FiringAlert): PrometheusAlert {
  return {
    labels: alertLabels(alert),
    annotations: withoutEmpty({
      summary: alert.summary,
      description: alert.definition_name,
      runbook_url: alert.runbook_url,
    }),
    state: 'firing',
    activeAt: alert.started_at.toISOString(),
    value: valueText(alert.value),
  };
}

/** Writes a value as Go's `%e` does in Prometheus' answers: `9.34e+01`. */
export function valueText(value: number | null): string {
  if (value === null || Number.isNaN(value)) return 'NaN';
  const measured = measuredValue(value);
  return typeof measured === 'string' ? measured : measured.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

/**
 * Builds the groups of rules, one for each kind of definition; a definition is a rule for each of its thresholds. How long
 * one took is not known, since identical expressions are asked once: it is 0.
 * @param last when rules were last evaluated
 */
export function ruleGroups(
  definitions: readonly JudgingDefinition[],
  alerts: readonly FiringAlert[],
  last: Date | undefined,
): PrometheusGroup[] {
  const firing = Map.groupBy(alerts, ({ definition_id: id }) => id);
  const evaluated = {
    evaluationTime: 0,
    // What Prometheus answers of a rule that was never evaluated.
    lastEvaluation: last?.toISOString() ?? '0001-01-01T00:00:00Z',
  };
  const groups = Map.groupBy(definitions, ({ kind }) => kind);
  return [...groups].map(([kind, own]) => ({
    name: kind,
    file: FILE,
    interval: INTERVAL_SECONDS,
    limit: 0,
    rules: own.flatMap((definition) => rulesOf(definition, firing.get(definition.id) ?? [], evaluated)),
    ...evaluated,
  }));
}

function rulesOf(
  definition: JudgingDefinition,
  alerts: readonly FiringAlert[],
  evaluated: Pick<PrometheusRule, 'evaluationTime' | 'lastEvaluation'>,
): PrometheusRule[] {
  const severities = (['warning', 'critical'] as const).filter((severity) => definition[severity] !== null);
  // What the server judges by what it hears may have its threshold from the settings.
  const told = severities.length === 0 ? (['critical'] as const) : severities;
  const [mildest] = told;
  return told.map((severity) => {
    const own = alerts.filter((alert) =>
      told.some((one) => one === alert.severity) ? alert.severity === severity : severity === mildest,
    );
    return {
      state: own.length > 0 ? 'firing' : 'inactive',
      name: definition.root_slug,
      query: queryOf(definition, severity),
      duration: definition.duration_seconds,
      keepFiringFor: 0,
      labels: withoutEmpty({
        severity,
        scope: definition.scope_type === 'global' ? null : definition.scope_type,
        scope_id: definition.scope_id,
      }),
      annotations: withoutEmpty({ description: definition.name, runbook_url: definition.runbook_url }),
      alerts: own.map(toPrometheusAlert),
      ...healthOf(definition),
      ...evaluated,
      type: 'alerting',
    };
  });
}

/** Says of a rule whether the metric store takes it, in the words of Prometheus. */
function healthOf({ refusal }: JudgingDefinition): Pick<PrometheusRule, 'health' | 'lastError'> {
  return refusal === null ? { health: 'ok' } : { health: 'err', lastError: refusal };
}

/** Writes the condition in PromQL. What is not judged by an expression is asked for by its alerts. */
function queryOf(definition: JudgingDefinition, severity: 'warning' | 'critical'): string {
  const { expr, comparison, root_slug: slug } = definition;
  const threshold = definition[severity];
  if (expr === null || threshold === null) {
    return `ALERTS{alertname=${JSON.stringify(slug)},severity="${severity}",alertstate="firing"}`;
  }
  return `(${expr}) ${comparison} ${threshold}`;
}

function withoutEmpty(labels: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(labels).filter((label): label is [string, string] => label[1] !== null && label[1] !== ''),
  );
}
