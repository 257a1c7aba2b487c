import { join } from 'node:path';
import type { HostFiles } from './host-files.ts';

/** Properties that udev keeps of a block device; `DEVLINKS` holds its other names, separated by spaces. */
export type UdevProperties = ReadonlyMap<string, string>;

/**
 * Reads udev's properties of a block device.
 *
 * @param name below /dev: `sda1`, `dm-0`
 * @returns empty on hosts without udev
 */
export async function readUdev(files: HostFiles, name: string): Promise<UdevProperties> {
  const number = (await files.text(join(files.paths.sys, 'class/block', name, 'dev')))?.trim() ?? '';
  if (!/^\d+:\d+$/.test(number)) return new Map();
  const text = (await files.text(join(files.paths.run, 'udev/data', `b${number}`))) ?? '';
  const properties = new Map<string, string>();
  const links: string[] = [];
  for (const line of text.split('\n')) {
    const equals = line.indexOf('=');
    if (line.startsWith('S:')) links.push(`/dev/${line.slice(2)}`);
    else if (line.startsWith('E:') && equals > 0)
      properties.set(line.slice(2, equals), line.slice(equals + 1));
  }
  if (links.length > 0) properties.set('DEVLINKS', links.join(' '));
  return properties;
}

/** Reads the label of a block device: the name of a mapped one, else its file system's; undefined when it has none. */
export async function readLabel(files: HostFiles, name: string): Promise<string | undefined> {
  if (name === '' || name.split('/').includes('..')) return undefined;
  const mapped = (await files.text(join(files.paths.sys, 'block', name, 'dm/name')))?.trim();
  return mapped ?? (await readUdev(files, name)).get('ID_FS_LABEL');
}
