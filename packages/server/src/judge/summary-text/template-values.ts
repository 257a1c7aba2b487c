import { sanitizeText } from '@stratora/runtime';
import type { TemplatePart, TextTemplate, Variable } from './text-template.ts';
import { formatValue } from './value-format.ts';

/** Most characters of one value, so that a long one leaves room for the rest. */
export const VALUE_MAX_LENGTH = 120;

/** What a template is filled with. A value that is null, or a label that is not there, cannot be put in. */
export interface TemplateValues {
  numbers: Readonly<Record<string, number | null>>;
  texts: Readonly<Record<string, string | null>>;
  labels: Readonly<Record<string, string>>;
}

/** Puts values into a template; says what is missing where it cannot. */
export function fillTemplate(
  { parts }: TextTemplate,
  values: TemplateValues,
): { ok: true; text: string } | { ok: false; missing: string } {
  const pieces: string[] = [];
  for (const part of parts) {
    const piece = part.kind === 'text' ? part.text : insertText(part, values);
    if (piece === undefined) {
      const missing = part.kind === 'insert' ? missingWords(part.variable) : 'The text cannot be rendered';
      return { ok: false, missing: `${missing}.` };
    }
    pieces.push(piece);
  }
  return { ok: true, text: pieces.join('') };
}

/** Returns what stands in the place of a value; undefined where there is none. */
export function insertText(
  { variable, format, decimals }: Extract<TemplatePart, { kind: 'insert' }>,
  values: TemplateValues,
): string | undefined {
  switch (variable.kind) {
    case 'number': {
      const number = values.numbers[variable.name] ?? null;
      return number === null ? undefined : formatValue(number, format, decimals);
    }
    case 'text':
      return values.texts[variable.name] ?? undefined;
    case 'label': {
      const value = Object.hasOwn(values.labels, variable.label) ? values.labels[variable.label] : undefined;
      return value === undefined ? undefined : shownValue(value);
    }
  }
}

/** Says which value is missing, without a full stop. */
export function missingWords(variable: Variable): string {
  return variable.kind === 'label'
    ? `There is no label \`${variable.label}\``
    : `There is no ${variable.name}`;
}

/** Makes a value that others gave us fit for a text, and cuts it. */
export function shownValue(text: string, maxLength = VALUE_MAX_LENGTH): string {
  const line = plainLine(text, maxLength * 4);
  const characters = Array.from(line);
  return characters.length <= maxLength ? line : `${characters.slice(0, maxLength - 3).join('')}...`;
}

/** Makes plain text of one line, of so many bytes at most. */
export function plainLine(text: string, maxBytes: number): string {
  return sanitizeText(text.replaceAll('\t', ' '), maxBytes);
}
