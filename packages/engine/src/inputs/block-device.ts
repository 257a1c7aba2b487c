import { join } from 'node:path';
import type { HostPaths } from '../input.ts';
import { readText } from './proc-file.ts';

/** Properties that udev keeps of a block device; `DEVLINKS` holds its other names, separated by spaces. */
export type UdevProperties = ReadonlyMap<string, string>;

/**
 * Reads udev's properties of a block device.
 *
 * @param name below /dev: `sda1`, `dm-0`
 * @returns empty on hosts without udev
 */
export async function readUdev(host: HostPaths, name: string): Promise<UdevProperties> {
  const number = (await readText(join(host.sys, 'class/block', name, 'dev')))?.trim() ?? '';
  if (!/^\d+:\d+$/.test(number)) return new Map();
  const text = (await readText(join(host.run, 'udev/data', `b${number}`))) ?? '';
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
export async function readLabel(host: HostPaths, name: string): Promise<string | undefined> {
  if (name === '' || name.split('/').includes('..')) return undefined;
  const mapped = (await readText(join(host.sys, 'block', name, 'dm/name')))?.trim();
  return mapped ?? (await readUdev(host, name)).get('ID_FS_LABEL');
}
