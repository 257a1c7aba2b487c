import { randomBytes } from 'node:crypto';
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, sleep, systemClock, writeFileAtomic } from '@stratora/runtime';
import { identify, isRunning, type ProcessIdentity } from './process-identity.ts';

interface LockContent extends ProcessIdentity {
  state: 'running' | 'stopping';
  url?: string;
}

export interface DataLock {
  /** Writes the address of this launcher into the lock, for a second start to show. */
  announce(url: string): Promise<void>;
  /** Marks this launcher as stopping: from now on a new start waits for its end instead of giving up. */
  markStopping(): Promise<void>;
  release(): Promise<void>;
}

/** Another launcher works on this data directory. */
export class DataDirectoryBusyError extends Error {
  readonly holder: ProcessIdentity & { url?: string };

  constructor(dataDir: string, holder: LockContent) {
    const where = holder.url ? `, at ${holder.url}` : '';
    super(`Stratora is already running on ${dataDir} (process ${holder.pid}${where}).`);
    this.name = 'DataDirectoryBusyError';
    this.holder = holder;
  }
}

const POLL_MS = 100;
const GUARD_POLL_MS = 10;
const STALE_GUARD_MS = 10_000;

export interface LockOptions {
  /** Milliseconds to wait for a holder that is about to end. */
  waitForStoppingMs?: number;
  clock?: Clock;
}

/**
 * Takes the data directory for this process. The lock is a file that names its holder by pid and start time, so it
 * needs no cleaning up after SIGKILL or a power cut: a holder that is gone is replaced.
 * @throws DataDirectoryBusyError
 */
export async function lockDataDirectory(dataDir: string, options: LockOptions = {}): Promise<DataLock> {
  const { waitForStoppingMs = 15_000, clock = systemClock } = options;
  const path = join(dataDir, 'lock');
  const own: LockContent = { ...identify(process.pid), state: 'running' };
  const endsAt = clock.monotonic() + waitForStoppingMs;
  while (!(await create(path, own))) {
    const holder = await readHolder(path);
    if (holder === 'gone') continue;
    if (holder === 'unreadable' || !isRunning(holder)) {
      await removeStale(path, clock);
      continue;
    }
    if (holder.state !== 'stopping' || clock.monotonic() >= endsAt) {
      throw new DataDirectoryBusyError(dataDir, holder);
    }
    await sleep(POLL_MS, clock);
  }
  const write = () => writeFileAtomic(path, JSON.stringify(own));
  return {
    async announce(url) {
      own.url = url;
      await write();
    },
    async markStopping() {
      own.state = 'stopping';
      await write();
    },
    release: () => rm(path, { force: true }),
  };
}

/** Creates the lock with its whole content or not at all; false when there is one already. */
async function create(path: string, content: LockContent): Promise<boolean> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  await writeFile(temporary, JSON.stringify(content), { mode: 0o600, flag: 'wx' });
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function readHolder(path: string): Promise<LockContent | 'gone' | 'unreadable'> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'gone';
    throw error;
  }
  try {
    const content = JSON.parse(text) as Partial<LockContent>;
    if (typeof content.pid !== 'number' || typeof content.started !== 'string') return 'unreadable';
    return content as LockContent;
  } catch {
    return 'unreadable';
  }
}

/**
 * Removes a lock whose holder is gone. One start at a time does so, looking again once it may: else the removal of a
 * slow one would hit the fresh lock of a quick one.
 */
async function removeStale(path: string, clock: Clock): Promise<void> {
  const guard = `${path}.removal`;
  try {
    await writeFile(guard, '', { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    await removeStaleGuard(guard);
    await sleep(GUARD_POLL_MS, clock);
    return;
  }
  try {
    const holder = await readHolder(path);
    const isStale = holder !== 'gone' && (holder === 'unreadable' || !isRunning(holder));
    if (isStale) await rm(path, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

/**
 * Removes a guard so old that its process must have been killed in the middle of a removal, which takes milliseconds.
 */
async function removeStaleGuard(guard: string): Promise<void> {
  const found = await stat(guard).catch(() => undefined);
  if (found !== undefined && Date.now() - found.mtimeMs > STALE_GUARD_MS) await rm(guard, { force: true });
}
