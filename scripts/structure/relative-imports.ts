import { posix } from 'node:path';
import type { SourceFile } from './workspace.ts';

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^;'"]*?\bfrom\s*['"](\.[^'"]+)['"]|\bimport\(\s*['"](\.[^'"]+)['"]\s*\)|(?:^|\n)\s*import\s*['"](\.[^'"]+)['"]/g;

/** Lists the files that a file imports by a relative path, as paths from the root; imports of types too. */
export function relativeImports({ path, text }: SourceFile): string[] {
  return [...text.matchAll(IMPORT)].map((match) =>
    posix.join(posix.dirname(path), match[1] ?? match[2] ?? match[3] ?? ''),
  );
}
