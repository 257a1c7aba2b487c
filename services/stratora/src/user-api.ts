import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHttpClient, type HttpClient, OutboundError } from '@stratora/runtime';
import { CommandLineError } from './command-line-error.ts';

const TIMEOUT_MS = 30_000;
const LARGEST_ANSWER_BYTES = 16 * 1024 * 1024;

/** Where a command finds the server, and as whom it speaks. */
export interface UserApiOptions {
  server?: string | undefined;
  token?: string | undefined;
  tokenFile?: string | undefined;
  user?: string | undefined;
  caFile?: string | undefined;
  dataDir?: string | undefined;
}

/** The server refused a call, or did not answer it. */
export class CallFailed extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'CallFailed';
    this.code = code;
  }
}

/** A client of the user API for commands: one that is logged in. */
export class UserApi {
  readonly #client: HttpClient;
  readonly #url: string;
  #token: string;
  #heardAt: Date | undefined;

  private constructor(client: HttpClient, url: string, token: string) {
    this.#client = client;
    this.#url = url;
    this.#token = token;
  }

  /**
   * Opens a client. Without a server it is that of the system which runs on a data directory of this host; without a token
   * it logs in by user and password.
   * @throws CommandLineError, CallFailed
   */
  static async open(options: UserApiOptions, environment: NodeJS.ProcessEnv): Promise<UserApi> {
    const { url, ca } = await findServer(options, environment);
    const client = createHttpClient({
      baseUrl: url,
      timeoutMs: TIMEOUT_MS,
      maxResponseBytes: LARGEST_ANSWER_BYTES,
      ...(ca === undefined ? {} : { ca }),
    });
    const api = new UserApi(client, url, await findToken(options, environment));
    if (api.#token === '') await api.#login(options, environment);
    return api;
  }

  /** Makes a call below `/api/v1`. @returns the answer's JSON @throws CallFailed */
  async call<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = {
      accept: 'application/json',
      ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const given = body === undefined ? {} : { body: JSON.stringify(body) };
    try {
      const answer = await this.#client.request({ method, path: `/api/v1${path}`, headers, ...given });
      this.#heardAt = timeOf(answer.headers['date']) ?? this.#heardAt;
      if (answer.status >= 300) throw refused(answer.status, answer.text());
      return (answer.body.length === 0 ? undefined : answer.json()) as T;
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      throw new CallFailed(
        'server_not_reached',
        `The server at ${this.#url} is not reached: ${error.message}.`,
      );
    }
  }

  /** Returns the time by the server's clock, of its last answer: "now" is when the server says so. */
  get serverTime(): Date {
    return this.#heardAt ?? new Date();
  }

  close(): void {
    this.#client.close();
  }

  async #login({ user }: UserApiOptions, environment: NodeJS.ProcessEnv): Promise<void> {
    const username = user ?? environment['STRATORA_USER'];
    const password = environment['STRATORA_PASSWORD'];
    if (!username || !password) {
      throw new CommandLineError(
        'give a token (STRATORA_TOKEN or --token-file FILE), or a user (--user NAME) with STRATORA_PASSWORD',
        2,
      );
    }
    const answer = await this.call<{ access_token: string }>('POST', '/auth/token', { username, password });
    this.#token = answer.access_token;
  }
}

function timeOf(header: string | undefined): Date | undefined {
  const time = new Date(header ?? '');
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function refused(status: number, text: string): CallFailed {
  try {
    const problem = JSON.parse(text) as {
      code?: string;
      detail?: string;
      errors?: { path: string; message: string }[];
    };
    const faults = (problem.errors ?? []).map(({ path, message }) => `${path} ${message}`).join('; ');
    return new CallFailed(
      problem.code ?? 'refused',
      faults || problem.detail || `The server answered ${status}.`,
    );
  } catch {
    return new CallFailed('refused', `The server answered ${status}.`);
  }
}

async function findServer(options: UserApiOptions, environment: NodeJS.ProcessEnv) {
  const url = options.server ?? environment['STRATORA_SERVER_URL'];
  const caFile = options.caFile ?? environment['STRATORA_CA_FILE'];
  if (url) {
    if (!/^https?:\/\/[^\s]+$/i.test(url) || !URL.canParse(url)) {
      throw new CommandLineError('--server must be an https:// address');
    }
    return { url: url.replace(/\/+$/, ''), ca: caFile ? await read(caFile, '--ca-file') : undefined };
  }
  const dataDir = options.dataDir ?? (environment['STRATORA_DATA_DIR'] || 'data');
  let ready: { url: string; ca_file?: string | null };
  try {
    ready = JSON.parse(await readFile(join(dataDir, 'ready.json'), 'utf8')) as typeof ready;
  } catch {
    throw new CommandLineError(`no system runs on ${dataDir}; give its address with --server URL`, 2);
  }
  const file = caFile ?? ready.ca_file;
  return { url: ready.url, ca: file ? await read(file, '--ca-file') : undefined };
}

async function findToken(
  { token, tokenFile }: UserApiOptions,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const file = tokenFile ?? environment['STRATORA_TOKEN_FILE'];
  const text = token ?? (file ? await read(file, '--token-file') : environment['STRATORA_TOKEN']) ?? '';
  const found = text.trim();
  if (/[^\u0021-\u007e]/.test(found))
    throw new CommandLineError('the token holds characters that no token has');
  return found;
}

async function read(file: string, option: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new CommandLineError(`${option} cannot be read: ${(error as Error).message}`);
  }
}
