import { readFileSync } from 'node:fs';

/**
 * The identity of a process: pids are used again, so a process that is to be recognised later is known by its pid
 * and start time. `started` is empty where the platform does not tell (then the pid alone decides).
 */
export interface ProcessIdentity {
  pid: number;
  started: string;
}

/**
 * Reads the start time, unique over reboots: the boot id and field 22 of /proc/PID/stat (proc(5)), ticks since boot.
 */
function readStartTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command name (field 2) is in parentheses and may hold blanks.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return fields[0] === 'Z' ? '' : `${boot}:${fields[19] ?? ''}`;
  } catch {
    return '';
  }
}

export function identify(pid: number): ProcessIdentity {
  return { pid, started: readStartTime(pid) };
}

/** Tells whether that very process still exists; a zombie does not. */
export function isRunning(identity: ProcessIdentity): boolean {
  try {
    process.kill(identity.pid, 0);
  } catch (error) {
    // EPERM: the process exists and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (identity.started === '') return process.platform !== 'linux';
  return readStartTime(identity.pid) === identity.started;
}

/**
 * Signals a process (0 only asks), or with `group` the whole group that it leads; false when there is no such process.
 */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0, group = false): boolean {
  try {
    process.kill(group && process.platform !== 'win32' ? -pid : pid, signal);
    return true;
  } catch {
    return false;
  }
}
