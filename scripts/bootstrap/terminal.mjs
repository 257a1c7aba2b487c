import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the root package.json. */
export const rootDir = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Prints one plain line on standard error, so that a program's own output stays clean. */
export function print(line) {
  process.stderr.write(`${line}\n`);
}

/** Prints the reason and ends the process with code 1. @returns {never} */
export function fail(...lines) {
  for (const line of lines) print(line);
  process.exit(1);
}

/**
 * Prints what begins and, when it is done, how long it took. On a terminal the seconds count while it runs.
 * @template T @param {string} title @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function step(title, work) {
  const startedAt = performance.now();
  const seconds = () => ((performance.now() - startedAt) / 1000).toFixed(1);
  print(`${title} ...`);
  const result = await work();
  print(`${title}: done in ${seconds()} s`);
  return result;
}
