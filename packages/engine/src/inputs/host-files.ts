import type { BigIntStatsFs } from 'node:fs';
import { readdir, readFile, readlink, realpath, statfs } from 'node:fs/promises';
import type { Clock, TimerHandle } from '@stratora/runtime';
import { GatherError, type HostPaths, type InputContext } from '../input.ts';

/** Longest wait for a file, all of which the kernel makes up as they are read. */
const WAIT_MS = 1000;
/** Longest wait for one that can be done without, while another of those does not answer. */
const SHORT_WAIT_MS = 100;
/** The name of the shared service. */
export const HOST_FILES_SERVICE = 'engine.host-files';

/** Whether a gather can do without a file. */
type Need = 'needed' | 'extra';

/** The reads of one kind. */
interface Lane {
  /** Most threads that they may take at once. */
  readonly most: number;
  /** Paths that did not answer in time and keep their thread. */
  readonly stuck: Set<string>;
  running: number;
  /** Called when a read has ended, or is found to be stuck. */
  onChange: (() => void)[];
}

/** Errors for a file that is not there, whose owner is gone, or that is not for us. */
const ABSENT = new Set(['ENOENT', 'ESRCH', 'ENOTDIR', 'EINVAL', 'EACCES']);

/**
 * The files of /proc, /sys and so on, read so that none stops its neighbours. A driver that holds a lock keeps whoever
 * reads its file, and with it a thread of this process, of which there are few. Such a file is left alone until it
 * answers, and only so many of them may keep a thread.
 */
export class HostFiles {
  readonly paths: HostPaths;
  readonly #clock: Clock;
  readonly #lanes: Readonly<Record<Need, Lane>>;
  readonly #open = new Map<string, Promise<unknown>>();

  /** @param threads of this process for files and names; names may have half of them, what hangs here most of the rest */
  constructor(paths: HostPaths, clock: Clock, threads = 4) {
    this.paths = paths;
    this.#clock = clock;
    this.#lanes = {
      needed: { most: Math.max(1, Math.floor(threads / 4)), stuck: new Set(), running: 0, onChange: [] },
      extra: { most: Math.max(1, Math.floor(threads / 6)), stuck: new Set(), running: 0, onChange: [] },
    };
  }

  /** Number of reads under way, those that do not come back among them. */
  get open(): number {
    return this.#open.size;
  }

  /** Whether a file is being read. */
  isOpen(path: string): boolean {
    return this.#open.has(path);
  }

  /**
   * Reads a file that must be there, as text.
   *
   * @throws GatherError when it does not answer
   */
  async require(path: string): Promise<string> {
    const text = await this.#read(path, 'needed');
    if (text === undefined) throw new Error(`${path} cannot be read`);
    return text.toString('latin1');
  }

  /**
   * Reads a file as text; undefined where there is none.
   *
   * @throws GatherError when it does not answer
   */
  async text(path: string, need: Need = 'extra'): Promise<string | undefined> {
    return (await this.#read(path, need))?.toString('latin1');
  }

  /** Reads a file; see `text`. */
  bytes(path: string): Promise<Buffer | undefined> {
    return this.#read(path, 'extra');
  }

  /** Lists a folder; empty where there is none. */
  async list(path: string): Promise<readonly string[]> {
    return (await this.#unlessAbsent(this.within(path, 'needed', () => readdir(path)))) ?? [];
  }

  /** Reads where a link leads to; undefined where there is none. */
  link(path: string): Promise<string | undefined> {
    return this.#unlessAbsent(this.within(path, 'extra', () => readlink(path)));
  }

  /** Follows all links of a path; undefined where it leads nowhere. */
  real(path: string): Promise<string | undefined> {
    return this.#unlessAbsent(this.within(path, 'extra', () => realpath(path)));
  }

  /** Asks a file system for its counts. */
  counts(path: string): Promise<BigIntStatsFs> {
    return this.within(`file system ${path}`, 'extra', () => statfs(path, { bigint: true }));
  }

  #read(path: string, need: Need): Promise<Buffer | undefined> {
    return this.#unlessAbsent(this.within(path, need, () => readFile(path)));
  }

  async #unlessAbsent<T>(work: Promise<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      if (ABSENT.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
      throw error;
    }
  }

  /**
   * Waits for work that takes a thread.
   *
   * @throws GatherError when it does not come back in time, or too many others did not
   */
  async within<T>(path: string, need: Need, work: () => Promise<T>): Promise<T> {
    const lane = this.#lanes[need];
    const { asked } = await this.#start(path, lane, work);
    const waitMs = need === 'extra' && lane.stuck.size > 0 ? SHORT_WAIT_MS : WAIT_MS;
    let timer: TimerHandle | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = this.#clock.setTimeout(() => {
        lane.stuck.add(path);
        wake(lane);
        reject(silent(path));
      }, waitMs);
    });
    try {
      return await Promise.race([asked, late]);
    } finally {
      this.#clock.clearTimeout(timer);
    }
  }

  /** Starts work as soon as there is a thread for it; who reads the same at the same time shares it. */
  async #start<T>(path: string, lane: Lane, work: () => Promise<T>): Promise<{ readonly asked: Promise<T> }> {
    for (;;) {
      if (lane.stuck.has(path)) throw silent(path);
      const open = this.#open.get(path);
      if (open !== undefined) return { asked: open as Promise<T> };
      if (lane.running < lane.most) break;
      if (lane.stuck.size >= lane.most) {
        throw new GatherError('timeout', `Other files are not read while ${lane.most} do not answer.`);
      }
      await new Promise<void>((resolve) => lane.onChange.push(resolve));
    }
    lane.running += 1;
    const asked = work().finally(() => {
      this.#open.delete(path);
      lane.stuck.delete(path);
      lane.running -= 1;
      wake(lane);
    });
    this.#open.set(path, asked);
    return { asked };
  }
}

function wake(lane: Lane): void {
  for (const go of lane.onChange.splice(0)) go();
}

function silent(path: string): GatherError {
  return new GatherError('timeout', `${path} does not answer.`);
}

/** Returns the files of the host as the inputs of an engine share them. */
export function hostFilesOf({ services, host, clock }: InputContext): HostFiles {
  return services.get(HOST_FILES_SERVICE, () => new HostFiles(host, clock));
}
