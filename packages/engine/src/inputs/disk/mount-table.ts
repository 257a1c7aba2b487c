import { readlink, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { HostPaths } from '../../input.ts';
import { readText, requireText } from '../proc-file.ts';

/** A mounted file system. */
export interface Mount {
  readonly path: string;
  readonly device: string;
  readonly fstype: string;
  /** Options of the mount, with `bind` where only a part of the file system of a device is mounted. */
  readonly options: readonly string[];
}

/** Reads all mounts of the host, from the view of its init where that may be read (proc_pid_mountinfo(5)). */
export async function readMounts(host: HostPaths): Promise<readonly Mount[]> {
  const text =
    (await readText(join(host.proc, '1/mountinfo'))) ??
    (await requireText(join(host.proc, 'self/mountinfo')));
  const mounts: Mount[] = [];
  const firstSources = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [left = '', right] = line.split(' - ', 2);
    if (right === undefined) continue;
    const [, , number = '', root = '/', path = '', options = ''] = left.split(' ');
    const [fstype = '', given = '', superOptions = ''] = right.split(' ');
    // What is mounted a second time, or a part of it, has the name under which it was first.
    const named = given.startsWith('/') || root === '/' ? given : root;
    const source = firstSources.get(number) ?? named;
    firstSources.set(number, source);
    const ofFileSystem = superOptions.split(',');
    const isPart = given.startsWith('/') && root !== '/' && !ofFileSystem.includes(`subvol=${root}`);
    mounts.push({
      path: unescape(path),
      // As Telegraf shows it, octal and all: it is a tag, and a tag is what a series is known by.
      device: await deviceOf(host, Buffer.from(source, 'latin1').toString('utf8'), number),
      fstype,
      options: [...effectiveOptions(options.split(','), ofFileSystem), ...(isPart ? ['bind'] : [])],
    });
  }
  return mounts;
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
async function deviceOf(host: HostPaths, source: string, number: string): Promise<string> {
  try {
    if (source.startsWith('/dev/mapper/')) return await realpath(source);
    if (source === '/dev/root')
      return `/dev/${basename(await readlink(join(host.sys, 'dev/block', number)))}`;
  } catch {
    // The name in the table is all there is.
  }
  return source;
}

/** Decodes a path of the table: spaces, tabs, line feeds and backslashes are octal; the rest is UTF-8. */
function unescape(text: string): string {
  const bytes = text.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
