import { readdirSync, readFileSync } from 'node:fs';
import { fileCycles } from './structure/file-cycles.ts';
import { callFaults } from './structure/forbidden-calls.ts';
import { sqlFaults } from './structure/sql-places.ts';
import { findFaults } from './structure/structure-rules.ts';
import { tableFaults } from './structure/table-writers.ts';
import { unusedDependencies } from './structure/unused-dependencies.ts';
import { webLayerFaults } from './structure/web-layers.ts';
import type { SourceFile, Workspace } from './structure/workspace.ts';

const FOLDERS = ['packages', 'services', 'web', 'e2e', 'bench', 'scripts'];
const SOURCE = /\.(ts|tsx|mjs)$/;
const SKIPPED = /(^|\/)(node_modules|dist|build|results|screenshots)(\/|$)/;

function readSources(): SourceFile[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .map((entry) => ({ entry, path: `${entry.parentPath}/${entry.name}`.replaceAll('\\', '/') }))
      .filter(({ entry, path }) => entry.isFile() && SOURCE.test(path) && !SKIPPED.test(path))
      .map(({ path }) => ({ path, text: readFileSync(path, 'utf8') })),
  );
}

function readWorkspaces(): Workspace[] {
  const nested = ['packages', 'services'].flatMap((parent) =>
    readdirSync(parent).map((name) => `${parent}/${name}`),
  );
  const folders = nested.concat('web', 'e2e', 'bench');
  return folders.map((folder) => {
    const file = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Partial<Workspace>;
    const { name = folder, dependencies = {}, devDependencies = {} } = file;
    return { folder, name, dependencies, devDependencies };
  });
}

const workspaces = readWorkspaces();
const files = readSources();
const schema = readFileSync('packages/server/schema.sql', 'utf8');
const faults = [
  ...findFaults(workspaces, files),
  ...unusedDependencies(workspaces, files),
  ...tableFaults(schema, files),
  ...sqlFaults(files),
  ...webLayerFaults(files),
  ...fileCycles(files),
  ...callFaults(files),
];
for (const fault of faults) console.error(fault);
if (faults.length > 0)
  console.error(`${faults.length} faults of structure (ARCHITECTURE.md, section "Rooms")`);
process.exitCode = faults.length > 0 ? 1 : 0;
