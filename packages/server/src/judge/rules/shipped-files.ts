import {
  DEFINITION_DEFAULTS,
  definitionFaults,
  type ShippedDefinition,
  shippedDefinitionSchema,
} from '@stratora/contract';
import { type FileFault, parseToml, type ReadFile, readTomlFiles } from '@stratora/runtime';
import { fieldFaults, plainWords } from '../../platform/http/index.ts';
import { definitionTextFaults } from './definition-text.ts';

export interface ShippedFiles {
  /** By slug, in the order of the slugs. */
  definitions: ReadonlyMap<string, ShippedDefinition>;
  faults: readonly FileFault[];
}

/** Reads every `*.toml` of a folder. A file with a fault is left out and named; the others load. */
export async function readShippedFiles(folder: string): Promise<ShippedFiles> {
  const { values, faults } = await readTomlFiles(folder, readShippedDefinition);
  return { definitions: new Map(values.map((definition) => [definition.slug, definition])), faults };
}

/** Reads one file. Each fault names its line. */
export function readShippedDefinition(file: string, text: string): ReadFile<ShippedDefinition> {
  const toml = parseToml(file, text);
  if ('faults' in toml) return toml;
  const parsed = shippedDefinitionSchema.safeParse(toml.value, { error: plainWords });
  if (!parsed.success) return { faults: placedFaults(file, text, fieldFaults(parsed.error)) };
  const definition = parsed.data;
  const { scope, overrides } = DEFINITION_DEFAULTS;
  const faults = [
    ...(`${definition.slug}.toml` === file
      ? []
      : [{ path: 'slug', message: `is "${definition.slug}", so the file must be ${definition.slug}.toml` }]),
    ...definitionFaults({ ...definition, scope, overrides }),
    ...definitionTextFaults(definition),
  ];
  return faults.length > 0 ? { faults: placedFaults(file, text, faults) } : { value: definition };
}

/** A fault of a key, and for a fault inside of its text the line of that. */
interface KeyFault {
  path: string;
  message: string;
  line?: number;
}

function placedFaults(file: string, text: string, faults: readonly KeyFault[]): FileFault[] {
  return faults.map(({ path, message, line: lineOfValue }) => {
    const line = lineOf(text, path, lineOfValue ?? 1);
    return { file, ...(line === undefined ? {} : { line }), message: `${path}: ${message}` };
  });
}

/** Finds the line of the value of a key; a value of several lines begins below its opening quotes. */
function lineOf(text: string, path: string, lineOfValue: number): number | undefined {
  const key = path.split('.')[0] ?? '';
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.trimStart().startsWith(key) && /^\s*=/.test(afterKey(line, key)));
  if (at < 0) return undefined;
  const isBelow = /^\s*=\s*("""|''')\s*$/.test(afterKey(lines[at] ?? '', key));
  return at + lineOfValue + (isBelow ? 1 : 0);
}

function afterKey(line: string, key: string): string {
  return line.trimStart().slice(key.length);
}
