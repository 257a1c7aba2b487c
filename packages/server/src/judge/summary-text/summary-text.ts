import { sanitizeText } from '@stratora/runtime';
import { type TextFault, textFaults } from '../expressions/index.ts';
import { parseTemplate, type SummaryTemplate, type TemplatePart, type Variable } from './summary-template.ts';
import { formatValue } from './value-format.ts';

/** Most bytes of a summary. */
export const SUMMARY_MAX_BYTES = 500;
/** Most characters of one value in it, so that a long one leaves room for the rest. */
const VALUE_MAX_LENGTH = 120;

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

export type ReadSummary =
  | { ok: true; template: SummaryTemplate }
  | { ok: false; faults: readonly TextFault[] };

/**
 * Reads a template as a person saved it and tries it on sample alerts: what none of them can fill is a fault.
 *
 * @param samples alerts as the definition would make them now; none where nothing is there to make them of
 */
export function readSummary(text: string, samples: readonly SummaryValues[]): ReadSummary {
  const parsed = parseTemplate(text);
  if (!parsed.ok || samples.length === 0) return parsed;
  const faults = parsed.template.parts.flatMap((part) => {
    if (part.kind === 'text' || samples.some((values) => insertText(part, values) !== undefined)) return [];
    const { from, to, variable } = part;
    return [{ from, to, message: `${missingWords(variable)}, in none of ${samples.length} sample alerts.` }];
  });
  return faults.length > 0 ? { ok: false, faults: textFaults(text, faults) } : parsed;
}

/** Renders the summary of an alert; the built-in text where there is no template, or where it cannot be rendered. */
export function renderSummary(template: SummaryTemplate | null, values: SummaryValues): SummaryText {
  if (template === null) return { text: builtInSummary(values), failure: null };
  const pieces: string[] = [];
  for (const part of template.parts) {
    const piece = part.kind === 'text' ? part.text : insertText(part, values);
    if (piece === undefined) return fallBack(values, part);
    pieces.push(piece);
  }
  const text = plainLine(pieces.join(''), SUMMARY_MAX_BYTES);
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
  const of = [...(instance === '' ? [] : [shown(instance)]), ...(node === null ? [] : [`on ${shown(node)}`])];
  const what = [shown(name), ...of].join(' ');
  if (value === null) return plainLine(what, SUMMARY_MAX_BYTES);
  const bound = comparison === '>' ? 'above' : 'below';
  const limit = threshold === null ? '' : ` (${bound} ${withUnit(threshold, unit)})`;
  return plainLine(`${what}: ${withUnit(value, unit)}${limit}`, SUMMARY_MAX_BYTES);
}

function fallBack(values: SummaryValues, part: TemplatePart): SummaryText {
  const failure = part.kind === 'insert' ? `${missingWords(part.variable)}.` : 'The text cannot be rendered.';
  return { text: builtInSummary(values), failure };
}

function missingWords(variable: Variable): string {
  switch (variable.kind) {
    case 'label':
      return `There is no label \`${variable.label}\``;
    case 'instance':
      return 'There is no instance';
    case 'node':
      return 'There is no node';
    case 'value':
      return 'There is no value';
    case 'threshold':
      return 'There is no threshold';
  }
}

function insertText(
  { variable, format, decimals }: Extract<TemplatePart, { kind: 'insert' }>,
  values: SummaryValues,
): string | undefined {
  switch (variable.kind) {
    case 'value':
    case 'threshold': {
      const number = values[variable.kind];
      return number === null ? undefined : formatValue(number, format, decimals);
    }
    case 'node':
      return values.node === null ? undefined : shown(values.node);
    case 'instance':
      return values.instance === '' ? undefined : shown(values.instance);
    case 'label': {
      const value = Object.hasOwn(values.labels, variable.label) ? values.labels[variable.label] : undefined;
      return value === undefined ? undefined : shown(value);
    }
  }
}

function withUnit(value: number, unit: string | null): string {
  if (unit === null || unit === '') return formatValue(value, undefined);
  if (unit === '%' || unit === 'percent') return formatValue(value, 'percent');
  if (unit === 'bytes') return formatValue(value, 'bytes');
  if (unit === 'seconds' || unit === 's') return formatValue(value, 'duration');
  return `${formatValue(value, undefined)} ${shown(unit)}`;
}

/** Makes a value that others gave us fit for a text, and cuts it. */
function shown(text: string): string {
  const line = plainLine(text, VALUE_MAX_LENGTH * 4);
  const characters = Array.from(line);
  return characters.length <= VALUE_MAX_LENGTH
    ? line
    : `${characters.slice(0, VALUE_MAX_LENGTH - 3).join('')}...`;
}

function plainLine(text: string, maxBytes: number): string {
  return sanitizeText(text.replaceAll('\t', ' '), maxBytes);
}
