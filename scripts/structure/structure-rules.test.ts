import { describe, expect, it } from 'vitest';
import { findFaults } from './structure-rules.ts';
import type { SourceFile, Workspace } from './workspace.ts';

function workspace(room: string, ...dependencies: string[]): Workspace {
  return {
    folder: `packages/${room}`,
    name: `@stratora/${room}`,
    dependencies: Object.fromEntries(dependencies.map((name) => [`@stratora/${name}`, '0.1.0'])),
    devDependencies: {},
  };
}

function faultsOf(path: string, text: string, ...dependencies: string[]): string[] {
  const room = path.split('/')[1] ?? '';
  const file: SourceFile = { path, text };
  return findFaults([workspace(room, ...dependencies)], [file]);
}

describe('findFaults', () => {
  it('accepts an import that the table and the package file allow', () => {
    expect(
      faultsOf('packages/server/src/platform/db/a.ts', "import { x } from '@stratora/runtime';", 'runtime'),
    ).toEqual([]);
  });

  it('refuses an import that the table forbids, static, re-exported and dynamic', () => {
    for (const text of [
      "import { x } from '@stratora/server';",
      "import type {\n  x,\n} from '@stratora/server';",
      "export * from '@stratora/server';",
      "const x = await import('@stratora/server');",
    ]) {
      expect(faultsOf('packages/component/src/a.ts', text)).toEqual([
        'packages/component/src/a.ts: component must not import server',
      ]);
    }
  });

  it('refuses a dependency that the table forbids', () => {
    expect(findFaults([workspace('web', 'server')], [])).toEqual([
      'packages/web/package.json: web must not depend on server',
    ]);
  });

  it('refuses an import that the package file does not list', () => {
    expect(
      faultsOf('packages/server/src/platform/db/a.ts', "import { x } from '@stratora/runtime';"),
    ).toEqual(['packages/server/src/platform/db/a.ts: runtime is not in packages/server/package.json']);
  });

  it("refuses a room's inner files", () => {
    const faults = faultsOf(
      'packages/server/src/platform/db/a.ts',
      "import { x } from '@stratora/runtime/src/a.ts';",
      'runtime',
    );
    expect(faults[0]).toContain("only a room's index");
  });

  it('lets words of the wire be imported apart, and schemas not be loaded by a component', () => {
    const faults = (text: string) => faultsOf('packages/component/src/a.ts', text, 'contract');
    expect(faults("import { API_KEY_HEADER } from '@stratora/contract/wire';")).toEqual([]);
    expect(faults("import type { Node } from '@stratora/contract';")).toEqual([]);
    expect(faults("import { nodeSchema } from '@stratora/contract';")).toEqual([
      'packages/component/src/a.ts: loads the schemas of contract: import types, or words from contract/wire',
    ]);
  });

  it('keeps testkit to tests', () => {
    const text = "import { x } from '@stratora/testkit';";
    expect(faultsOf('packages/server/src/platform/db/a.test.ts', text)).toEqual([]);
    expect(faultsOf('packages/server/src/platform/db/a.ts', text)).toEqual([
      'packages/server/src/platform/db/a.ts: testkit is for tests and benches',
    ]);
  });

  it('finds a cycle', () => {
    const faults = findFaults([workspace('testkit', 'bench'), workspace('bench', 'testkit')], []);
    expect(faults).toEqual(['cycle between rooms: testkit -> bench -> testkit']);
  });

  it('keeps processes, outbound calls and the environment to their one place', () => {
    const spawn = "import { spawn } from 'node:child_process';";
    expect(faultsOf('packages/runtime/src/process-run.ts', spawn)).toEqual([]);
    expect(faultsOf('packages/launcher/src/a.ts', spawn)[0]).toContain('starts processes');
    for (const call of [
      "await fetch('http://x')",
      'http.request({})',
      "import { request } from 'node:https';",
    ]) {
      expect(faultsOf('packages/server/src/platform/db/a.ts', call)[0]).toContain('calls out by HTTP');
    }
    expect(faultsOf('packages/server/src/platform/db/a.ts', 'const x = this.fetch(1); refetch();')).toEqual(
      [],
    );
    expect(faultsOf('packages/server/src/platform/db/a.ts', "process.env['X']")[0]).toContain('process.env');
  });

  it.each(['Deps', 'AppDeps', 'Dependencies', 'AppDependencies'])(
    'refuses a type that is called %s',
    (name) => {
      for (const text of [
        `export interface ${name} {}`,
        `interface ${name} extends Other {}`,
        `interface ${name}<T> {}`,
        `type ${name} = { db: Database };`,
        `export type ${name}<T> = Pick<T, 'db'>;`,
      ]) {
        for (const path of [
          'packages/server/src/platform/db/a.ts',
          'packages/server/src/platform/db/a.test.ts',
        ])
          expect(faultsOf(path, text)).toEqual([
            `${path}: ${name}: what a constructor takes is called <Name>Options`,
          ]);
      }
    },
  );

  it('lets options, and other names with such a word, be', () => {
    for (const text of [
      'export interface AppOptions {}',
      'interface DependencyList {}',
      'const unusedDependencies = 1; // the type Dependencies of others',
      'type DepsCount = number;',
    ]) {
      expect(faultsOf('packages/server/src/platform/db/a.ts', text)).toEqual([]);
    }
  });

  it('counts lines and looks at names', () => {
    expect(faultsOf('packages/server/src/platform/db/a.ts', '\n'.repeat(401))[0]).toContain('401 lines');
    expect(faultsOf('packages/server/src/platform/db/text-utils.ts', '')[0]).toContain('says nothing');
    expect(faultsOf('packages/server/src/platform/common/a.ts', '')[0]).toContain('says nothing');
    expect(faultsOf('packages/server/src/platform/db/commons-lookup.ts', '')).toEqual([]);
  });
});
