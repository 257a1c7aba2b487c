import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Longest path of a socket: sun_path of unix(7) holds 108 bytes with the NUL at the end. */
const MAX_SOCKET_PATH_BYTES = 107;

/** The place where the intake listens. Without a path it takes a port of the loopback. */
export interface IntakePlace {
  readonly path: string | undefined;
  /** Folder to remove at the end. */
  readonly remove?: string;
}

/**
 * Chooses the path of the intake socket: in the state directory, or, where that path is too long for a socket, in a new
 * private folder (mode 0700) of the system's temporary one, which `remove` names. Windows has no unix sockets that Node
 * and Telegraf both know.
 */
export async function chooseSocketPath(
  stateDirectory: string,
  platform: NodeJS.Platform = process.platform,
): Promise<IntakePlace> {
  if (platform === 'win32') return { path: undefined };
  const path = join(await realpath(stateDirectory), 'intake.sock');
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES) return { path };
  const directory = await mkdtemp(join(tmpdir(), 'stratora-'));
  return { path: join(directory, 'intake.sock'), remove: directory };
}
