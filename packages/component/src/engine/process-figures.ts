import { readFile } from 'node:fs/promises';

/** Figures of a process, by proc(5). */
export interface ProcessFigures {
  memoryBytes: number;
  /** User and system time, of all threads. */
  cpuMs: number;
  /** True when it was stopped by a signal (SIGSTOP), so that it cannot go on by itself. */
  isStopped: boolean;
  /** Times that its main thread gave up or lost the processor: a thread that works or waits with a timer moves it. */
  switches: number;
}

/** USER_HZ of every Linux that Node runs on (times(2)). */
const TICK_MS = 10;
/** Fields of `stat` after the name, which stands in brackets and may hold anything: state is the first of them. */
const UTIME = 11;
const STIME = 12;

/** Reads the figures of a process; undefined when there is no such process, or no proc file system. */
export async function readProcessFigures(pid: number): Promise<ProcessFigures | undefined> {
  try {
    const [stat, status] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'latin1'),
      readFile(`/proc/${pid}/status`, 'latin1'),
    ]);
    return parseFigures(stat, status);
  } catch {
    return undefined;
  }
}

export function parseFigures(stat: string, status: string): ProcessFigures | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const state = fields[0] ?? '';
  const resident = /^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1];
  // A zombie has no memory any more.
  if (resident === undefined) return undefined;
  const count = (name: string) => Number(new RegExp(`^${name}:\\s*(\\d+)$`, 'm').exec(status)?.[1] ?? 0);
  return {
    memoryBytes: Number(resident) * 1024,
    cpuMs: (Number(fields[UTIME]) + Number(fields[STIME])) * TICK_MS,
    isStopped: state === 'T' || state === 't',
    switches: count('voluntary_ctxt_switches') + count('nonvoluntary_ctxt_switches'),
  };
}
