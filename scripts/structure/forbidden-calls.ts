import { isTest, type SourceFile } from './workspace.ts';

/** Calls that are made in one place only, with what to call instead. */
const RULES: readonly { where: RegExp; call: RegExp; only: readonly string[]; advice: string }[] = [
  {
    where: /^web\/src\//,
    call: /\bDate\.now\(|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\.timeOrigin\b/,
    only: ['web/src/ui/state/clock.ts'],
    advice: "the browser's clock may be wrong: use useNow or serverNow of ui/state/clock.ts",
  },
  {
    where: /^(packages|services)\//,
    call: /\bmkdir(Sync)?\([^;]*?\brecursive: true/,
    only: [],
    advice: 'a recursive mkdir may never return: use makeDirectory of the runtime',
  },
];

/** Finds calls that a rule keeps to one place; tests may make them. */
export function callFaults(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => !isTest(path) && !path.startsWith('packages/testkit/'))
    .flatMap(({ path, text }) =>
      RULES.filter(
        ({ where, call, only }) => where.test(path) && !only.includes(path) && call.test(text),
      ).map(({ advice }) => `${path}: ${advice}`),
    );
}
