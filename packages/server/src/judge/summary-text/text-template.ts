import { type PlacedMessage, type TextFault, textFaults } from '../expressions/index.ts';
import { MOST_DECIMALS, VALUE_FORMATS, type ValueFormat } from './value-format.ts';

/** What the templates of a kind are, and may name. */
export interface TemplateKind {
  /** The word for such a text in its faults. */
  readonly noun: string;
  /** Most characters of one. */
  readonly maxLength: number;
  /** Names of values that are numbers, without the `$`. */
  readonly numbers: readonly string[];
  /** Names of values that are texts. */
  readonly texts: readonly string[];
}

/** What a template may name. */
export type Variable = { kind: 'number' | 'text'; name: string } | { kind: 'label'; label: string };

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
export interface TextTemplate {
  readonly parts: readonly TemplatePart[];
}

export type ParsedTemplate =
  | { ok: true; template: TextTemplate }
  | { ok: false; faults: readonly TextFault[] };

const FORMATS = Object.keys(VALUE_FORMATS) as ValueFormat[];
const FORMAT_LIST = FORMATS.map((name) => `\`${name}\``).join(', ');

/** Parses a template, or says all that is wrong with it. */
export function parseTemplate(text: string, kind: TemplateKind): ParsedTemplate {
  const { noun, maxLength } = kind;
  const faults: PlacedMessage[] = [];
  if (text.length > maxLength) {
    const message = `A ${noun} has ${maxLength} characters at most; this has ${text.length}.`;
    return { ok: false, faults: textFaults(text, [{ from: maxLength, to: text.length, message }]) };
  }
  if (text.trim() === '') faults.push({ from: 0, to: text.length, message: `The ${noun} is empty.` });
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
    const insert = parseInsert(text.slice(open + 2, close), kind);
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
function parseInsert(source: string, kind: TemplateKind): Insert | string {
  const [name = '', format, ...more] = source.split('|').map((piece) => piece.trim());
  if (name === '') return `Name a value: ${namesOf(kind)}.`;
  const variable = parseVariable(name, kind);
  if (variable === undefined) {
    return `\`${name.slice(0, 60)}\` is no value. There are ${namesOf(kind)}; a ${kind.noun} has no logic.`;
  }
  const plain = { kind: 'insert', variable, format: undefined, decimals: 0 } as const;
  if (format === undefined) return plain;
  if (more.length > 0) return 'A value has one format.';
  const [, word = '', digits] = /^(\S*)(?:\s+(\d{1,9}))?$/.exec(format) ?? [];
  const known = FORMATS.find((candidate) => candidate === word);
  if (known === undefined) return `\`${format.slice(0, 60)}\` is no format. There are ${FORMAT_LIST}.`;
  if (variable.kind !== 'number') {
    return `\`${known}\` is for numbers: ${listed(kind.numbers.map(asWritten))}.`;
  }
  if (digits !== undefined && (known !== 'round' || Number(digits) > MOST_DECIMALS)) {
    return `Only \`round\` takes a number: decimals, 0 to ${MOST_DECIMALS}.`;
  }
  return { ...plain, format: known, decimals: Number(digits ?? 0) };
}

function parseVariable(name: string, { numbers, texts }: TemplateKind): Variable | undefined {
  const [, label] = /^\$labels\.([a-zA-Z_][a-zA-Z0-9_]*)$/.exec(name) ?? [];
  if (label !== undefined) return { kind: 'label', label };
  const number = numbers.find((candidate) => name === `$${candidate}`);
  if (number !== undefined) return { kind: 'number', name: number };
  const text = texts.find((candidate) => name === `$${candidate}`);
  return text === undefined ? undefined : { kind: 'text', name: text };
}

function namesOf({ numbers, texts }: TemplateKind): string {
  return listed([...[...numbers, ...texts].map(asWritten), '`$labels.NAME`']);
}

function asWritten(name: string): string {
  return `\`$${name}\``;
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
