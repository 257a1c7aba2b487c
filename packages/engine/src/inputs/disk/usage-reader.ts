import { GatherError } from '../../input.ts';
import type { HostFiles } from '../host-files.ts';
import { type FileSystemCounts, type MountUsage, toUsage } from './mount-usage.ts';
import { askStat } from './stat-program.ts';

/** A mount and the path by which this process reaches it. */
export interface AskedMount {
  readonly id: string;
  readonly path: string;
}

/** The answer of a mount: its usage, `silent` when it does not answer, undefined when it cannot be asked. */
export type UsageAnswer = MountUsage | 'silent' | undefined;

/** Most processes that wait for one file system each, those that can no longer be ended among them. */
const MAX_WAITING = 64;
/** Longest list of paths of one process, well below the kernel's limit. */
const MAX_LIST_LENGTH = 60_000;

/**
 * Asks file systems for their usage. Those that answered last time are asked together; one that does not answer (a lost
 * server, a stopped daemon) is asked alone from then on, until it does, and keeps no other waiting.
 */
export class UsageReader {
  readonly #files: HostFiles;
  readonly #command: string;
  /** Mounts that did not answer last time, by id; true for those that could not even be asked. */
  #silent = new Map<string, boolean>();
  /** Mounts whose own process has not come back. */
  readonly #waiting = new Set<string>();

  constructor(files: HostFiles, command = 'stat') {
    this.#files = files;
    this.#command = command;
  }

  /**
   * Asks all mounts.
   *
   * @param timeoutMs how long to wait for one; all take twice that at most
   * @returns answers by id of the mount
   */
  async read(mounts: readonly AskedMount[], timeoutMs: number): Promise<ReadonlyMap<string, UsageAnswer>> {
    const round: Round = { timeoutMs, answers: new Map(), unasked: new Set() };
    const silent = mounts.filter(({ id }) => this.#silent.has(id));
    // Whoever had no turn last time comes first.
    silent.sort((a, b) => Number(this.#silent.get(b.id)) - Number(this.#silent.get(a.id)));
    await Promise.all([
      ...listsOf(mounts.filter(({ id }) => !this.#silent.has(id))).map((list) =>
        this.#askTogether(list, round),
      ),
      ...silent.map((mount) => this.#askAlone(mount, round)),
    ]);
    this.#silent = new Map(
      [...round.answers].flatMap(([id, answer]) =>
        answer === 'silent' ? [[id, round.unasked.has(id)]] : [],
      ),
    );
    return round.answers;
  }

  async #askTogether(mounts: readonly AskedMount[], round: Round): Promise<void> {
    const paths = mounts.map(({ path }) => path);
    const counts = await askStat(this.#command, paths, round);
    if (counts === 'silent') await Promise.all(mounts.map((mount) => this.#askAlone(mount, round)));
    else if (counts === 'unusable') await Promise.all(mounts.map((mount) => this.#askByThread(mount, round)));
    else for (const { id, path } of mounts) round.answers.set(id, usageOf(counts.get(path)));
  }

  async #askAlone(mount: AskedMount, round: Round): Promise<void> {
    const { id, path } = mount;
    round.answers.set(id, 'silent');
    if (this.#waiting.has(id)) return;
    if (this.#waiting.size >= MAX_WAITING) {
      round.unasked.add(id);
      return;
    }
    this.#waiting.add(id);
    const onGone = (): void => void this.#waiting.delete(id);
    const counts = await askStat(this.#command, [path], { timeoutMs: round.timeoutMs, onGone });
    if (counts === 'unusable') await this.#askByThread(mount, round);
    else if (counts !== 'silent') round.answers.set(id, usageOf(counts.get(path)));
  }

  /** Asks by a thread of this process, where there is no program to ask. */
  async #askByThread({ id, path }: AskedMount, { answers }: Round): Promise<void> {
    try {
      answers.set(id, toUsage(await this.#files.counts(path)));
    } catch (error) {
      answers.set(id, error instanceof GatherError ? 'silent' : undefined);
    }
  }
}

/** One question to all mounts. */
interface Round {
  readonly timeoutMs: number;
  readonly answers: Map<string, UsageAnswer>;
  /** Mounts for which there was no process left. */
  readonly unasked: Set<string>;
}

/** Splits mounts into lists that one command line holds. */
function listsOf(mounts: readonly AskedMount[]): readonly (readonly AskedMount[])[] {
  const lists: AskedMount[][] = [];
  let length = Number.POSITIVE_INFINITY;
  for (const mount of mounts) {
    length += mount.path.length;
    if (length > MAX_LIST_LENGTH) {
      lists.push([]);
      length = mount.path.length;
    }
    lists.at(-1)?.push(mount);
  }
  return lists;
}

function usageOf(counts: FileSystemCounts | undefined): MountUsage | undefined {
  return counts === undefined ? undefined : toUsage(counts);
}
