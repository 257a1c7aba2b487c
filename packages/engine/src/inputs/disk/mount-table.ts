import { basename, dirname, join } from 'node:path';
import type { HostFiles } from '../host-files.ts';

/** A mounted file system. */
export interface Mount {
  /** Number of the mount: what is mounted anew on the same path has another. */
  readonly id: string;
  readonly path: string;
  readonly device: string;
  readonly fstype: string;
  /** Options of the mount, with `bind` where only a part of the file system of a device is mounted. */
  readonly options: readonly string[];
}

/** A line of the table and its place in the tree of mounts. */
interface Entry {
  readonly mount: Mount;
  readonly parent: string;
}

/**
 * Reads the mounts of the host that a path leads to, from the view of its init where that may be read
 * (proc_pid_mountinfo(5)). One that lies below another, mounted later on the same path or above it, is out of reach.
 */
export async function readMounts(files: HostFiles): Promise<readonly Mount[]> {
  const text =
    (await files.text(join(files.paths.proc, '1/mountinfo'), 'needed')) ??
    (await files.require(join(files.paths.proc, 'self/mountinfo')));
  const entries: Entry[] = [];
  const firstSources = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [left = '', right] = line.split(' - ', 2);
    if (right === undefined) continue;
    const [id = '', parent = '', number = '', root = '/', path = '', options = ''] = left.split(' ');
    const [fstype = '', given = '', superOptions = ''] = right.split(' ');
    // What is mounted a second time, or a part of it, has the name under which it was first.
    const named = unescape(given.startsWith('/') || root === '/' ? given : root);
    const source = firstSources.get(number) ?? named;
    firstSources.set(number, source);
    const ofFileSystem = superOptions.split(',');
    const isPart = given.startsWith('/') && root !== '/' && !ofFileSystem.includes(`subvol=${root}`);
    const mount = {
      id,
      path: unescape(path),
      device: await deviceOf(files, source, number),
      fstype: unescape(fstype),
      options: [...effectiveOptions(options.split(','), ofFileSystem), ...(isPart ? ['bind'] : [])],
    };
    entries.push({ mount, parent });
  }
  return reachable(entries);
}

/** Selects the mounts that their own path leads to. */
function reachable(entries: readonly Entry[]): readonly Mount[] {
  const byId = new Map(entries.map((entry) => [entry.mount.id, entry]));
  // The last mount of each path, by the mount that it lies on. The root may call itself its parent.
  const children = new Map<string, Map<string, Entry>>();
  for (const entry of entries) {
    if (entry.parent === entry.mount.id) continue;
    const siblings = children.get(entry.parent) ?? new Map<string, Entry>();
    children.set(entry.parent, siblings.set(entry.mount.path, entry));
  }
  const known = new Map<Entry, boolean>();
  const isReachable = (entry: Entry): boolean => {
    const found = known.get(entry);
    if (found !== undefined) return found;
    // A table that changed while it was read may name a mount as its own ancestor.
    known.set(entry, true);
    const { parent, mount } = entry;
    const siblings = children.get(parent);
    const isFree =
      parent === mount.id ||
      (siblings?.get(mount.path) === entry && !foldersAbove(mount.path).some((path) => siblings.has(path)));
    const below = byId.get(parent);
    const answer = isFree && (below === undefined || isReachable(below));
    known.set(entry, answer);
    return answer;
  };
  const isOnTop = ({ mount }: Entry): boolean => children.get(mount.id)?.has(mount.path) !== true;
  return entries.filter((entry) => isOnTop(entry) && isReachable(entry)).map(({ mount }) => mount);
}

/** Lists the folders that a path leads through, itself left out. */
function foldersAbove(path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = path; at !== '/' && at !== '.' && at !== ''; ) {
    at = dirname(at);
    folders.push(at);
  }
  return folders;
}

/**
 * Merges the options of a mount and of its file system: a mount may only be written to where its file system may, too.
 */
function effectiveOptions(ofMount: readonly string[], ofFileSystem: readonly string[]): readonly string[] {
  const isReadOnly = ofMount.includes('ro') || ofFileSystem.includes('ro');
  if (!isReadOnly) return ofMount;
  return ['ro', ...ofMount.filter((option) => option !== 'ro' && option !== 'rw')];
}

/** Returns the device's own name, where the table has another name for it. */
async function deviceOf(files: HostFiles, source: string, number: string): Promise<string> {
  try {
    if (source.startsWith('/dev/mapper/')) return (await files.real(source)) ?? source;
    if (source !== '/dev/root') return source;
    const link = await files.link(join(files.paths.sys, 'dev/block', number));
    return link === undefined ? source : `/dev/${basename(link)}`;
  } catch {
    // The name in the table is all there is.
    return source;
  }
}

/** Decodes a text of the table: spaces, tabs, line feeds and backslashes are octal; the rest is UTF-8. */
function unescape(text: string): string {
  const bytes = text.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
