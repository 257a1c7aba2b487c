import { wordsOf } from '../proc-file.ts';

/** Seconds of one processor since boot; `guest` is part of `user`, `guestNice` of `nice` (proc_stat(5)). */
export interface CpuTimes {
  readonly cpu: string;
  readonly user: number;
  readonly nice: number;
  readonly system: number;
  readonly idle: number;
  readonly iowait: number;
  readonly irq: number;
  readonly softirq: number;
  readonly steal: number;
  readonly guest: number;
  readonly guestNice: number;
}

/**
 * Reads the `cpu` lines of /proc/stat; the one of all processors is `cpu-total` and comes last.
 *
 * @param ticksPerSecond USER_HZ, the unit of the file
 */
export function parseCpuTimes(stat: string, ticksPerSecond: number): readonly CpuTimes[] {
  const times: CpuTimes[] = [];
  let total: CpuTimes | undefined;
  for (const line of stat.split('\n')) {
    if (!line.startsWith('cpu')) break;
    const [name = '', ...ticks] = wordsOf(line);
    if (ticks.length < 7) continue;
    const seconds = (position: number): number => Number(ticks[position] ?? 0) / ticksPerSecond;
    const entry: CpuTimes = {
      cpu: name === 'cpu' ? 'cpu-total' : name,
      user: seconds(0),
      nice: seconds(1),
      system: seconds(2),
      idle: seconds(3),
      iowait: seconds(4),
      irq: seconds(5),
      softirq: seconds(6),
      steal: seconds(7),
      guest: seconds(8),
      guestNice: seconds(9),
    };
    if (name === 'cpu') total = entry;
    else times.push(entry);
  }
  return total === undefined ? times : [...times, total];
}

/** Sums all time of a processor; guest time is counted once, as part of user and nice. */
export function totalTime(times: Omit<CpuTimes, 'cpu'>): number {
  const { user, system, nice, iowait, irq, softirq, steal, idle } = times;
  return user + system + nice + iowait + irq + softirq + steal + idle;
}
