import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { CheckedFile } from '../checked-file.ts';

interface Installation {
  version: 1;
  id: string;
}

function isInstallation(value: unknown): value is Installation {
  const installation = value as Partial<Installation> | null;
  return installation?.version === 1 && /^[0-9a-f]{64}$/.test(installation.id ?? '');
}

/**
 * Reads a substitute for the machine id where a host has none, as containers often do: made at random and kept with the
 * state, so that a registration whose answer was lost is known as the same host's.
 */
export async function readInstallationId(stateDirectory: string): Promise<string> {
  const file = new CheckedFile<Installation>(join(stateDirectory, 'installation.json'), isInstallation);
  const { value } = await file.read();
  if (value) return value.id;
  const id = randomBytes(32).toString('hex');
  await file.write({ version: 1, id });
  return id;
}
