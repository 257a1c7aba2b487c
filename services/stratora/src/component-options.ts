import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ComponentType } from '@stratora/contract';
import { writeFileAtomic } from '@stratora/runtime';

type Environment = NodeJS.ProcessEnv;

/** Each option and the variable that it stands for; the option wins. */
const OPTIONS = {
  server: 'STRATORA_SERVER_URL',
  'ca-file': 'STRATORA_CA_FILE',
  token: 'STRATORA_ENROLLMENT_TOKEN',
  'state-dir': 'STRATORA_STATE_DIR',
  name: 'STRATORA_COMPONENT_NAME',
  site: 'STRATORA_SITE',
  hostname: 'STRATORA_HOSTNAME',
} as const;

export const COMPONENT_HELP = `  --server URL       https address of the server             STRATORA_SERVER_URL
  --ca-file FILE     its private authority (tls/ca.crt)      STRATORA_CA_FILE
  --token TOKEN      enrollment token, for the first time    STRATORA_ENROLLMENT_TOKEN (or _FILE)
  --state-dir DIR    identity, config and queue              STRATORA_STATE_DIR
  --name NAME        what it is called                       STRATORA_COMPONENT_NAME
  --site SITE        where it stands                         STRATORA_SITE
  --hostname NAME    instead of the host's own name          STRATORA_HOSTNAME
  --json             for programs

After "enroll" the state directory remembers the server and its authority, so "run" needs no option.
`;

export interface ComponentInvocation {
  action: 'run' | 'enroll' | 'status';
  json: boolean;
  environment: Environment;
}

const ACTIONS = ['run', 'enroll', 'status'] as const;
/** What `enroll` leaves in the state directory for `run`. */
const REMEMBERED = 'server.json';
const REMEMBERED_CA = 'server-ca.crt';

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
  const remembered = await readRemembered(stateDirectory);
  return {
    action,
    json: values.json,
    environment: { ...remembered, ...merged, STRATORA_STATE_DIR: stateDirectory },
  };
}

/** Keeps what `run` will need beside the identity. */
export async function rememberServer(environment: Environment): Promise<void> {
  const {
    STRATORA_STATE_DIR: folder = '',
    STRATORA_SERVER_URL: server,
    STRATORA_CA_FILE: caFile,
  } = environment;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const kept = join(folder, REMEMBERED_CA);
  if (caFile && caFile !== kept) await copyFile(caFile, kept);
  const remembered = { STRATORA_SERVER_URL: server, ...(caFile ? { STRATORA_CA_FILE: kept } : {}) };
  await writeFileAtomic(join(folder, REMEMBERED), `${JSON.stringify(remembered, null, 2)}\n`);
}

async function readRemembered(folder: string): Promise<Environment> {
  try {
    return JSON.parse(await readFile(join(folder, REMEMBERED), 'utf8')) as Environment;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw new Error(`${join(folder, REMEMBERED)} cannot be read; enrol again`, { cause: error });
  }
}

function defaultStateDirectory(type: ComponentType): string {
  if (process.getuid?.() === 0) return `/var/lib/stratora/${type}`;
  return join(homedir(), '.local/state/stratora', type);
}
