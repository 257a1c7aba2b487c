import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage } from '@stratora/runtime';
import { parse } from 'smol-toml';
import type { z } from 'zod';
import { EnterpriseRegistry, registryFaults } from './enterprise-registry.ts';
import { lineOfPath } from './rule-line.ts';
import { type RuleFile, ruleFileSchema } from './rule-schema.ts';

/** A fault of a file of rules. */
export interface RuleFault {
  readonly file: string;
  /** Line of the text, from 1, where it is known. */
  readonly line: number | undefined;
  readonly message: string;
}

export interface LoadedRules {
  /** The rules of all files, in the order of their names. */
  readonly rules: RuleFile;
  /** Names of the holders of enterprise numbers that no vendor of the rules has. */
  readonly registry: EnterpriseRegistry;
  readonly faults: readonly RuleFault[];
}

/** File of the table of enterprise numbers, beside the rules. */
const REGISTRY_FILE = 'enterprises.txt';

/** A file of rules with its name. */
interface NamedRules {
  readonly file: string;
  readonly text: string;
  readonly rules: RuleFile;
}

/**
 * Reads every `*.toml` of a folder, and its table of enterprise numbers. A file with a fault is left out and named, the others load; so is what one file says
 * that another has said already.
 *
 * @throws when the folder cannot be read
 */
export async function readRuleFiles(folder: string): Promise<LoadedRules> {
  const files: NamedRules[] = [];
  const faults: RuleFault[] = [];
  const names = await readdir(folder);
  for (const file of names.filter((name) => name.endsWith('.toml')).sort()) {
    const text = await readFile(join(folder, file), 'utf8');
    const found = readRules(file, text);
    if ('faults' in found) faults.push(...found.faults);
    else files.push({ file, text, rules: found.rules });
  }
  const merged = mergeRules(files);
  const table = names.includes(REGISTRY_FILE) ? await readFile(join(folder, REGISTRY_FILE), 'utf8') : '';
  const ofTable = registryFaults(table === '' ? '1 Nobody' : table).map((fault) => ({
    file: REGISTRY_FILE,
    ...fault,
  }));
  const registry = new EnterpriseRegistry(ofTable.length > 0 ? '' : table);
  return { rules: merged.rules, registry, faults: [...faults, ...merged.faults, ...ofTable] };
}

/** Reads the text of one file. Each fault names its line. */
export function readRules(file: string, text: string): { rules: RuleFile } | { faults: RuleFault[] } {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    const { line } = error as { line?: number };
    return { faults: [{ file, line, message: errorMessage(error) }] };
  }
  const parsed = ruleFileSchema.safeParse(value);
  if (parsed.success) return { rules: parsed.data };
  return { faults: parsed.error.issues.map((issue) => faultOf(file, text, issue)) };
}

function faultOf(file: string, text: string, issue: z.core.$ZodIssue): RuleFault {
  const path = issue.path.filter((part) => typeof part !== 'symbol');
  return { file, line: lineOfPath(text, path), message: `${path.join('.')}: ${issue.message}` };
}

/** Puts the rules of files together, and checks what no file shows alone. */
function mergeRules(files: readonly NamedRules[]): Pick<LoadedRules, 'rules' | 'faults'> {
  const faults: RuleFault[] = [];
  const vendors = new Map<string, RuleFile['vendors'][number]>();
  const families = new Map<string, RuleFile['families'][number]>();
  const note = (named: NamedRules, path: (string | number)[], message: string) =>
    faults.push({
      file: named.file,
      line: lineOfPath(named.text, path),
      message: `${path.join('.')}: ${message}`,
    });
  for (const named of files) {
    for (const [at, vendor] of named.rules.vendors.entries()) {
      if (vendors.has(vendor.name)) note(named, ['vendors', at, 'name'], `"${vendor.name}" is there already`);
      else vendors.set(vendor.name, vendor);
    }
  }
  for (const named of files) {
    for (const [at, family] of named.rules.families.entries()) {
      if (families.has(family.id)) note(named, ['families', at, 'id'], `"${family.id}" is there already`);
      else if (!vendors.has(family.vendor))
        note(named, ['families', at, 'vendor'], `there is no vendor "${family.vendor}"`);
      else families.set(family.id, family);
    }
  }
  const kinds = files.flatMap(({ rules }) => rules.kinds);
  return { rules: { vendors: [...vendors.values()], families: [...families.values()], kinds }, faults };
}
