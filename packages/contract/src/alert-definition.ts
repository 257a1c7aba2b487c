/**
 * Alert definitions: what is judged, by which thresholds, for which nodes.
 *
 * **Families.** A definition without `overrides` is a root; those whose `overrides` is its id replace it within their
 * own, narrower scope. Together they are a family, and one of them judges a node: the narrowest whose scope holds the
 * node (node, then group, then site, then global). Of several groups of a node the stricter one judges. A definition that
 * judges and is not `enabled` switches the family off there. Alerts carry the slug of the root whichever of the family judges, so a
 * change of scope never makes a second alert.
 *
 * **What is judged.** `expr` gives the values in PromQL, one series per node and instance. Without one the server judges
 * by what it hears itself; the value is in seconds then, counted only over time in which it could have heard:
 *
 * - `reachability`: seconds since a polled node last answered. With `critical` null the setting
 *   `node_unreachable_seconds` is the threshold. Alerts of this kind make a node `offline`, those with an `expr` too;
 * - `heartbeat`: seconds since a node's agent was last heard from; makes the node `offline`, too;
 * - `component`: seconds since a collector was last heard from. The alert is the collector's, not a node's;
 * - `store`: seconds since the metric store last answered. The alert is the system's;
 * - `collection`: seconds for which an input of a node has failed; the instance is the input;
 * - `notification`: seconds for which nothing gets through by a way by which people are told; the instance is its name. The
 *   alert is the system's.
 *
 * **Instances.** The values of the instance labels, in the order of their names, tell the alerts of a node apart. Where several
 * series are of one instance, the worst of them counts.
 */
import { z } from 'zod';
import { idSchema, nameSchema, noteSchema, timeSchema } from './field.ts';
import { listOf, listQuerySchema } from './list.ts';
import { replacementOf } from './replacement.ts';

export const ALERT_KINDS = [
  'metric',
  'service',
  'interface',
  'reachability',
  'heartbeat',
  'collection',
  'component',
  'store',
  'notification',
] as const;
export const alertKindSchema = z.enum(ALERT_KINDS);
export type AlertKind = z.infer<typeof alertKindSchema>;

/** Kinds that are always judged by an expression. */
export const EXPRESSION_KINDS = ['metric', 'service', 'interface'] as const satisfies readonly AlertKind[];
/** Kinds that are never judged by an expression; `reachability` may be. */
export const HEARD_KINDS = [
  'heartbeat',
  'collection',
  'component',
  'store',
  'notification',
] as const satisfies readonly AlertKind[];

export const SCOPE_TYPES = ['global', 'site', 'group', 'node'] as const;
export type ScopeType = (typeof SCOPE_TYPES)[number];
/** The nodes that a definition judges; `id` is that of the site, group or node, and null for `global`. */
export const alertScopeSchema = z.object({ type: z.enum(SCOPE_TYPES), id: idSchema.nullable() });
export type AlertScope = z.infer<typeof alertScopeSchema>;

/** `hold`: what is stays; `unknown`: it stays, and the node reads unknown; `fire`: counts as bad once it was good. */
export const NO_DATA_WAYS = ['hold', 'unknown', 'fire'] as const;
export const COMPARISONS = ['>', '<'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export const ALERT_NAME_MAX = 100;
export const EXPRESSION_MAX = 4000;
const DAY_SECONDS = 86_400;

/** The name of a label, or several with `|` between them, of which the first that is not empty counts. */
const labelSchema = z
  .string()
  .max(200)
  .regex(/^[a-zA-Z_]\w*(\|[a-zA-Z_]\w*)*$/, 'must be the name of a label, or several with | between them');

/** A page of the web, or of the product's own documentation (`docs/reference/alert-rules.md#load_per_cpu`). */
export const runbookSchema = z
  .string()
  .trim()
  .max(2048)
  .refine(
    (text) => /^docs\/[\w./-]+\.md(#[\w-]+)?$/.test(text) || isWebPage(text),
    'must begin with https:// or http://',
  );

function isWebPage(text: string): boolean {
  return /^https?:\/\/[^\s\\]+$/i.test(text) && URL.canParse(text);
}

/** A scope as people write it: the id may be left out where there is none. */
export const scopeInputSchema = z
  .strictObject({ type: z.enum(SCOPE_TYPES), id: idSchema.nullable().optional() })
  .transform(({ type, id }): AlertScope => ({ type, id: id ?? null }));

/** Fields that people write, each in its own right; `definitionFaults` says what they must be together. */
const fields = {
  name: nameSchema(ALERT_NAME_MAX),
  kind: alertKindSchema,
  /** PromQL; null where the server judges by what it hears itself. */
  expr: z.string().trim().min(1, 'is required').max(EXPRESSION_MAX).nullable(),
  /** `>`: a value above the threshold is bad. */
  comparison: z.enum(COMPARISONS),
  warning: z.number().nullable(),
  /** Value at which a warning ends; null: the threshold itself. */
  warning_clear: z.number().nullable(),
  critical: z.number().nullable(),
  critical_clear: z.number().nullable(),
  unit: nameSchema(32).nullable(),
  /** Seconds of evaluated time for which it must be bad before an alert fires. */
  duration_seconds: z
    .int()
    .min(0)
    .max(7 * DAY_SECONDS),
  /** Seconds of confirmed good data until an alert resolves. */
  clear_after_seconds: z.int().min(0).max(DAY_SECONDS),
  /** Labels that tell the instances of a node apart; null: all but those of the node. */
  instance_labels: z.array(labelSchema).max(16).nullable(),
  no_data: z.enum(NO_DATA_WAYS),
  /** Seconds for which a sample counts as present; null: three intervals of the node, at least 30 s. */
  look_back_seconds: z.int().min(10).max(DAY_SECONDS).nullable(),
  /** Whether an instance must have been seen good before it can be bad. */
  seen_good: z.boolean(),
  /**
   * Seconds in which a node that is new or was moved is not judged, and a series that is new or was away does not fire; null:
   * the product's own for a node, and the ranges that count a birth for both.
   */
  settle_seconds: z.int().min(0).max(DAY_SECONDS).nullable(),
  scope: scopeInputSchema,
  /** Id of the root that it replaces within its scope. */
  overrides: idSchema.nullable(),
  /** Text of the alert, with `{{ $value }}` and `{{ $labels.path }}`; null: one is made of the name and the value. */
  summary: noteSchema.nullable(),
  runbook_url: runbookSchema.nullable(),
  enabled: z.boolean(),
};

/** What a field is that nobody gave. */
export const DEFINITION_DEFAULTS = {
  kind: 'metric',
  expr: null,
  comparison: '>',
  warning: null,
  warning_clear: null,
  critical: null,
  critical_clear: null,
  unit: null,
  duration_seconds: 0,
  clear_after_seconds: 20,
  instance_labels: null,
  no_data: 'hold',
  look_back_seconds: null,
  seen_good: false,
  settle_seconds: null,
  scope: { type: 'global', id: null },
  overrides: null,
  summary: null,
  runbook_url: null,
  enabled: true,
} as const satisfies Partial<AlertDefinition>;

const writtenFields = {
  name: fields.name,
  kind: fields.kind.default(DEFINITION_DEFAULTS.kind),
  expr: fields.expr.default(null),
  comparison: fields.comparison.default(DEFINITION_DEFAULTS.comparison),
  warning: fields.warning.default(null),
  warning_clear: fields.warning_clear.default(null),
  critical: fields.critical.default(null),
  critical_clear: fields.critical_clear.default(null),
  unit: fields.unit.default(null),
  duration_seconds: fields.duration_seconds.default(DEFINITION_DEFAULTS.duration_seconds),
  clear_after_seconds: fields.clear_after_seconds.default(DEFINITION_DEFAULTS.clear_after_seconds),
  instance_labels: fields.instance_labels.default(null),
  no_data: fields.no_data.default(DEFINITION_DEFAULTS.no_data),
  look_back_seconds: fields.look_back_seconds.default(null),
  seen_good: fields.seen_good.default(DEFINITION_DEFAULTS.seen_good),
  settle_seconds: fields.settle_seconds.default(null),
  scope: fields.scope.default({ ...DEFINITION_DEFAULTS.scope }),
  overrides: fields.overrides.default(null),
  summary: fields.summary.default(null),
  runbook_url: fields.runbook_url.default(null),
  enabled: fields.enabled.default(DEFINITION_DEFAULTS.enabled),
};

/** `POST /alert-definitions`. */
export const createAlertDefinitionSchema = z.strictObject(writtenFields);
/** The part of a definition that people write. */
export type WrittenDefinition = z.infer<typeof createAlertDefinitionSchema>;

/** `PATCH /alert-definitions/{id}`: what is absent stays. */
export const updateAlertDefinitionSchema = z.strictObject(fields).partial();
export type UpdateAlertDefinition = z.infer<typeof updateAlertDefinitionSchema>;

export const alertDefinitionSchema = z.object({
  id: idSchema,
  /** Name of its alerts' keys; fixed. */
  slug: z.string(),
  name: z.string(),
  kind: alertKindSchema,
  expr: z.string().nullable(),
  comparison: z.enum(COMPARISONS),
  warning: z.number().nullable(),
  warning_clear: z.number().nullable(),
  critical: z.number().nullable(),
  critical_clear: z.number().nullable(),
  unit: z.string().nullable(),
  duration_seconds: z.int(),
  clear_after_seconds: z.int(),
  instance_labels: z.array(z.string()).nullable(),
  no_data: z.enum(NO_DATA_WAYS),
  look_back_seconds: z.int().nullable(),
  seen_good: z.boolean(),
  settle_seconds: z.int().nullable(),
  scope: alertScopeSchema,
  /** Id of the root that it replaces within its scope; null for a root. */
  overrides: idSchema.nullable(),
  summary: z.string().nullable(),
  runbook_url: z.string().nullable(),
  enabled: z.boolean(),
  /** Name of the site, group or node of the scope. */
  scope_name: z.string().nullable(),
  /** Number of definitions that replace this one in narrower scopes. */
  override_count: z.int(),
  /** Whether it came with the product; it cannot be deleted then. */
  is_shipped: z.boolean(),
  /** Whether a shipped one was edited; to switch it on or off is no edit. */
  is_changed: z.boolean(),
  /** What the metric store has against the expression, and since when: the rule judges nothing; null where it takes it. */
  refusal: z.object({ reason: z.string(), since: timeSchema }).nullable(),
  created_at: timeSchema,
  updated_at: timeSchema,
});
export type AlertDefinition = z.infer<typeof alertDefinitionSchema>;
export const alertDefinitionListSchema = listOf(alertDefinitionSchema);

/** `PUT /alert-definitions/{id}`. */
export const replaceAlertDefinitionSchema = replacementOf(writtenFields, alertDefinitionSchema);

/** `POST /alert-definitions/{id}/clone`: a copy, switched off. Without a name it gets that of the original and a number. */
export const cloneAlertDefinitionSchema = z.strictObject({ name: fields.name.optional() });
export type CloneAlertDefinition = z.infer<typeof cloneAlertDefinitionSchema>;

export const alertDefinitionListQuerySchema = listQuerySchema.extend({
  kind: alertKindSchema.optional(),
  /** Type of the scope. */
  scope: z.enum(SCOPE_TYPES).optional(),
  /** Id of the site, group or node of the scope. */
  scope_id: idSchema.optional(),
  /** Id of a root: the definitions that replace it somewhere. */
  overrides: idSchema.optional(),
  enabled: z.enum(['true', 'false']).optional(),
});
export type AlertDefinitionListQuery = z.infer<typeof alertDefinitionListQuerySchema>;

/**
 * A definition as a file of the product says it: what people write, without scope and owner. Shipped ones judge every
 * node, and are replaced where that is wrong.
 */
export const shippedDefinitionSchema = createAlertDefinitionSchema
  .omit({ scope: true, overrides: true })
  .extend({
    slug: z
      .string()
      .regex(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/, 'must be lower-case words with _ between them')
      .max(64),
  });
export type ShippedDefinition = z.infer<typeof shippedDefinitionSchema>;

/** A fault of one field; `path` names it. */
export interface DefinitionFault {
  path: string;
  message: string;
}

/** The part of a definition of which the rules below speak. */
type JudgedFields = Omit<WrittenDefinition, 'name' | 'enabled' | 'runbook_url'>;

/** Finds what is wrong with the fields of a definition together. Expression and text are judged by the server. */
export function definitionFaults(definition: JudgedFields): DefinitionFault[] {
  return [...sourceFaults(definition), ...thresholdFaults(definition), ...scopeFaults(definition)];
}

function sourceFaults({ kind, expr, no_data, seen_good }: JudgedFields): DefinitionFault[] {
  const needsExpression = (EXPRESSION_KINDS as readonly AlertKind[]).includes(kind);
  if (needsExpression && expr === null) return [{ path: 'expr', message: 'is required for this kind' }];
  if (expr === null) {
    return [
      ...(no_data === 'hold'
        ? []
        : [{ path: 'no_data', message: 'needs an expression; without one it is "hold"' }]),
      ...(seen_good ? [{ path: 'seen_good', message: 'needs an expression' }] : []),
    ];
  }
  return (HEARD_KINDS as readonly AlertKind[]).includes(kind)
    ? [{ path: 'expr', message: `must be empty: the server judges "${kind}" by what it hears itself` }]
    : [];
}

function thresholdFaults(definition: JudgedFields): DefinitionFault[] {
  const { kind, expr, comparison, warning, warning_clear, critical, critical_clear } = definition;
  const faults: DefinitionFault[] = [];
  /** Whether a value is as bad as a threshold, or worse. */
  const reaches = (value: number, threshold: number) =>
    comparison === '>' ? value >= threshold : value <= threshold;
  const isByHearing = expr === null && kind === 'reachability';
  if (warning === null && critical === null && !isByHearing) {
    faults.push({ path: 'critical', message: 'is required where there is no warning' });
  }
  if (expr === null && comparison === '<') {
    faults.push({ path: 'comparison', message: 'must be ">" where the value is a time of silence' });
  }
  const side = comparison === '>' ? 'above' : 'below';
  if (warning !== null && critical !== null && (warning === critical || !reaches(critical, warning))) {
    faults.push({ path: 'critical', message: `must be ${side} the warning, which is ${warning}` });
  }
  for (const [name, threshold, clear] of [
    ['warning', warning, warning_clear],
    ['critical', critical, critical_clear],
  ] as const) {
    if (clear === null) continue;
    if (threshold === null) faults.push({ path: `${name}_clear`, message: `needs a ${name} threshold` });
    else if (!reaches(threshold, clear)) {
      faults.push({
        path: `${name}_clear`,
        message: `must not be ${side} the threshold, which is ${threshold}`,
      });
    }
  }
  return faults.length === 0 ? criticalClearFaults(definition) : faults;
}

/** Finds a critical alert that would stay one at values that are no warning any more. */
function criticalClearFaults({
  comparison,
  warning,
  critical_clear: clear,
}: JudgedFields): DefinitionFault[] {
  if (warning === null || clear === null) return [];
  const isMilder = comparison === '>' ? clear < warning : clear > warning;
  const side = comparison === '>' ? 'below' : 'above';
  return isMilder
    ? [{ path: 'critical_clear', message: `must not be ${side} the warning, which is ${warning}` }]
    : [];
}

/** Finds what is wrong with the id of a scope in itself: all but the global one need one. */
export function scopeIdFaults({ type, id }: AlertScope): DefinitionFault[] {
  if (type === 'global') {
    return id === null ? [] : [{ path: 'scope.id', message: 'must be empty for the scope "global"' }];
  }
  return id === null ? [{ path: 'scope.id', message: 'is required' }] : [];
}

function scopeFaults({ kind, scope, overrides }: JudgedFields): DefinitionFault[] {
  const faults = scopeIdFaults(scope);
  if (scope.type === 'global' && overrides !== null) {
    faults.push({ path: 'scope.type', message: 'must be narrower than that of the definition it replaces' });
  }
  if (kind === 'store' && scope.type !== 'global') {
    faults.push({ path: 'scope.type', message: 'must be "global": there is one metric store' });
  }
  if (kind === 'notification' && scope.type !== 'global') {
    faults.push({ path: 'scope.type', message: 'must be "global": the ways are those of the whole system' });
  }
  if (kind === 'component' && (scope.type === 'group' || scope.type === 'node')) {
    faults.push({ path: 'scope.type', message: 'must be "global" or "site": collectors stand in no group' });
  }
  return faults;
}
