import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { resolve } from 'node:path';

const PARENT_CHECK_MS = 1000;

/** Finds the Node that the lock file pins. With `ignore-scripts` npm leaves it inside its platform package. */
export function pinnedNode() {
  const binary = process.platform === 'win32' ? 'node.exe' : 'bin/node';
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const carrier = `node-${platform}-${process.arch}`;
  const candidates = [
    `node_modules/node/${binary}`,
    `node_modules/node/bin/${binary.split('/').at(-1)}`,
    `node_modules/node/node_modules/${carrier}/${binary}`,
    `node_modules/${carrier}/${binary}`,
  ];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (!found) {
    throw new Error(
      `The npm package "node" has no binary for ${process.platform} ${process.arch}; run npm ci again.`,
    );
  }
  return resolve(found);
}

/**
 * Runs a program in our place: our signals are its signals, its exit code is ours.
 * With `stopWithParent` it is also told to stop when we, or the npm that started us, are gone without a signal: it
 * then sees its IPC channel close.
 * @param {string} command @param {string[]} args @param {{ stopWithParent?: boolean, cwd?: string }} [options]
 * @returns {Promise<number>}
 */
export function runToEnd(command, args, options = {}) {
  const { stopWithParent = false, cwd } = options;
  const binDir = resolve('node_modules/.bin');
  const separator = process.platform === 'win32' ? ';' : ':';
  const child = spawn(command, args, {
    cwd,
    stdio: stopWithParent ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    env: { ...process.env, PATH: `${binDir}${separator}${process.env.PATH ?? ''}` },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (stopWithParent && process.env.npm_lifecycle_event) watchParent(child);
  return new Promise((resolveCode, reject) => {
    child.once('error', (error) => reject(new Error(`${command} could not be started: ${error.message}`)));
    child.once('exit', (code, signal) => resolveCode(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}

function watchParent(child) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    if (child.connected) child.disconnect();
  }, PARENT_CHECK_MS);
  timer.unref();
}
