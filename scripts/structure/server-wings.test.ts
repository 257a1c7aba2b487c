import { describe, expect, it } from 'vitest';
import { wingFaults } from './server-wings.ts';

const ROOT = 'packages/server/src/';

/** Returns the faults of files, given by their paths below the server's `src`. */
function faultsOf(files: Record<string, string>): string[] {
  return wingFaults(Object.entries(files).map(([place, text]) => ({ path: ROOT + place, text })));
}

const takes = (target: string) => `import { thing } from '${target}';\n`;

describe('the wings of the server', () => {
  it('may import themselves, wings before them, and nothing of a module but its index', () => {
    const faults = faultsOf({
      'app.ts': takes('./judge/evaluation/index.ts'),
      'judge/evaluation/index.ts': takes('./service.ts'),
      'judge/evaluation/service.ts': takes('../silence/index.ts') + takes('../../platform/db/index.ts'),
      'judge/silence/index.ts': takes('./account.ts'),
      'platform/module.ts': takes('./http/index.ts'),
      'inventory/sites/site-module.ts': takes('../../platform/module.ts'),
    });
    expect(faults).toEqual([]);
  });

  it('must not import a wing after them, by type or by export neither', () => {
    const faults = faultsOf({
      'platform/db/a.ts': "import type { X } from '../../access/users/index.ts';\n",
      'access/users/b.ts': "export { x } from '../../home/summary/index.ts';\n",
      'metrics/query/c.ts': "const { x } = await import('../../judge/silence/index.ts');\n",
    });
    expect(faults).toEqual([
      `${ROOT}platform/db/a.ts: platform must not import access/users, which stands above it`,
      `${ROOT}access/users/b.ts: access must not import home/summary, which stands above it`,
      `${ROOT}metrics/query/c.ts: metrics must not import judge/silence, which stands above it`,
    ]);
  });

  it('have no circle between their modules', () => {
    const faults = faultsOf({
      'inventory/sites/a.ts': takes('../nodes/index.ts'),
      'inventory/nodes/b.ts': takes('../node-groups/index.ts'),
      'inventory/node-groups/c.ts': takes('../sites/index.ts'),
    });
    expect(faults).toEqual([
      'circle between modules: inventory/sites -> inventory/nodes -> inventory/node-groups -> inventory/sites',
    ]);
  });

  it('keep what is inside a module to it, but for tests', () => {
    const files = (name: string) => ({ [`inventory/sites/${name}`]: takes('../nodes/node-queries.ts') });
    expect(faultsOf(files('a.ts'))).toEqual([
      `${ROOT}inventory/sites/a.ts: imports node-queries.ts of inventory/nodes; only a module's index is for others`,
    ]);
    expect(faultsOf(files('a.db.test.ts'))).toEqual([]);
    expect(faultsOf({ 'app.ts': takes('./inventory/nodes/node-queries.ts') })).toHaveLength(1);
  });

  it('do not know the app', () => {
    expect(faultsOf({ 'home/summary/a.ts': takes('../../server-config.ts') })).toEqual([
      `${ROOT}home/summary/a.ts: a wing must not import the app`,
    ]);
  });

  it('are all there is beside the files of the app', () => {
    expect(faultsOf({ 'stray.ts': '', 'fleet/agents/a.ts': '', 'app-modules.ts': '' })).toEqual([
      `${ROOT}stray.ts: a file of the server stands in a module of a wing`,
      `${ROOT}fleet/agents/a.ts: fleet is no wing of the server`,
    ]);
  });
});
