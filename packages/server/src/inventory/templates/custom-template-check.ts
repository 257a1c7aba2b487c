import type { DeviceTemplate } from '@stratora/contract';
import { allowedOptions, parseDurationMs } from '@stratora/telegraf';
import {
  type LoadedTemplates,
  matchFaults,
  readTemplateText,
  ruleConflicts,
  type TemplateFault,
  TomlLines,
} from '@stratora/templates';
import { appError } from '../../platform/http/index.ts';
import { addCustomTemplates } from './custom-templates.ts';

/** Options of an input that are spans of time. */
const DURATIONS = new Set(['timeout', 'response_timeout', 'ping_interval', 'deadline']);

/** Reads the text of a template that somebody writes. @throws AppError with the line of each fault */
export function readCustomTemplate(text: string): DeviceTemplate {
  const read = readTemplateText(text);
  if ('faults' in read) throw refused(read.faults);
  return read.value;
}

/** A template that somebody writes, and its text. */
export interface WrittenTemplate {
  readonly template: DeviceTemplate;
  readonly text: string;
}

/**
 * Refuses a template that would take devices of everybody, that a component could not run, or by which others would come
 * to harm.
 *
 * @param files the templates of files in force
 * @param texts those that people wrote, by slug, the old form of this one too
 * @throws AppError with the line of each fault
 */
export function checkCustomTemplate(
  { template, text }: WrittenTemplate,
  files: LoadedTemplates,
  texts: ReadonlyMap<string, string>,
): void {
  const lines = new TomlLines(text);
  const faults = [
    ...matchFaults(template),
    ...optionFaults(template),
    ...conflictFaults(template, files, texts),
  ];
  if (faults.length > 0)
    throw refused(
      faults.map(({ path, message }) => ({ line: lines.lineOf(path), message: `${path}: ${message}` })),
    );
  const before = addCustomTemplates(files, texts);
  const after = addCustomTemplates(files, new Map([...texts, [template.slug, text]]));
  const own = after.faults.filter(({ file }) => file === `${template.slug}.toml`);
  if (own.length > 0) throw refused(own.map(({ message }) => ({ line: lines.lineOf('extends'), message })));
  const broken = [...before.templates.keys()].filter((slug) => !after.templates.has(slug));
  if (broken.length > 0)
    throw refused([{ message: `template ${broken.join(', ')} could not inherit it any more` }]);
}

/** A fault of a text, with its line where that is known. */
interface TextFault {
  readonly line?: number | undefined;
  readonly message: string;
}

/** Builds the refusal of a text: one error for each line, since a field has one. */
function refused(faults: readonly TextFault[]): Error {
  const byLine = [...Map.groupBy(faults, ({ line }) => line)];
  const errors = byLine.map(([line, own]) => {
    const words = [...new Set(own.map(({ message }) => message))].join('; ');
    return line === undefined
      ? { path: 'text', message: words }
      : { path: `text.${line}`, message: `line ${line}: ${words}` };
  });
  return appError('validation_failed', `text: ${errors[0]?.message ?? ''}`, { details: { errors } });
}

function conflictFaults(
  template: DeviceTemplate,
  files: LoadedTemplates,
  texts: ReadonlyMap<string, string>,
): TemplateFault[] {
  const others = [...addCustomTemplates(files, texts).own.values()].filter(
    ({ slug }) => slug !== template.slug,
  );
  return ruleConflicts([...others, template])
    .filter(({ slug }) => slug === template.slug)
    .map(({ rule, message }) => ({ path: `metrics.${rule}.from`, message }));
}

/** Finds options that a component would refuse, and with them its whole config. */
function optionFaults({ inputs }: DeviceTemplate): TemplateFault[] {
  return inputs.flatMap(({ plugin, options }, at) => {
    const allowed = new Set(allowedOptions(plugin));
    return Object.entries(options).flatMap(([name, value]) => {
      const path = `inputs.${at}.options.${name}`;
      if (!allowed.has(name)) return [{ path, message: `is no option that ${plugin} may have here` }];
      const isSpan = !DURATIONS.has(name) || (typeof value === 'string' && isDuration(value));
      return isSpan ? [] : [{ path, message: 'must be a span of time such as "2s"' }];
    });
  });
}

function isDuration(text: string): boolean {
  try {
    return Number.isFinite(parseDurationMs(text));
  } catch {
    return false;
  }
}
