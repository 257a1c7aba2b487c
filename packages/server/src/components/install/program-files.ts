import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TarEntry } from './tar-archive.ts';

/** The places of the parts of the program on this server. */
export interface ProgramSource {
  /** Folder of the installation, with dist/, deploy/ and LICENSE. */
  programDir: string;
  version: string;
  /** Path of the Node.js that goes into the archive; undefined leaves the host to its own. */
  nodePath: string | undefined;
}

/** The one folder at the top of the archive. */
const TOP_FOLDER = 'stratora';
const MANIFEST = 'remote-files.json';
const NODE_LICENCE = 'https://github.com/nodejs/node/blob/';

const LAUNCHER = `#!/bin/sh
home=$(dirname "$(dirname "$(readlink -f "$0")")")
if [ -x "$home/node/node" ]; then node=$home/node/node; else node=node; fi
exec "$node" "$home/lib/remote.mjs" "$@"
`;

/** Lists the entries of the archive, sorted by name; undefined when this installation was not built. */
export async function programFiles(source: ProgramSource): Promise<TarEntry[] | undefined> {
  const { programDir, version, nodePath } = source;
  const dist = join(programDir, 'dist');
  const manifest = await readFile(join(dist, MANIFEST), 'utf8').catch(() => undefined);
  if (manifest === undefined) return undefined;
  const { files } = JSON.parse(manifest) as { files: string[] };
  const entries = [
    text('bin/stratora', LAUNCHER, true),
    text('VERSION', `${version}\n`),
    text('lib/package.json', '{ "type": "module" }\n'),
    ...(await Promise.all(files.map((name) => file(`lib/${name}`, join(dist, name))))),
    await file('LICENSE', join(programDir, 'LICENSE')),
    await file('licences-of-others.txt', join(dist, 'remote-licences.txt')),
    ...(await folder('systemd', join(programDir, 'deploy/systemd'))),
    ...(await folder('container', join(programDir, 'deploy/container'))),
    ...(await folder('windows', join(programDir, 'deploy/windows'))),
    ...(nodePath === undefined ? [] : await runtime(nodePath)),
  ];
  return entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

async function runtime(nodePath: string): Promise<TarEntry[]> {
  const licence = `Node.js ${process.version}: ${NODE_LICENCE}${process.version}/LICENSE\n`;
  return [await file('node/node', nodePath, true), text('node/LICENSE.txt', licence)];
}

function text(name: string, content: string, executable = false): TarEntry {
  const bytes = Buffer.from(content);
  return { name: `${TOP_FOLDER}/${name}`, executable, size: bytes.byteLength, body: () => [bytes] };
}

async function file(name: string, path: string, executable = false): Promise<TarEntry> {
  const { size } = await stat(path);
  return { name: `${TOP_FOLDER}/${name}`, executable, size, body: () => createReadStream(path) };
}

async function folder(name: string, path: string): Promise<TarEntry[]> {
  const found = await readdir(path, { recursive: true, withFileTypes: true });
  const paths = found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    paths.map((each) => file(`${name}${each.slice(path.length).replaceAll('\\', '/')}`, each)),
  );
}
