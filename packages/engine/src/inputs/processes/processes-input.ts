import { join } from 'node:path';
import { type Input, type InputPlugin, integer } from '../../input.ts';
import { GatherParts } from '../gather-parts.ts';
import { type HostFiles, hostFilesOf } from '../host-files.ts';
import { parseCount } from '../proc-file.ts';

/** Field by the state letter of /proc/PID/stat (proc_pid_stat(5)). */
const FIELD_BY_STATE: Readonly<Record<string, string>> = {
  R: 'running',
  S: 'sleeping',
  D: 'blocked',
  Z: 'zombies',
  X: 'dead',
  T: 'stopped',
  t: 'stopped',
  W: 'paging',
  I: 'idle',
  P: 'parked',
};

const ALWAYS = [
  'blocked',
  'dead',
  'idle',
  'paging',
  'running',
  'sleeping',
  'stopped',
  'total',
  'total_threads',
  'unknown',
  'zombies',
];

/** Reads at once: a host with thousands of processes must not fill the thread pool. */
const PARALLEL_READS = 8;

/** Position of the thread count, counted from the state. */
const THREADS_AT = 17;

export const plugin: InputPlugin<undefined> = {
  name: 'processes',
  parse: (options) => {
    if (options.boolean('use_sudo', false))
      options.fault('use_sudo', 'is not supported: /proc needs no sudo');
    return undefined;
  },
  create: (_, context): Input => ({
    gather: async (sink, signal) => {
      const parts = new GatherParts();
      const counts = await countProcesses(hostFilesOf(context), parts, signal);
      sink.metric(
        'processes',
        {},
        Object.fromEntries([...counts].map(([field, count]) => [field, integer(count)])),
      );
      parts.finish();
    },
  }),
};

async function countProcesses(
  files: HostFiles,
  parts: GatherParts,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>(ALWAYS.map((field) => [field, 0]));
  const add = (field: string, count: number): void =>
    void counts.set(field, (counts.get(field) ?? 0) + count);
  const { proc } = files.paths;
  const pids = (await files.list(proc)).filter((name) => /^\d+$/.test(name)).values();
  const readAll = async (): Promise<void> => {
    // All readers draw from one iterator.
    for (const pid of pids) {
      signal.throwIfAborted();
      let isSilent = true;
      const stat = await parts.take(async () => {
        const text = await files.text(join(proc, pid, 'stat'));
        isSilent = false;
        return text === undefined ? undefined : fieldsOfStat(text);
      });
      if (stat === undefined) {
        // It is there, and nobody can say how it is.
        if (isSilent) for (const field of ['total', 'unknown']) add(field, 1);
        continue;
      }
      // As Telegraf does, a letter that no kernel has used yet counts for the total alone.
      const field = FIELD_BY_STATE[stat[0] ?? ''];
      if (field !== undefined) add(field, 1);
      add('total', 1);
      add('total_threads', Number(parseCount(stat[THREADS_AT]) ?? 0n));
    }
  };
  await Promise.all(Array.from({ length: PARALLEL_READS }, readAll));
  return counts;
}

/** Splits the fields of /proc/PID/stat after the program's name; undefined where there are none. */
function fieldsOfStat(text: string): string[] | undefined {
  // The name may hold anything, closing brackets included.
  const end = text.lastIndexOf(')');
  return end < 0 ? undefined : text.slice(end + 2).split(' ');
}
