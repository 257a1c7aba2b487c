import { readdirSync, readFileSync } from 'node:fs';

/** Ticks per second, the unit of CPU time in Linux. */
const TICKS_PER_SECOND = 100;

/** Reads the CPU seconds that processes have used so far, user and system, with their children, ended ones included. */
export function cpuSeconds(pids: readonly number[]): number {
  let ticks = 0;
  for (const pid of withChildren(pids)) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The name, in brackets, may hold anything; from the 12th after it: utime, stime and those of ended children.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      for (const field of fields.slice(11, 15)) ticks += Number(field);
    } catch {
      // It ended meanwhile.
    }
  }
  return ticks / TICKS_PER_SECOND;
}

/** Reads the memory that a process holds now, in MiB. */
export function residentMib(pid: number): number {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kib ?? Number.NaN) / 1024;
}

function withChildren(pids: readonly number[]): Set<number> {
  const found = new Set(pids);
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      parents.set(pid, Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended meanwhile.
    }
  }
  for (const [pid, parent] of parents) if (found.has(parent)) found.add(pid);
  return found;
}
