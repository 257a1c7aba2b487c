import { relativeImports } from './relative-imports.ts';
import { isTest, type SourceFile } from './workspace.ts';

const ROOT = 'packages/server/src/';
/** The wings of the server; each may import itself and those before it. */
export const WINGS = ['platform', 'access', 'inventory', 'components', 'metrics', 'judge', 'tell', 'home'];
/** Files of the app itself, which alone know all wings. */
const APP_FILES = new Set([
  'app.ts',
  'app-modules.ts',
  'app-components.ts',
  'app-ground.ts',
  'app-inventory.ts',
  'app-tell.ts',
  'module-list.ts',
  'index.ts',
  'run-server.ts',
  'server-config.ts',
]);
interface Arrow {
  path: string;
  from: string;
  to: string;
  /** The imported file, relative to the module's folder. */
  file: string;
}

/** Finds everything in the server's tree that breaks the order of its wings, one line each. */
export function wingFaults(files: readonly SourceFile[]): string[] {
  const own = files.filter(({ path }) => path.startsWith(ROOT) && !isTest(path));
  const arrows = own.flatMap((file) => arrowsOf(file));
  return [
    ...own.flatMap(({ path }) => placeFaults(path)),
    ...arrows.flatMap((arrow) => arrowFaults(arrow)),
    ...circles(arrows),
  ];
}

function placeFaults(path: string): string[] {
  const [first = '', ...inner] = path.slice(ROOT.length).split('/');
  if (inner.length === 0) {
    return APP_FILES.has(first) ? [] : [`${path}: a file of the server stands in a module of a wing`];
  }
  return WINGS.includes(first) ? [] : [`${path}: ${first} is no wing of the server`];
}

/** Returns the module of a file by its path below `src`: the folder in a wing, or a file in the wing itself. */
function moduleOf(place: string): { name: string; file: string } {
  const [wing = '', folder = '', ...inner] = place.split('/');
  if (folder === '') return { name: 'app', file: wing };
  return inner.length === 0
    ? { name: `${wing}/${folder}`, file: 'index.ts' }
    : { name: `${wing}/${folder}`, file: inner.join('/') };
}

function arrowsOf({ path, text }: SourceFile): Arrow[] {
  const from = moduleOf(path.slice(ROOT.length)).name;
  return relativeImports({ path, text }).flatMap((target) => {
    if (!target.startsWith(ROOT)) return [];
    const { name: to, file } = moduleOf(target.slice(ROOT.length));
    return from === to ? [] : [{ path, from, to, file }];
  });
}

function arrowFaults({ path, from, to, file }: Arrow): string[] {
  if (to === 'app') return [`${path}: a wing must not import the app`];
  const faults: string[] = [];
  if (file !== 'index.ts')
    faults.push(`${path}: imports ${file} of ${to}; only a module's index is for others`);
  const isUpward = from !== 'app' && WINGS.indexOf(wingOf(from)) < WINGS.indexOf(wingOf(to));
  if (isUpward) {
    faults.push(`${path}: ${wingOf(from)} must not import ${to}, which stands above it`);
  }
  return faults;
}

function wingOf(module: string): string {
  return module.slice(0, module.indexOf('/'));
}

/** Finds circles between modules of one wing. */
function circles(arrows: readonly Arrow[]): string[] {
  const edges = new Map<string, Set<string>>();
  for (const { from, to } of arrows) {
    if (from !== 'app' && wingOf(from) === wingOf(to))
      edges.set(from, (edges.get(from) ?? new Set()).add(to));
  }
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (name: string, trail: readonly string[]): void => {
    const at = trail.indexOf(name);
    if (at >= 0) found.push(`circle between modules: ${[...trail.slice(at), name].join(' -> ')}`);
    if (at >= 0 || done.has(name)) return;
    for (const next of edges.get(name) ?? []) visit(next, [...trail, name]);
    done.add(name);
  };
  for (const name of edges.keys()) visit(name, []);
  return found;
}
