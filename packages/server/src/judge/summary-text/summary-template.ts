import { type PlacedMessage, type TextFault, textFaults } from '../expressions/index.ts';
import { MOST_DECIMALS, VALUE_FORMATS, type ValueFormat } from './value-format.ts';

/** Most characters of a template. */
const TEMPLATE_MAX_LENGTH = 2_000;

/** What a template may name. */
export type Variable =
  | { kind: 'value' | 'threshold' | 'node' | 'instance' }
  | { kind: 'label'; label: string };

/** A piece of a template: text as it stands, or a value. */
export type TemplatePart =
  | { kind: 'text'; text: string }
  | {
      kind: 'insert';
      variable: Variable;
      format: ValueFormat | undefined;
      decimals: number;
      from: number;
      to: number;
    };

/** A template that was read. It has no logic: text with values put in. */
export interface SummaryTemplate {
  readonly parts: readonly TemplatePart[];
}

export type ParsedTemplate =
  | { ok: true; template: SummaryTemplate }
  | { ok: false; faults: readonly TextFault[] };

const FORMATS = Object.keys(VALUE_FORMATS) as ValueFormat[];
const FORMAT_LIST = FORMATS.map((name) => `\`${name}\``).join(', ');
const VARIABLE_LIST = '`$value`, `$threshold`, `$node`, `$instance` and `$labels.NAME`';

/** Parses a template, or says all that is wrong with it. */
export function parseTemplate(text: string): ParsedTemplate {
  const faults: PlacedMessage[] = [];
  if (text.length > TEMPLATE_MAX_LENGTH) {
    const message = `A summary has ${TEMPLATE_MAX_LENGTH} characters at most; this has ${text.length}.`;
    return { ok: false, faults: textFaults(text, [{ from: TEMPLATE_MAX_LENGTH, to: text.length, message }]) };
  }
  if (text.trim() === '') faults.push({ from: 0, to: text.length, message: 'The summary is empty.' });
  const parts: TemplatePart[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{{', at);
    const plain = text.slice(at, open < 0 ? text.length : open);
    const stray = plain.indexOf('}}');
    if (stray >= 0) faults.push({ from: at + stray, to: at + stray + 2, message: '`}}` closes nothing.' });
    if (plain !== '') parts.push({ kind: 'text', text: plain });
    if (open < 0) break;
    const close = text.indexOf('}}', open);
    if (close < 0) {
      faults.push({ from: open, to: text.length, message: '`{{` is not closed by `}}`.' });
      break;
    }
    const insert = parseInsert(text.slice(open + 2, close));
    if (typeof insert === 'string') faults.push({ from: open, to: close + 2, message: insert });
    else parts.push({ ...insert, from: open, to: close + 2 });
    at = close + 2;
  }
  return faults.length > 0
    ? { ok: false, faults: textFaults(text, faults) }
    : { ok: true, template: { parts } };
}

type Insert = Omit<Extract<TemplatePart, { kind: 'insert' }>, 'from' | 'to'>;

/** Parses what stands between the braces. @returns what is wrong, where something is */
function parseInsert(source: string): Insert | string {
  const [name = '', format, ...more] = source.split('|').map((piece) => piece.trim());
  if (name === '') return `Name a value: ${VARIABLE_LIST}.`;
  const variable = parseVariable(name);
  if (variable === undefined) {
    return `\`${name.slice(0, 60)}\` is no value. There are ${VARIABLE_LIST}; a summary has no logic.`;
  }
  const plain = { kind: 'insert', variable, format: undefined, decimals: 0 } as const;
  if (format === undefined) return plain;
  if (more.length > 0) return 'A value has one format.';
  const [, word = '', digits] = /^(\S*)(?:\s+(\d{1,9}))?$/.exec(format) ?? [];
  const known = FORMATS.find((candidate) => candidate === word);
  if (known === undefined) return `\`${format.slice(0, 60)}\` is no format. There are ${FORMAT_LIST}.`;
  if (variable.kind !== 'value' && variable.kind !== 'threshold') {
    return `\`${known}\` is for numbers: \`$value\` and \`$threshold\`.`;
  }
  if (digits !== undefined && (known !== 'round' || Number(digits) > MOST_DECIMALS)) {
    return `Only \`round\` takes a number: decimals, 0 to ${MOST_DECIMALS}.`;
  }
  return { ...plain, format: known, decimals: Number(digits ?? 0) };
}

function parseVariable(name: string): Variable | undefined {
  const [, label] = /^\$labels\.([a-zA-Z_][a-zA-Z0-9_]*)$/.exec(name) ?? [];
  if (label !== undefined) return { kind: 'label', label };
  const kinds = ['value', 'threshold', 'node', 'instance'] as const;
  const kind = kinds.find((candidate) => name === `$${candidate}`);
  return kind === undefined ? undefined : { kind };
}
