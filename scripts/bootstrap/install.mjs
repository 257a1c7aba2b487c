import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { exclusively } from './exclusive.mjs';
import { step } from './terminal.mjs';

const LOCK_FILE = 'package-lock.json';
const STAMP = 'node_modules/.stratora-install';
/** File in which npm records what it installed. */
const INSTALLED = 'node_modules/.package-lock.json';

/** Installs what the lock file names, unless that is installed already. */
export async function installPackages() {
  if (isCurrent()) return;
  await exclusively('install', async () => {
    if (isCurrent()) return;
    await step('Installing packages (npm ci)', npmInstall);
    writeStamp();
  });
}

function wanted() {
  const hash = createHash('sha256');
  hash.update(readFileSync(LOCK_FILE));
  hash.update(`${process.platform} ${process.arch}`);
  return hash.digest('hex');
}

function isCurrent() {
  if (!existsSync(INSTALLED)) return false;
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted()) return true;
  if (!matchesRecord()) return false;
  writeStamp();
  return true;
}

function writeStamp() {
  writeFileSync(STAMP, wanted());
}

/** Tells whether someone has run `npm install` by hand and everything that the lock file wants is there. */
function matchesRecord() {
  const installed = JSON.parse(readFileSync(INSTALLED, 'utf8')).packages ?? {};
  const locked = JSON.parse(readFileSync(LOCK_FILE, 'utf8')).packages ?? {};
  return Object.entries(locked).every(([path, entry]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true;
    const present = installed[path];
    if (!present) return entry.optional === true;
    return present.version === entry.version && present.integrity === entry.integrity;
  });
}

/** Finds the npm that started us, so that both installs behave alike; else the one on the PATH. */
function npmCommand() {
  const npm = process.env.npm_execpath;
  if (npm && /npm-cli\.[cm]?js$/.test(npm)) return { command: process.execPath, args: [npm], shell: false };
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

function npmInstall() {
  const { command, args, shell } = npmCommand();
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      // npm's own progress goes to standard error too; standard output belongs to the program that follows.
      stdio: ['ignore', 2, 2],
      shell,
    });
    child.once('error', (error) => reject(new Error(`npm could not be started: ${error.message}`)));
    child.once('exit', (code) => {
      if (code === 0) resolve(undefined);
      else reject(new Error(installHelp(code)));
    });
  });
}

function installHelp(code) {
  return [
    `npm ci ended with code ${code}; its reason is above.`,
    'If it could not reach the registry: check the network, and the proxy in HTTPS_PROXY or `npm config get proxy`;',
    'a private registry is set by `npm config set registry URL`. Then run the same command again.',
  ].join('\n');
}
