import { type TextFault, textFaults } from '../expressions/index.ts';
import {
  fillTemplate,
  insertText,
  missingWords,
  plainLine,
  shownValue,
  type TemplateValues,
} from './template-values.ts';
import { parseTemplate, type TemplateKind, type TextTemplate } from './text-template.ts';
import { formatValue } from './value-format.ts';

/** Most bytes of a summary. */
export const SUMMARY_MAX_BYTES = 500;

const SUMMARY: TemplateKind = {
  noun: 'summary',
  maxLength: 2_000,
  numbers: ['value', 'threshold'],
  texts: ['node', 'instance'],
};

/** What an alert gives its summary. */
export interface SummaryValues {
  /** Name of the definition. */
  name: string;
  /** Name of the node; null where the alert has none. */
  node: string | null;
  /** Empty where the definition has no instances. */
  instance: string;
  labels: Readonly<Record<string, string>>;
  value: number | null;
  /** The threshold that was crossed; null for a definition without. */
  threshold: number | null;
  comparison: '>' | '<';
  unit: string | null;
}

/** A summary, plain text on one line. It still must be encoded where it is shown. */
export interface SummaryText {
  text: string;
  /** The reason why it is the built-in text and not the template's; null where it is as meant. */
  failure: string | null;
}

export type ReadSummary = { ok: true; template: TextTemplate } | { ok: false; faults: readonly TextFault[] };

/**
 * Reads a template as a person saved it and tries it on sample alerts: what none of them can fill is a fault.
 *
 * @param samples alerts as the definition would make them now; none where nothing is there to make them of
 */
export function readSummary(text: string, samples: readonly SummaryValues[]): ReadSummary {
  const parsed = parseTemplate(text, SUMMARY);
  if (!parsed.ok || samples.length === 0) return parsed;
  const tried = samples.map(valuesOf);
  const faults = parsed.template.parts.flatMap((part) => {
    if (part.kind === 'text' || tried.some((values) => insertText(part, values) !== undefined)) return [];
    const { from, to, variable } = part;
    return [{ from, to, message: `${missingWords(variable)}, in none of ${samples.length} sample alerts.` }];
  });
  return faults.length > 0 ? { ok: false, faults: textFaults(text, faults) } : parsed;
}

/** Renders the summary of an alert; the built-in text where there is no template, or where it cannot be rendered. */
export function renderSummary(template: TextTemplate | null, values: SummaryValues): SummaryText {
  if (template === null) return { text: builtInSummary(values), failure: null };
  const filled = fillTemplate(template, valuesOf(values));
  if (!filled.ok) return { text: builtInSummary(values), failure: filled.missing };
  const text = plainLine(filled.text, SUMMARY_MAX_BYTES);
  return text === ''
    ? { text: builtInSummary(values), failure: 'The text is empty.' }
    : { text, failure: null };
}

/** Writes the summary of an alert whose definition has no text of its own. */
export function builtInSummary({
  name,
  node,
  instance,
  value,
  threshold,
  comparison,
  unit,
}: SummaryValues): string {
  const of = [
    ...(instance === '' ? [] : [shownValue(instance)]),
    ...(node === null ? [] : [`on ${shownValue(node)}`]),
  ];
  const what = [shownValue(name), ...of].join(' ');
  if (value === null) return plainLine(`${what}: no data`, SUMMARY_MAX_BYTES);
  const bound = comparison === '>' ? 'above' : 'below';
  const limit = threshold === null ? '' : ` (${bound} ${withUnit(threshold, unit)})`;
  return plainLine(`${what}: ${withUnit(value, unit)}${limit}`, SUMMARY_MAX_BYTES);
}

/** Returns the values of a summary as its template names them. */
function valuesOf({ value, threshold, node, instance, labels }: SummaryValues): TemplateValues {
  return {
    numbers: { value, threshold },
    texts: {
      node: node === null ? null : shownValue(node),
      instance: instance === '' ? null : shownValue(instance),
    },
    labels,
  };
}

/** Writes a number with its unit, as people read it. */
export function withUnit(value: number, unit: string | null): string {
  if (unit === null || unit === '') return formatValue(value, undefined);
  if (unit === '%' || unit === 'percent') return formatValue(value, 'percent');
  if (unit === 'bytes') return formatValue(value, 'bytes');
  if (unit === 'seconds' || unit === 's') return formatValue(value, 'duration');
  return `${formatValue(value, undefined)} ${shownValue(unit)}`;
}
