import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { CredentialKeyStatus } from '@stratora/contract';
import { errorMessage, formatKeyFile, parseKeyFile, sleep, writeFileAtomic } from '@stratora/runtime';
import { CommandLineError } from './command-line-error.ts';
import { CallFailed, type UserApi } from './user-api.ts';
import {
  CONNECTION_HELP,
  columns,
  EXIT_HELP,
  runUserCommand,
  type UserActions,
  type UserInvocation,
} from './user-command.ts';

const COMMAND: UserActions = {
  name: 'credential-key',
  actions: { rotate: { options: ['keep-old', 'wait'] }, status: { options: [] } },
  run: (api, invocation) => (invocation.action === 'rotate' ? rotate(api, invocation) : status(api)),
};

const TAIL = `${CONNECTION_HELP}\n${EXIT_HELP}`;

/** Renders the help of `stratora credential-key`, or of one of its actions. */
export function credentialKeyHelp(action?: string): string {
  if (action === 'rotate') {
    return `Seals every secret of a running system with a new credential key, and takes the old one away.

Usage: stratora credential-key rotate [options]

Run it on the host of the server, whose key file it changes. Broken off at any moment, it goes on where it was when it is
run again. Where servers have their keys by STRATORA_CREDENTIAL_KEY_n, give each the next one first.

  --keep-old yes     leave the old key in the file, for backups of the database that were made with it
  --wait SECONDS     how long to wait until all is sealed anew; 3600 by default
${TAIL}`;
  }
  if (action === 'status') {
    return `Says which credential key seals, and what another one has sealed.\n\nUsage: stratora credential-key status [options]\n\n${TAIL}`;
  }
  return `The key that seals secrets in the database.

Usage: stratora credential-key rotate|status [options]

  rotate             a new key takes the place of the old one, while the system runs
  status             which key seals, on which servers, and what another one has sealed

${TAIL}`;
}

export function runCredentialKeyCommand(args: readonly string[]): Promise<number> {
  return runUserCommand(COMMAND, args, process.env);
}

const LOOK_EVERY_MS = 1000;
/** How long other servers may take to read a key that was added to the file: they do so every 5 s. */
const READ_BY_ALL_MS = 30_000;
const WAIT_SECONDS = 3600;

async function status(api: UserApi) {
  const value = await api.call<CredentialKeyStatus>('GET', '/credential-key');
  return { value, text: statusText(value) };
}

async function rotate(api: UserApi, { options }: UserInvocation) {
  const waitSeconds = Number(options['wait'] ?? WAIT_SECONDS);
  if (!Number.isInteger(waitSeconds) || waitSeconds < 1)
    throw new CommandLineError('--wait takes a number of seconds', 2);
  const { 'keep-old': keepOld = 'no' } = options;
  if (!['yes', 'no'].includes(keepOld)) throw new CommandLineError('--keep-old takes yes or no', 2);
  const before = await api.call<CredentialKeyStatus>('GET', '/credential-key');
  if (before.key_file !== null) await addKey(before.key_file, before);
  await begin(api);
  const after = await settled(api, waitSeconds);
  const { remaining, unreadable, sealing_version: version } = after;
  if (after.state !== 'settled') {
    const why =
      unreadable.length > 0
        ? `${unreadable.map(({ what, name, reason }) => `${what}: ${name}: ${reason}`).join('\n')}\nThe old keys stay. Give these anew, then run it again.\n`
        : 'Run it again to go on.\n';
    const text = `Key ${version} seals; ${remaining} secrets are still sealed with an older key.\n${why}`;
    return { value: after, text, isDone: false };
  }
  return { value: after, text: await retire(after, keepOld === 'yes') };
}

/** Adds a key to the file, unless a newer one than that which seals is there from a run that was broken off. */
async function addKey(path: string, { sealing_version: sealing, state }: CredentialKeyStatus): Promise<void> {
  const keys = await readKeys(path);
  const newest = Math.max(...keys.keys());
  if (newest > sealing || state !== 'settled') return;
  keys.set(newest + 1, randomBytes(32).toString('hex'));
  await writeFileAtomic(path, formatKeyFile(keys));
}

async function readKeys(path: string): Promise<Map<number, string>> {
  try {
    return parseKeyFile(await readFile(path, 'utf8'));
  } catch (error) {
    throw new CommandLineError(
      `the key file ${path} of the server cannot be used here: ${errorMessage(error)}. Run this on the host of the server, as the user that it runs as.`,
    );
  }
}

/** Has the new key seal, once every server has read it. @throws CallFailed */
async function begin(api: UserApi): Promise<void> {
  const until = Date.now() + READ_BY_ALL_MS;
  for (;;) {
    try {
      await api.call('POST', '/credential-key/rotate');
      return;
    } catch (error) {
      const mayPass =
        error instanceof CallFailed &&
        error.code === 'invalid_state' &&
        / has no | have no /.test(error.message);
      if (!mayPass || Date.now() > until) throw error;
      await sleep(LOOK_EVERY_MS);
    }
  }
}

async function settled(api: UserApi, waitSeconds: number): Promise<CredentialKeyStatus> {
  const until = Date.now() + waitSeconds * 1000;
  let told: number | undefined;
  for (;;) {
    const now = await api.call<CredentialKeyStatus>('GET', '/credential-key');
    const isStuck = now.unreadable.length > 0 && now.unreadable.length >= now.remaining;
    if (now.state === 'settled' || isStuck || Date.now() > until) return now;
    if (now.remaining !== told) process.stderr.write(progressText(now));
    told = now.remaining;
    await sleep(LOOK_EVERY_MS);
  }
}

function progressText({ state, remaining, sealing_version: version }: CredentialKeyStatus): string {
  if (state === 'starting') return `Key ${version}: waiting until every server seals with it.\n`;
  return `Key ${version}: ${remaining} secrets to be sealed anew.\n`;
}

/** Takes the keys away that nothing is sealed with any more. @returns what to tell */
async function retire(
  { key_file: path, sealing_version: version }: CredentialKeyStatus,
  keepsOld: boolean,
): Promise<string> {
  const done = `Every secret is sealed with key ${version}.\n`;
  const backups =
    'A backup of the database that was made before needs the old key: keep it with that backup.\n';
  if (path === null) {
    return `${done}Older keys are not used any more: take STRATORA_CREDENTIAL_KEY_n below ${version} out of the environment of every server.\n${backups}`;
  }
  if (keepsOld) return `${done}The old key stays in ${path}.\n`;
  const keys = await readKeys(path);
  const old = [...keys.keys()].filter((one) => one < version);
  for (const one of old) keys.delete(one);
  if (old.length > 0) await writeFileAtomic(path, formatKeyFile(keys));
  return `${done}${path} holds it alone.\n${backups}`;
}

function statusText(value: CredentialKeyStatus): string {
  const { state, sealing_version: version, newest_version: newest, remaining, unreadable } = value;
  const words = {
    settled: `Every secret is sealed with key ${version}.`,
    starting: `Key ${version} begins to seal: not every server does yet.`,
    resealing: `Key ${version} seals; ${remaining} secrets are still sealed with another key.`,
  }[state];
  const newer = newest > version ? `Key ${newest} is there and does not seal yet.\n` : '';
  const lost = unreadable.map(({ what, name, reason }) => `${what}: ${name}: ${reason}\n`).join('');
  const rows = value.servers.map((server) => [
    server.hostname,
    server.versions.join(', '),
    String(server.sealing_version),
  ]);
  return `${words}\n${newer}${lost}\n${columns(['SERVER', 'HAS KEYS', 'SEALS WITH'], rows)}`;
}
