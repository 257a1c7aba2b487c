import type {
  AlertDefinition,
  AlertKind,
  Comparison,
  ScopeType,
  WrittenDefinition,
} from '@stratora/contract';

/** The fields of the form. Numbers are text, as people type them; empty is none. */
export interface DefinitionFormValues {
  readonly name: string;
  readonly kind: AlertKind;
  readonly expr: string;
  readonly comparison: Comparison;
  readonly warning: string;
  readonly warning_clear: string;
  readonly critical: string;
  readonly critical_clear: string;
  readonly unit: string;
  readonly duration_seconds: string;
  readonly clear_after_seconds: string;
  /** What has an alert of its own: each series, the node as a whole, or each value of some labels. */
  readonly instances: 'series' | 'node' | 'labels';
  readonly instance_labels: string;
  readonly no_data: WrittenDefinition['no_data'];
  readonly look_back_seconds: string;
  readonly seen_good: boolean;
  readonly settle_seconds: string;
  readonly scope: { readonly type: ScopeType; readonly id: string };
  readonly summary: string;
  readonly runbook_url: string;
  readonly enabled: boolean;
}

const numberText = (value: number | null | undefined) =>
  value === null || value === undefined ? '' : String(value);

function instancesOf(labels: readonly string[] | null): DefinitionFormValues['instances'] {
  if (labels === null) return 'series';
  return labels.length === 0 ? 'node' : 'labels';
}

/** The start of the form: a definition as it is, or a new one. */
export function toDefinitionForm(definition: AlertDefinition | undefined): DefinitionFormValues {
  return {
    name: definition?.name ?? '',
    kind: definition?.kind ?? 'metric',
    expr: definition?.expr ?? '',
    comparison: definition?.comparison ?? '>',
    warning: numberText(definition?.warning),
    warning_clear: numberText(definition?.warning_clear),
    critical: numberText(definition?.critical),
    critical_clear: numberText(definition?.critical_clear),
    unit: definition?.unit ?? '',
    duration_seconds: numberText(definition?.duration_seconds ?? 300),
    clear_after_seconds: numberText(definition?.clear_after_seconds ?? 20),
    instances: instancesOf(definition?.instance_labels ?? null),
    instance_labels: definition?.instance_labels?.join(', ') ?? '',
    no_data: definition?.no_data ?? 'hold',
    look_back_seconds: numberText(definition?.look_back_seconds),
    seen_good: definition?.seen_good ?? false,
    settle_seconds: numberText(definition?.settle_seconds),
    scope: { type: definition?.scope.type ?? 'global', id: definition?.scope.id ?? '' },
    summary: definition?.summary ?? '',
    runbook_url: definition?.runbook_url ?? '',
    enabled: definition?.enabled ?? true,
  };
}

/** The place for which a definition is replaced. */
export interface Place {
  readonly type: Exclude<ScopeType, 'global'>;
  readonly id: string;
  readonly name: string;
}

/** The most characters of a name, as the server takes it. */
const NAME_MAX = 100;

/** Names a definition that replaces another in a place: "CPU (Oslo)". */
export function overrideName(root: string, place: string): string {
  const end = ` (${place})`;
  return end.length > NAME_MAX / 2 ? root : root.slice(0, NAME_MAX - end.length) + end;
}

/** The start of a form that replaces a definition in a narrower place: the same, to be changed. */
export function toOverrideForm(root: AlertDefinition, place: Place | undefined): DefinitionFormValues {
  return {
    ...toDefinitionForm(root),
    name: place === undefined ? '' : overrideName(root.name, place.name),
    scope: place === undefined ? { type: 'site', id: '' } : { type: place.type, id: place.id },
    enabled: true,
  };
}

/** A number as it is typed; null where nothing is. */
function numberOf(text: string): number | null {
  const folded = text.trim().replace(',', '.');
  return folded === '' ? null : Number(folded);
}

/** Whether a text is a number, or nothing. */
export function isNumberText(text: string): boolean {
  return text.trim() === '' || Number.isFinite(numberOf(text));
}

/** The body to send. @param overrides id of the definition that it replaces */
export function toDefinitionBody(values: DefinitionFormValues, overrides: string | null): WrittenDefinition {
  const text = (value: string) => (value.trim() === '' ? null : value.trim());
  return {
    name: values.name.trim(),
    kind: values.kind,
    expr: text(values.expr),
    comparison: values.comparison,
    warning: numberOf(values.warning),
    warning_clear: numberOf(values.warning_clear),
    critical: numberOf(values.critical),
    critical_clear: numberOf(values.critical_clear),
    unit: text(values.unit),
    duration_seconds: numberOf(values.duration_seconds) ?? 0,
    clear_after_seconds: numberOf(values.clear_after_seconds) ?? 0,
    instance_labels: labelsOf(values),
    no_data: values.no_data,
    look_back_seconds: numberOf(values.look_back_seconds),
    seen_good: values.seen_good,
    settle_seconds: numberOf(values.settle_seconds),
    scope: { type: values.scope.type, id: values.scope.type === 'global' ? null : text(values.scope.id) },
    overrides,
    summary: text(values.summary),
    runbook_url: text(values.runbook_url),
    enabled: values.enabled,
  };
}

function labelsOf({ instances, instance_labels: labels }: DefinitionFormValues): string[] | null {
  if (instances === 'series') return null;
  return instances === 'node' ? [] : labels.split(/[\s,]+/).filter((label) => label !== '');
}
