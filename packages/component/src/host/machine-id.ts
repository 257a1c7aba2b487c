import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { resolve } from 'node:path';

/**
 * A stable id of this installation for the server: SHA-256 of /etc/machine-id, which machine-id(5) asks not to hand out
 * as it is, and of the state directory, since one machine may run several components of a kind. Undefined where there
 * is no machine id.
 */
export async function readMachineId(
  stateDirectory: string,
  path = '/etc/machine-id',
): Promise<string | undefined> {
  try {
    const text = (await readFile(path, 'utf8')).trim();
    if (!/^[0-9a-f]{32}$/i.test(text)) return undefined;
    const place = await realpath(stateDirectory).catch(() => resolve(stateDirectory));
    return createHash('sha256').update(`stratora:${text.toLowerCase()}:${place}`).digest('hex');
  } catch {
    return undefined;
  }
}
