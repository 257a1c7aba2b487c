import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { type Clock, sleep } from '@stratora/runtime';

/** The state directory is in use by another process. */
export class StateBusyError extends Error {
  constructor(directory: string) {
    super(`Another process is running on the state directory ${directory}`);
    this.name = 'StateBusyError';
  }
}

const POLL_MS = 200;

/**
 * Takes a state directory for this process. The lock is a name that the system frees with the process, however it
 * ends: an abstract unix socket (unix(7)) on Linux, a named pipe on Windows.
 * @param waitMs for a process that is about to end
 * @throws StateBusyError
 */
export async function lockState(
  directory: string,
  waitMs: number,
  clock: Clock,
): Promise<() => Promise<void>> {
  const name = createHash('sha256')
    .update(await realpath(directory))
    .digest('hex');
  const endsAt = clock.monotonic() + waitMs;
  for (;;) {
    const server = await listen(lockName(name));
    if (server) {
      server.unref();
      return () => new Promise((resolve) => server.close(() => resolve()));
    }
    if (clock.monotonic() >= endsAt) throw new StateBusyError(directory);
    await sleep(POLL_MS, clock);
  }
}

function lockName(name: string): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\stratora-${name}` : `\0stratora-${name}`;
}

function listen(path: string): Promise<Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => resolve(server));
  });
}
