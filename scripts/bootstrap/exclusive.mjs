import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { print, rootDir } from './terminal.mjs';

/**
 * Reads the start time of a process in clock ticks since boot, so that a reused pid is not taken for its former owner.
 */
function startTime(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isHeld(path) {
  const [pid = '', started = ''] = readFileSync(path, 'utf8').split(' ');
  if (pid === '') return true; // The lock was just created and is not written yet.
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (error.code === 'ESRCH') return false;
  }
  return startTime(pid) === started;
}

function tryAcquire(path) {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, `${process.pid} ${startTime(process.pid)}`);
    closeSync(file);
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
}

/**
 * Runs `work` while no other process of this checkout runs work of the same name. A lock whose owner is dead is
 * taken over.
 * @template T @param {string} name @param {() => Promise<T>} work @returns {Promise<T>}
 */
export async function exclusively(name, work) {
  const path = join(rootDir, '.cache', `${name}.lock`);
  mkdirSync(join(rootDir, '.cache'), { recursive: true });
  for (let announced = false; !tryAcquire(path); ) {
    let held = true;
    try {
      held = isHeld(path);
    } catch {
      continue; // The lock was released in between.
    }
    if (!held) {
      rmSync(path, { force: true });
      continue;
    }
    if (!announced) print(`Another process of this folder is at "${name}"; waiting for it ...`);
    announced = true;
    await sleep(200);
  }
  const release = () => rmSync(path, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}
