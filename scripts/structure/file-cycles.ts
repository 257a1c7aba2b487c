import { relativeImports } from './relative-imports.ts';
import type { SourceFile } from './workspace.ts';

/**
 * Finds circles of files that import each other, imports of types included: such files are one thing in several pieces,
 * and none of them can be read, moved or tested without the others. One line per circle.
 */
export function fileCycles(files: readonly SourceFile[]): string[] {
  const known = new Set(files.map(({ path }) => path));
  const edges = new Map(
    files.map((file) => [file.path, relativeImports(file).filter((path) => known.has(path))] as const),
  );
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) cycles.push(`circle of files: ${[...trail.slice(at), path].join(' -> ')}`);
    if (at >= 0 || done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return cycles;
}
