import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { type Clock, sleep } from '@stratora/runtime';

/** Marks an engine, and whatever it starts, as belonging to one state directory. */
export const MARK_VARIABLE = 'STRATORA_ENGINE_OF';

const WAIT_MS = 3000;
const POLL_MS = 20;

/** @param purpose `run` or `check`: which of a component's children */
export function engineMark(stateDirectory: string, purpose: 'run' | 'check'): string {
  const name = createHash('sha256').update(stateDirectory).digest('hex').slice(0, 24);
  return `${name}-${purpose}`;
}

/**
 * Kills every process that carries the mark in its environment, and waits until they are gone: what a killed component
 * left running, or children that an engine left behind. Nothing is recorded anywhere, so there is no moment at which a
 * kill leaves an engine that nobody knows, and no recycled process id that is taken for one.
 *
 * Does nothing without a proc file system.
 * @param configPath of the engine: known by it are those whose environment the system keeps from us, such as a binary
 *   with capabilities of its own
 * @returns their process ids
 */
export async function endStrays(
  mark: string,
  configPath: string | undefined,
  clock: Clock,
): Promise<number[]> {
  const strays = await findStrays(mark, configPath);
  for (const pid of strays) kill(pid);
  const endsAt = clock.monotonic() + WAIT_MS;
  let left = strays;
  while (left.length > 0 && clock.monotonic() < endsAt) {
    await sleep(POLL_MS, clock);
    left = await stillThere(left);
  }
  return strays;
}

async function findStrays(mark: string, configPath: string | undefined): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  const found: number[] = [];
  for (const name of names) {
    const pid = /^\d+$/.test(name) ? Number(name) : process.pid;
    if (pid !== process.pid && (await isMarked(pid, mark, configPath))) found.push(pid);
  }
  return found;
}

async function isMarked(pid: number, mark: string, configPath: string | undefined): Promise<boolean> {
  try {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8');
    return environment.split('\0').includes(`${MARK_VARIABLE}=${mark}`);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (configPath === undefined || (code !== 'EACCES' && code !== 'EPERM')) return false;
  }
  const argv = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return argv.split('\0').includes(configPath);
}

async function stillThere(pids: readonly number[]): Promise<number[]> {
  const states = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '')),
  );
  return pids.filter((_, at) => {
    const stat = states[at] ?? '';
    const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
    return state !== '' && state !== 'Z' && state !== 'X';
  });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone by itself, or not ours to kill.
  }
}
