import { runProcess } from '@stratora/runtime';
import { PROGRAM_ENVIRONMENT } from '../program-environment.ts';
import type { FileSystemCounts } from './mount-usage.ts';

/**
 * The outcome of a run of `stat`: counts by path, without those that cannot be read; `silent` when it did not end in
 * time, `unusable` when this host has no such program.
 */
export type StatAnswer = ReadonlyMap<string, FileSystemCounts> | 'silent' | 'unusable';

/** Numbers of a file system and its path, for stat(1) of GNU, BusyBox and toybox. */
const FORMAT = '%b %f %a %S %s %c %d %n';
const LINE = /^(\d+) (\d+) (-?\d+) (\d+) (\d+) (\d+) (-?\d+) (.*)$/s;
/** Path that every host can tell something of; a program that does not is not the one that is meant. */
const PROOF = '/';

/**
 * Asks file systems, by absolute paths, from a process of its own. One that does not answer keeps who asks, often beyond
 * SIGKILL: a thread of this process would then neither come back nor let it end.
 *
 * @param onGone called when the process is gone, which may be long after the answer
 */
export async function askStat(
  command: string,
  paths: readonly string[],
  { timeoutMs, onGone }: { readonly timeoutMs: number; readonly onGone?: () => void },
): Promise<StatAnswer> {
  try {
    const { stdout, timedOut } = await runProcess({
      command,
      args: ['-f', '-c', FORMAT, '--', PROOF, ...paths],
      cwd: '/',
      env: PROGRAM_ENVIRONMENT,
      timeoutMs,
      ...(onGone ? { onGone } : {}),
    });
    const counts = parseAnswer(stdout);
    if (timedOut) return 'silent';
    return counts.has(PROOF) ? counts : 'unusable';
  } catch {
    return 'unusable';
  }
}

function parseAnswer(output: string): ReadonlyMap<string, FileSystemCounts> {
  const counts = new Map<string, FileSystemCounts>();
  // A path may hold a line feed: a line ends where the numbers of the next begin.
  for (const line of output.split(/\n(?=\d+ \d+ -?\d+ \d+ \d+ \d+ -?\d+ \/|$)/)) {
    const found = LINE.exec(line);
    if (found === null) continue;
    const [blocks = 0n, bfree = 0n, bavail = 0n, frsize = 0n, bsize = 0n, files = 0n, ffree = 0n] = found
      .slice(1, 8)
      .map(BigInt);
    counts.set(found[8] ?? '', { blocks, bfree, bavail, frsize, bsize, files, ffree });
  }
  return counts;
}
