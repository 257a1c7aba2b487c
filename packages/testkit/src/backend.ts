import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RegisterRequest } from '@stratora/contract';
import { type Clock, type Logger, silentLogger } from '@stratora/runtime';
import { type App, createApp, type ServerConfig } from '@stratora/server';
import { Client } from 'pg';
import { startDatabase, type TestDatabase } from './database.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
export const BACKEND_ADMIN_PASSWORD = 'correct horse battery';
const LEAST_HASH_COST = 4;
/** Hash of that password as the server makes it, but of the least cost: a whole one takes a quarter of a second of a core. */
const ADMIN_HASH = '$2b$04$I5/y5xjq5nrSI14R6ncf8u2aXcJqmIgefWtcFA4y0P9PzkR7yYElq';

const HOST = { component_type: 'collector', version: '1', os: 'linux', arch: 'x64' } as const;

export interface BackendOptions {
  /** A database to share; without it the backend has one of its own, ended by `stop`. */
  database?: TestDatabase;
  databaseUrl?: string;
  config?: Partial<ServerConfig>;
  logger?: Logger;
  /** Cost of bcrypt; the least by default, since a whole one takes a quarter of a second of a core. */
  hashCost?: number;
  /** The clock of the backend; the system's by default. */
  clock?: Clock;
  /** Whether collectors are given readings of neighbours by themselves; false by default: a test counts the jobs that it made. */
  readsNeighbours?: boolean;
}

export interface BackendCall {
  body?: unknown;
  /** Body that is sent as it is, instead of `body`. */
  raw?: string | Uint8Array;
  headers?: Record<string, string>;
  /** The bearer token. */
  token?: string | undefined;
  /** The API key of a component. */
  key?: string | undefined;
}

export interface BackendAnswer {
  status: number;
  headers: Headers;
  text: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of any shape
  json: any;
}

/** What a component says of itself and its host when it registers. */
export type RegisteredHost = { hostname: string } & Partial<RegisterRequest>;

/** A backend in this process, on a real PostgreSQL, over real HTTP. The metric store is away unless given. */
export interface TestBackend {
  readonly app: App;
  readonly database: TestDatabase;
  readonly url: string;
  readonly config: ServerConfig;
  /** Bearer token of the administrator. */
  readonly adminToken: string;
  call(method: string, path: string, call?: BackendCall): Promise<BackendAnswer>;
  /** Calls the API as the administrator; throws unless the answer is 2xx. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers of any shape
  admin(method: string, path: string, body?: unknown): Promise<any>;
  login(username: string, password: string): Promise<string>;
  /** Registers a component by an enrollment token: a collector on Linux, unless the host says otherwise. */
  register(token: string, host: RegisteredHost): Promise<BackendAnswer>;
  stop(): Promise<void>;
}

export async function startBackend(options: BackendOptions = {}): Promise<TestBackend> {
  const database = options.database ?? (await startDatabase());
  const dataDir = await mkdtemp(join(tmpdir(), 'stratora-backend-'));
  const config: ServerConfig = {
    databaseUrl: options.databaseUrl ?? database.url,
    internalPort: 0,
    publicUrl: 'https://stratora.test:8443',
    publicOrigins: [],
    outboundAllow: [],
    metricsWriteUrl: 'http://127.0.0.1:1',
    metricsReadUrl: 'http://127.0.0.1:1',
    dataDir,
    webDir: undefined,
    templatesDir: join(ROOT, 'templates'),
    alertDefinitionsDir: join(ROOT, 'alert-definitions'),
    identificationDir: join(ROOT, 'identification'),
    migrationsDir: join(ROOT, 'packages/server/migrations'),
    programDir: undefined,
    adminPassword: BACKEND_ADMIN_PASSWORD,
    credentialKeys: new Map([[1, '11'.repeat(32)]]),
    credentialKeyFile: undefined,
    localEnrollmentTokenFile: undefined,
    proxySecret: 'proxy-secret',
    caFile: undefined,
    version: '0.0.0-test',
    tls: undefined,
    ...options.config,
  };
  const app = await createApp(config, {
    logger: options.logger ?? silentLogger(),
    hashCost: options.hashCost ?? LEAST_HASH_COST,
    ...(options.clock ? { clock: options.clock } : {}),
  });
  async function stop(): Promise<void> {
    await app.stop();
    if (!options.database) await database.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  try {
    const hasOwnDatabase = options.databaseUrl === undefined;
    if (hasOwnDatabase && config.adminPassword === BACKEND_ADMIN_PASSWORD) await addAdmin(database.url);
    if (hasOwnDatabase && options.readsNeighbours !== true) await readNoNeighbours(database.url);
    return await startBuilt({ app, config, database, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Adds the administrator that the server would make at its first start, where there is no user yet. */
async function addAdmin(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `WITH made AS (
        INSERT INTO users (username, display_name, role, password_hash, must_change_password)
        SELECT 'admin', 'Administrator', 'admin', $1, false WHERE NOT EXISTS (SELECT FROM users)
        RETURNING username)
      INSERT INTO audit_log (actor, action, object_type, detail)
      SELECT 'server', 'user.create', 'user', jsonb_build_object('name', username) FROM made`,
      [ADMIN_HASH],
    );
  } finally {
    await client.end();
  }
}

/** Sets that no neighbours are read, where nobody has set anything yet. */
async function readNoNeighbours(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `INSERT INTO settings (key, value) VALUES ('product', '{"neighbour_interval_seconds":0}') ON CONFLICT DO NOTHING`,
    );
  } finally {
    await client.end();
  }
}

/** Starts the built app, and logs its administrator in. */
async function startBuilt(
  parts: Pick<TestBackend, 'app' | 'config' | 'database' | 'stop'>,
): Promise<TestBackend> {
  const { app, config } = parts;
  const { internalPort } = await app.start();
  const url = `http://127.0.0.1:${internalPort}`;
  const call = callerOf(url);

  async function login(username: string, password: string): Promise<string> {
    const answer = await call('POST', '/api/v1/auth/token', { body: { username, password } });
    if (answer.status !== 200) throw new Error(`login answered ${answer.status}: ${answer.text}`);
    return (answer.json as { access_token: string }).access_token;
  }

  const adminToken = config.adminPassword === undefined ? '' : await login('admin', config.adminPassword);
  return {
    ...parts,
    url,
    adminToken,
    call,
    login,
    register: (token, host) => {
      const body = { ...HOST, ...host, enrollment_token: token };
      return call('POST', '/api/v1/components/register', { body });
    },
    async admin(method, path, body) {
      const answer = await call(method, path, { token: adminToken, ...(body === undefined ? {} : { body }) });
      if (answer.status >= 300)
        throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
      return answer.json as unknown;
    },
  };
}

function callerOf(url: string): TestBackend['call'] {
  return async (method, path, given = {}) => {
    const headers: Record<string, string> = { ...given.headers };
    if (given.token !== undefined) headers['authorization'] = `Bearer ${given.token}`;
    if (given.key !== undefined) headers['x-api-key'] = given.key;
    if (given.body !== undefined) headers['content-type'] = 'application/json';
    const body = given.raw ?? (given.body === undefined ? undefined : JSON.stringify(given.body));
    const answer = await fetch(url + path, {
      method,
      headers,
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    return {
      status: answer.status,
      headers: answer.headers,
      text,
      json: isJson && text !== '' ? (JSON.parse(text) as unknown) : undefined,
    };
  };
}
