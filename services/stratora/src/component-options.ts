import { copyFile, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { AUTHORITY_FILE } from '@stratora/component';
import type { ComponentType } from '@stratora/contract';
import { makeDirectory, writeFileAtomic } from '@stratora/runtime';

type Environment = NodeJS.ProcessEnv;

/** Options with the variables that they stand for; the option wins. */
const OPTIONS = {
  server: 'STRATORA_SERVER_URL',
  'ca-file': 'STRATORA_CA_FILE',
  'ca-sha256': 'STRATORA_CA_SHA256',
  proxy: 'HTTPS_PROXY',
  token: 'STRATORA_ENROLLMENT_TOKEN',
  'state-dir': 'STRATORA_STATE_DIR',
  name: 'STRATORA_COMPONENT_NAME',
  site: 'STRATORA_SITE',
  hostname: 'STRATORA_HOSTNAME',
} as const;

export interface ComponentInvocation {
  action: 'run' | 'enroll' | 'status';
  json: boolean;
  environment: Environment;
}

const ACTIONS = ['run', 'enroll', 'status'] as const;
/** Name of the file that `enroll` leaves in the state directory for `run`. */
const SAVED_FILE = 'server.json';
/**
 * Variables that `enroll` saves when they are set, since the component is to go on as what it was enrolled as; the proxy
 * belongs to the host, and a service knows nothing of a login's variables.
 */
const SAVED_VARIABLES = [
  'STRATORA_SERVER_URL',
  'STRATORA_CA_SHA256',
  'STRATORA_HOSTNAME',
  'STRATORA_COMPONENT_NAME',
  'HTTPS_PROXY',
  'NO_PROXY',
] as const;

/**
 * Reads a command line such as `enroll --server URL --token T`.
 * @throws when there is no such action or option
 */
export async function readInvocation(
  type: ComponentType,
  args: readonly string[],
  source: Environment,
): Promise<ComponentInvocation> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      ...(Object.fromEntries(Object.keys(OPTIONS).map((name) => [name, { type: 'string' }])) as Record<
        keyof typeof OPTIONS,
        { type: 'string' }
      >),
    },
  });
  const action = ACTIONS.find((candidate) => candidate === positionals[0]);
  if (action === undefined || positionals.length > 1) throw new Error(`give one of ${ACTIONS.join(', ')}`);
  const given: Environment = {};
  for (const [option, variable] of Object.entries(OPTIONS)) {
    const value = values[option as keyof typeof OPTIONS];
    if (typeof value === 'string') given[variable] = value;
  }
  const merged = { ...source, ...given };
  const stateDirectory = merged['STRATORA_STATE_DIR'] || defaultStateDirectory(type);
  const saved = await readSaved(stateDirectory);
  // A variable that is set now replaces all saved ones of the same purpose.
  if (merged['STRATORA_CA_FILE'] || merged['STRATORA_CA_SHA256']) {
    delete saved['STRATORA_CA_FILE'];
    delete saved['STRATORA_CA_SHA256'];
  }
  if (merged['https_proxy']) delete saved['HTTPS_PROXY'];
  const environment: Environment = { ...saved, ...merged, STRATORA_STATE_DIR: stateDirectory };
  if (action !== 'status' && !environment['STRATORA_SERVER_URL']) {
    throw new Error(`give the server with --server URL${action === 'run' ? ', or enrol first' : ''}`);
  }
  return { action, json: values.json, environment };
}

/** Saves what `run` will need beside the identity, readable by its owner alone: a proxy URL may hold a password. */
export async function saveServer(environment: Environment): Promise<void> {
  const { STRATORA_STATE_DIR: folder = '', STRATORA_CA_FILE: caFile, STRATORA_CA_SHA256: pin } = environment;
  await makeDirectory(folder);
  const savedAuthority = join(folder, AUTHORITY_FILE);
  // A pinned authority is there already, and found by its hash.
  if (caFile && !pin && caFile !== savedAuthority) await copyFile(caFile, savedAuthority);
  const saved: Environment = caFile && !pin ? { STRATORA_CA_FILE: savedAuthority } : {};
  for (const name of SAVED_VARIABLES) {
    const value = environment[name] || environment[name.toLowerCase()];
    if (value) saved[name] = value;
  }
  await writeFileAtomic(join(folder, SAVED_FILE), `${JSON.stringify(saved, null, 2)}\n`);
}

async function readSaved(folder: string): Promise<Environment> {
  try {
    return JSON.parse(await readFile(join(folder, SAVED_FILE), 'utf8')) as Environment;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${join(folder, SAVED_FILE)} cannot be read; enrol again`, { cause: error });
  }
}

function defaultStateDirectory(type: ComponentType): string {
  if (process.getuid?.() === 0) return `/var/lib/stratora/${type}`;
  return join(homedir(), '.local/state/stratora', type);
}
