import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DeviceTemplate } from '@stratora/contract';
import {
  captureSource,
  type Identity,
  identify,
  RuleBook,
  readEvidence,
  readRuleFiles,
  TemplateChooser,
} from '@stratora/identify';
import { findInstallation } from '@stratora/launcher';
import type { FileFault } from '@stratora/runtime';
import { readSnmprec, type SnmprecCapture } from '@stratora/snmp';
import { type LoadedTemplates, loadTemplates, readTemplate, resolveTemplates } from '@stratora/templates';
import { CommandLineError } from './command-line-error.ts';
import { VERSION } from './version.ts';

/** The templates and the rules of identification that lie beside this program. */
export class InstalledTemplates {
  readonly #installation = findInstallation(fileURLToPath(import.meta.url), VERSION);
  #loaded: Promise<LoadedTemplates> | undefined;

  load(): Promise<LoadedTemplates> {
    this.#loaded ??= loadTemplates(this.#installation.templatesDir);
    return this.#loaded;
  }

  /** Tells what a recorded device is. Faults of the rules are said on standard error. */
  async identify(objects: SnmprecCapture['objects']): Promise<Identity> {
    const { book, templates } = await this.loadRulings();
    return identify(await readEvidence(captureSource(objects), book), book, templates);
  }

  /** Reads the rules, and readies the templates to choose from. Faults of the rules are said on standard error. */
  async loadRulings(): Promise<{ readonly book: RuleBook; readonly templates: TemplateChooser }> {
    const { rules, registry, faults } = await readRuleFiles(this.#installation.identificationDir);
    for (const { file, line, message } of faults) process.stderr.write(`${file}:${line ?? 1}: ${message}\n`);
    const { own } = await this.load();
    return { book: new RuleBook(rules, registry), templates: new TemplateChooser([...own.values()]) };
  }

  /** Finds a template with everything it inherits, by its slug or by its file. @throws CommandLineError naming each fault */
  async find(name: string): Promise<DeviceTemplate> {
    const installed = await this.load();
    if (name.endsWith('.toml')) return this.resolve(name, await readFile(name, 'utf8'));
    const template = installed.templates.get(name);
    if (template !== undefined) return template;
    const faults = installed.faults.filter(({ file }) => file === `${name}.toml`);
    throw new CommandLineError(
      faults.length > 0 ? faults.map(faultText).join('\n') : `there is no template "${name}"`,
    );
  }

  /** Reads the text of a template's file, and adds what it inherits. @throws CommandLineError naming each fault */
  async resolve(file: string, text: string): Promise<DeviceTemplate> {
    const read = readTemplate(basename(file), text);
    if ('faults' in read) throw new CommandLineError(read.faults.map(faultText).join('\n'));
    const { slug } = read.value;
    const { own } = await this.load();
    const { templates, faults } = resolveTemplates(new Map([...own, [slug, read.value]]));
    const template = templates.get(slug);
    if (template !== undefined) return template;
    const ofIt = faults.filter((fault) => fault.file === `${slug}.toml`);
    throw new CommandLineError(ofIt.map(faultText).join('\n'));
  }
}

/** Writes a fault as compilers do: file, line, words. */
export function faultText({ file, line, message }: FileFault): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${message}`;
}

/** Reads a recording. What is not understood of it is said on standard error. @throws CommandLineError for none at all */
export async function readRecording(file: string): Promise<SnmprecCapture & { text: string }> {
  const text = await readFile(file, 'utf8');
  const { objects, skipped } = readSnmprec(text);
  if (objects.length === 0) throw new CommandLineError(`${file} has no line of the form OID|tag|value`);
  if (skipped.length > 0)
    process.stderr.write(`${skipped.length} lines are not understood, the first is ${skipped[0]}.\n`);
  return { objects, skipped, text };
}
