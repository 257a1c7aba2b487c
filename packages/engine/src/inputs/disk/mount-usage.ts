import type { BigIntStatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import type { Clock, TimerHandle } from '@stratora/runtime';

/** Bytes and inodes of a file system. */
export interface MountUsage {
  readonly total: bigint;
  /** Bytes that an unprivileged user may still take. */
  readonly free: bigint;
  readonly used: bigint;
  readonly inodesTotal: bigint;
  readonly inodesFree: bigint;
  readonly inodesUsed: bigint;
}

/**
 * Most file systems that may keep a thread each without an answer. There are four threads for all file access of the
 * process: a server of network file systems that is away must not take them all.
 */
const MAX_STUCK = 2;

/** Asks file systems for their usage; one that does not answer (a lost NFS server) is left alone until it does. */
export class UsageReader {
  readonly #clock: Clock;
  readonly #pending = new Map<string, Promise<BigIntStatsFs | undefined>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * @param timeoutMs how long to wait
   * @returns undefined when it cannot be read, or does not answer
   */
  async read(path: string, timeoutMs: number): Promise<MountUsage | undefined> {
    if (this.#pending.has(path) || this.#pending.size >= MAX_STUCK) return undefined;
    const asked = statfs(path, { bigint: true })
      .catch(() => undefined)
      .finally(() => this.#pending.delete(path));
    this.#pending.set(path, asked);
    let timer: TimerHandle | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = this.#clock.setTimeout(() => resolve(undefined), timeoutMs);
    });
    const answer = await Promise.race([asked, late]);
    this.#clock.clearTimeout(timer);
    return answer === undefined ? undefined : toUsage(answer);
  }
}

function toUsage({ blocks, bfree, bavail, bsize, files, ffree }: BigIntStatsFs): MountUsage {
  return {
    total: blocks * bsize,
    free: bavail * bsize,
    used: (blocks - bfree) * bsize,
    inodesTotal: files,
    inodesFree: ffree,
    inodesUsed: files < ffree ? 0n : files - ffree,
  };
}
