import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** A file of the bundle, in rolldown's form. */
export interface BundledFile {
  type: 'chunk' | 'asset';
  fileName: string;
  imports?: string[];
  dynamicImports?: string[];
  moduleIds?: string[];
}

/**
 * Lists the chunks that an entry may ever load, itself first.
 * @throws when it imports something that no chunk holds, and that is not part of Node
 */
export function filesOf(output: readonly BundledFile[], entry: string): BundledFile[] {
  const chunks = new Map(
    output.filter(({ type }) => type === 'chunk').map((chunk) => [chunk.fileName, chunk]),
  );
  const found = new Set<BundledFile>();
  const visit = (name: string, from: string) => {
    if (name.startsWith('node:')) return;
    const chunk = chunks.get(name);
    if (!chunk) throw new Error(`${from} needs ${name}, which is not in the bundle`);
    if (found.has(chunk)) return;
    found.add(chunk);
    for (const other of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) visit(other, name);
  };
  visit(entry, 'the build');
  const [first, ...rest] = found;
  return first ? [first, ...rest.toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1))] : [];
}

/** Collects the licences of the packages whose code is in these files, which go wherever the code goes. */
export function bundledLicences(files: readonly BundledFile[]): string {
  const folders = new Set(files.flatMap(({ moduleIds }) => moduleIds ?? []).flatMap(packageFolder));
  const parts = [...folders].toSorted().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      name: string;
      version: string;
      license?: string;
    };
    const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.|$)/i.test(entry));
    const text =
      file === undefined ? `Licence: ${license ?? 'unknown'}` : readFileSync(join(folder, file), 'utf8');
    return `${name} ${version}\n\n${text.trim()}\n`;
  });
  return `Software of others that is part of this program.\n\n${parts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

function packageFolder(moduleId: string): string[] {
  const mark = `${sep}node_modules${sep}`;
  const at = moduleId.lastIndexOf(mark);
  if (at < 0) return [];
  const parts = moduleId.slice(at + mark.length).split(sep);
  const folder =
    moduleId.slice(0, at + mark.length) + parts.slice(0, parts[0]?.startsWith('@') ? 2 : 1).join(sep);
  // Our workspaces are linked there too, and need no licence text.
  return existsSync(join(folder, 'package.json')) && !folder.includes('@stratora') ? [folder] : [];
}
