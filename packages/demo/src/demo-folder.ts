import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorMessage, makeDirectory, writeFileAtomic } from '@stratora/runtime';
import { z } from 'zod';

/** The state that a demo keeps, so that its plant is the same at the next start. */
const demoStateSchema = z.object({
  version: z.literal(1),
  /** Unix seconds of the first start, on which the times of the faults depend. */
  started_at: z.int(),
  /** UDP port of all devices; null until they have listened for the first time. */
  snmp_port: z.int().nullable(),
  admin_password: z.string(),
  communities: z.object({ network: z.string(), facility: z.string() }),
  /** Whether all nodes are entered, with their history. */
  is_complete: z.boolean(),
  /** Unix seconds of the last orderly end. */
  stopped_at: z.int().nullable(),
});
export type DemoState = z.infer<typeof demoStateSchema>;

/** The demo cannot start in this folder; the message says what to do. */
export class DemoRefusedError extends Error {
  override readonly name = 'DemoRefusedError';
}

const FILE = 'demo.json';

/** The data directory of a demo, with its state. */
export class DemoFolder {
  readonly dataDir: string;
  #state: DemoState;

  private constructor(dataDir: string, state: DemoState) {
    this.dataDir = dataDir;
    this.#state = state;
  }

  /**
   * Opens the folder of a demo, and makes one of an empty or absent folder.
   *
   * @param adminPassword first password of a new demo; a random one by default
   * @throws DemoRefusedError when the folder is used by something else: a demo must never write into a real system
   */
  static async open(dataDir: string, adminPassword?: string): Promise<DemoFolder> {
    const path = join(dataDir, FILE);
    if (existsSync(path)) return new DemoFolder(dataDir, await readState(path));
    const found = existsSync(dataDir) ? await readdir(dataDir) : [];
    if (found.length > 0) {
      throw new DemoRefusedError(
        `${dataDir} is not empty and holds no demo. Choose a folder of its own for it with --data-dir.`,
      );
    }
    await makeDirectory(dataDir);
    const folder = new DemoFolder(dataDir, {
      version: 1,
      started_at: Math.floor(Date.now() / 1_000),
      snmp_port: null,
      admin_password: adminPassword ?? randomBytes(12).toString('base64url'),
      communities: { network: mintCommunity(), facility: mintCommunity() },
      is_complete: false,
      stopped_at: null,
    });
    await folder.update({});
    return folder;
  }

  get state(): DemoState {
    return this.#state;
  }

  async update(change: Partial<DemoState>): Promise<void> {
    this.#state = { ...this.#state, ...change };
    // The file holds the password, so nobody else may read it.
    await writeFileAtomic(join(this.dataDir, FILE), `${JSON.stringify(this.#state, null, 2)}\n`, {
      mode: 0o600,
    });
  }
}

async function readState(path: string): Promise<DemoState> {
  try {
    return demoStateSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    throw new DemoRefusedError(
      `${path} is damaged (${errorMessage(error)}). Remove the folder to begin with a new demo.`,
    );
  }
}

function mintCommunity(): string {
  return `demo-${randomBytes(6).toString('hex')}`;
}
