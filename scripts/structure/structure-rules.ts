import { wingFaults } from './server-wings.ts';
import { isTest, type SourceFile, type Workspace } from './workspace.ts';

const BASE_ROOMS = ['contract', 'runtime', 'lineprotocol', 'snmp'];
const LIBRARY_ROOMS = [
  ...BASE_ROOMS,
  'victoriametrics',
  'telegraf',
  'engine',
  'simulator',
  'identify',
  'discovery',
  'neighbours',
  'topology',
  'templates',
  'template-preview',
];
const ANY_ROOM = '*';

/** The rooms that each room may import; `*` is all of them. The reasons are in ARCHITECTURE.md. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  contract: ['runtime'],
  runtime: [],
  lineprotocol: ['runtime'],
  snmp: ['runtime'],
  victoriametrics: BASE_ROOMS,
  telegraf: BASE_ROOMS,
  simulator: [...BASE_ROOMS, 'telegraf'],
  engine: [...BASE_ROOMS, 'telegraf'],
  notifier: ['contract', 'runtime'],
  component: [...BASE_ROOMS, 'telegraf', 'engine', 'notifier', 'discovery', 'neighbours'],
  identify: BASE_ROOMS,
  discovery: [...BASE_ROOMS, 'identify'],
  neighbours: BASE_ROOMS,
  topology: ['contract', 'runtime'],
  templates: BASE_ROOMS,
  'template-preview': [...BASE_ROOMS, 'telegraf', 'engine', 'simulator', 'templates'],
  server: [
    ...BASE_ROOMS,
    'victoriametrics',
    'telegraf',
    'identify',
    'templates',
    'notifier',
    'discovery',
    'topology',
  ],
  demo: ['contract', 'runtime', 'engine', 'simulator'],
  launcher: ['contract', 'runtime'],
  'service-server': ['server', 'runtime'],
  'service-collector': ['component', 'runtime'],
  'service-agent': ['component', 'runtime'],
  'service-stratora': [...LIBRARY_ROOMS, 'component', 'server', 'demo', 'launcher'],
  web: ['contract'],
  testkit: [ANY_ROOM],
  e2e: [ANY_ROOM],
  bench: [ANY_ROOM],
};

/** Names that say nothing about what is in a file or folder. */
const EMPTY_NAMES = /(^|\/)(utils?|helpers?|common|shared|core|misc)[./]|-(utils?|helpers?|misc)\./;
/** Types of what a constructor takes, under a name other than `<Name>Options`. */
const OPTIONS_NAMED_OTHERWISE =
  /\b(?:interface|type)\s+(\w*(?:Deps|Dependencies))\b\s*(?:<[^={]*>\s*)?(?:=|\{|extends\b)/g;
const MAX_LINES = 400;
/** Files that may be longer than the limit, with the reason. */
export const LONG_FILES: Readonly<Record<string, string>> = {
  'e2e/api-client/api-types.ts': 'generated from the API document',
};

/** Things that live in one place only: the pattern of their text, and of the paths where it is allowed. */
const SINGLE_PLACES: readonly { what: string; pattern: RegExp; allowed: RegExp }[] = [
  {
    what: 'starts processes: use runtime (superviseProcess, runProcess)',
    pattern: /from '(?:node:)?child_process'/,
    allowed: /^(packages\/runtime\/src\/process-|packages\/testkit\/|e2e\/|bench\/|scripts\/)/,
  },
  {
    what: 'calls out by HTTP: use runtime (createHttpClient)',
    pattern:
      /(?<![.#\w])fetch\(|(?<![.#\w])https?\.(?:request|get)\(|from '(?:undici|axios|got)'|\brequest(?: as \w+)?[^}\n]*\} from 'node:https?'/,
    allowed:
      /^(packages\/runtime\/src\/outbound-(?:http|tunnel)\.ts|packages\/testkit\/|web\/|e2e\/|bench\/|scripts\/)/,
  },
  {
    what: 'reads process.env: take it as a parameter',
    pattern: /\bprocess\.env\b/,
    allowed:
      /^(packages\/testkit\/|services\/|scripts\/|e2e\/|bench\/|[^/]+\/[^/]+\.config\.(ts|mjs)$|web\/dev\/)/,
  },
];

/** Parts of a room that are public beside its index, since other rooms want them without the rest. */
const PUBLIC_PARTS: ReadonlySet<string> = new Set([
  '@stratora/contract/password-rule',
  '@stratora/contract/problem-document',
  '@stratora/contract/discovery-target',
  '@stratora/contract/target-address',
  '@stratora/contract/measured-value',
  '@stratora/contract/node-reason',
  '@stratora/contract/session-cookie',
  '@stratora/contract/text-fold',
  '@stratora/contract/wire',
  '@stratora/engine/logins',
  '@stratora/engine/words',
  '@stratora/snmp/words',
]);

/**
 * Rooms of components and of the launcher: they check no schemas, so of contract they load the words of the wire alone.
 */
const SCHEMA_FREE: ReadonlySet<string> = new Set([
  'component',
  'engine',
  'launcher',
  'neighbours',
  'notifier',
  'telegraf',
  'snmp',
]);
const LOADS_SCHEMAS = /(?:^|\n)(?:import|export) (?!type\b)[^;'"]*?\bfrom '@stratora\/contract'/;

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Finds everything in the tree that breaks a rule of its structure, one line each. */
export function findFaults(workspaces: readonly Workspace[], files: readonly SourceFile[]): string[] {
  return [
    ...workspaces.flatMap((workspace) => manifestFaults(workspace)),
    ...files.flatMap((file) => fileFaults(file, workspaces)),
    ...findCycles(workspaces),
    ...wingFaults(files),
  ];
}

function roomOf(name: string): string {
  return name.replace('@stratora/', '');
}

function mayImport(from: string, to: string): boolean {
  const allowed = MAY_IMPORT[from] ?? [];
  return allowed.includes(to) || (allowed.includes(ANY_ROOM) && MAY_IMPORT[to] !== undefined);
}

function manifestFaults({ folder, name, dependencies, devDependencies }: Workspace): string[] {
  const room = roomOf(name);
  if (MAY_IMPORT[room] === undefined) return [`${folder}: the room ${room} is not in the import table`];
  return Object.keys({ ...dependencies, ...devDependencies })
    .filter((dependency) => dependency.startsWith('@stratora/'))
    .filter((dependency) => !mayImport(room, roomOf(dependency)))
    .map((dependency) => `${folder}/package.json: ${room} must not depend on ${roomOf(dependency)}`);
}

function fileFaults(file: SourceFile, workspaces: readonly Workspace[]): string[] {
  const { path, text } = file;
  const faults: string[] = [];
  const lines = text.split('\n').length - 1;
  if (lines > MAX_LINES && LONG_FILES[path] === undefined)
    faults.push(`${path}: ${lines} lines, ${MAX_LINES} at most`);
  if (EMPTY_NAMES.test(path)) faults.push(`${path}: a name that says nothing`);
  for (const [, type = ''] of text.matchAll(OPTIONS_NAMED_OTHERWISE))
    faults.push(`${path}: ${type}: what a constructor takes is called <Name>Options`);
  if (!isTest(path)) {
    for (const { what, pattern, allowed } of SINGLE_PLACES) {
      if (!allowed.test(path) && pattern.test(text)) faults.push(`${path}: ${what}`);
    }
  }
  const owner = workspaces.find((workspace) => path.startsWith(`${workspace.folder}/`));
  if (owner && SCHEMA_FREE.has(roomOf(owner.name)) && !isTest(path) && LOADS_SCHEMAS.test(text))
    faults.push(`${path}: loads the schemas of contract: import types, or words from contract/wire`);
  return owner ? [...faults, ...importFaults(file, owner)] : faults;
}

function importFaults({ path, text }: SourceFile, owner: Workspace): string[] {
  const faults: string[] = [];
  const room = roomOf(owner.name);
  for (const match of text.matchAll(IMPORT)) {
    const target = match[1] ?? match[2] ?? '';
    if (!target.startsWith('@stratora/')) continue;
    const [, name = '', ...inner] = target.split('/');
    if (inner.length > 0 && !PUBLIC_PARTS.has(target))
      faults.push(`${path}: imports ${target}; only a room's index is for others`);
    // Tests are above all rooms, like e2e.
    if (isTest(path)) continue;
    if (name === 'testkit' && !mayImport(room, name))
      faults.push(`${path}: testkit is for tests and benches`);
    else if (!mayImport(room, name)) faults.push(`${path}: ${room} must not import ${name}`);
    else if (owner.dependencies[`@stratora/${name}`] === undefined && room !== name) {
      faults.push(`${path}: ${name} is not in ${owner.folder}/package.json`);
    }
  }
  return faults;
}

/** Finds cycles between rooms, by their package files. */
export function findCycles(workspaces: readonly Workspace[]): string[] {
  const edges = new Map(workspaces.map(({ name, dependencies }) => [name, Object.keys(dependencies)]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (name: string, trail: readonly string[]): void => {
    const at = trail.indexOf(name);
    if (at >= 0) cycles.push(`cycle between rooms: ${[...trail.slice(at), name].map(roomOf).join(' -> ')}`);
    if (at >= 0 || done.has(name)) return;
    for (const next of edges.get(name) ?? []) if (edges.has(next)) visit(next, [...trail, name]);
    done.add(name);
  };
  for (const name of edges.keys()) visit(name, []);
  return cycles;
}
