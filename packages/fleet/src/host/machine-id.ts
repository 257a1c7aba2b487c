import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/**
 * A stable id of this machine for the server: SHA-256 of /etc/machine-id with our name before it, since machine-id(5)
 * asks not to hand out the id itself. Undefined where there is none.
 */
export async function readMachineId(path = '/etc/machine-id'): Promise<string | undefined> {
  try {
    const text = (await readFile(path, 'utf8')).trim();
    if (!/^[0-9a-f]{32}$/i.test(text)) return undefined;
    return createHash('sha256').update(`stratora:${text.toLowerCase()}`).digest('hex');
  } catch {
    return undefined;
  }
}
