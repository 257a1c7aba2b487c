import { isTest, type SourceFile, type Workspace } from './workspace.ts';

/** Packages that only style sheets import, which are not read here. */
const USED_IN_STYLES: ReadonlySet<string> = new Set(['tailwindcss', '@fontsource-variable/inter']);
/** Packages that another package of their workspace works with, by the workspace. */
const USED_BY_PEERS: Readonly<Record<string, readonly string[]>> = {
  // openapi-typescript prints by the compiler API, which the TypeScript at the root has not (docs/adr/0031).
  e2e: ['typescript'],
  // The parser of @prometheus-io/lezer-promql runs on them.
  'packages/server': ['@lezer/highlight', '@lezer/lr'],
};
/** Workspaces that hold nothing but tests and benches. */
const ALL_TESTS = /^(packages\/testkit|e2e|bench)$/;

/**
 * Lists dependencies that a workspace declares and does not use. A room of ours counts as used when production code
 * imports it (in testkit, e2e and bench all code is); another package when any file of the workspace names it.
 */
export function unusedDependencies(workspaces: readonly Workspace[], files: readonly SourceFile[]): string[] {
  return workspaces.flatMap((workspace) => {
    const own = files.filter(({ path }) => path.startsWith(`${workspace.folder}/`));
    const declared = Object.keys({ ...workspace.dependencies, ...workspace.devDependencies });
    return declared
      .filter(
        (name) =>
          !USED_IN_STYLES.has(name) &&
          !USED_BY_PEERS[workspace.folder]?.includes(name) &&
          !own.some((file) => uses(file, name, workspace.folder)),
      )
      .map((name) => `${workspace.folder}/package.json: ${name} is not used`);
  });
}

function uses({ path, text }: SourceFile, name: string, folder: string): boolean {
  if (name.startsWith('@stratora/') && isTest(path) && !ALL_TESTS.test(folder)) return false;
  const imported = name.replace(/^@types\//, '');
  return new RegExp(`['"]${RegExp.escape(imported)}(?:/[^'"]*)?['"]`).test(text);
}
