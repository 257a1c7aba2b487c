import { randomBytes, timingSafeEqual } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { errorMessage, type Logger, makeDirectory } from '@stratora/runtime';
import { SpoolFullError } from '../spool/spool.ts';
import { cleanLines } from './clean-lines.ts';
import { BodyError, readBody } from './request-body.ts';
import { parseTargets, type TargetReport } from './target-report.ts';

export interface IntakeOptions {
  /**
   * Path of the unix socket; undefined where there are no unix sockets: then it listens on a port of the loopback, and
   * engines must log in.
   */
  socketPath: string | undefined;
  logger: Logger;
  /** Resolves once the lines are kept; see `Spool.append`. `generation` as in `onOutput`. */
  append: (lines: Buffer, generation: string | undefined) => Promise<void>;
  /** Called when the engine gave output. `generation` is what the config's output block names as its database. */
  onOutput: (generation: string | undefined) => void;
  onTargets: (targets: TargetReport[], generation: string | undefined) => void;
}

const MAX_WRITE_BYTES = 32 * 1024 * 1024;
const MAX_STATUS_BYTES = 16 * 1024 * 1024;

/** User name of the login; the password alone is secret. */
const LOGIN_NAME = 'engine';
const PASSWORD_BYTES = 32;
const RETRY_AFTER_SECONDS = '5';

/**
 * The server that takes what the engine gathered: InfluxDB's v1 write API on a unix socket that only this user can
 * open, or on a port of 127.0.0.1 with a password that is made at each start and is written to the engine's config file
 * alone. 204 means that the spool has it.
 */
export class IntakeServer {
  readonly #options: IntakeOptions;
  readonly #server: Server;
  readonly #password = randomBytes(PASSWORD_BYTES).toString('base64url');

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#server = createServer({ keepAliveTimeout: 75_000, requestTimeout: 30_000, headersTimeout: 10_000 });
    this.#server.on('request', (request, response) => {
      void this.#handle(request, response);
    });
    this.#server.on('clientError', (_, socket) => socket.destroy());
  }

  /** The address of the engine's output, its login in it; known once the server was started. */
  get url(): string {
    const { socketPath } = this.#options;
    if (socketPath !== undefined) return `unix://${socketPath}`;
    const { port } = this.#server.address() as AddressInfo;
    return `http://${LOGIN_NAME}:${this.#password}@127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    const { socketPath } = this.#options;
    if (socketPath === undefined) {
      await new Promise<void>((resolve, reject) => {
        this.#server.once('error', reject);
        this.#server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, resolve);
      });
      return;
    }
    await makeDirectory(dirname(socketPath));
    // The state directory is ours alone (StateLock), so a socket that is there is one that a killed process left.
    await rm(socketPath, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(socketPath, resolve);
    });
    await chmod(socketPath, 0o600);
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeIdleConnections();
      setTimeout(() => this.#server.closeAllConnections(), 1000).unref();
    });
    if (this.#options.socketPath !== undefined) await rm(this.#options.socketPath, { force: true });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      this.#requireLogin(request);
      const url = new URL(request.url ?? '/', 'http://intake');
      const route = `${request.method} ${url.pathname}`;
      if (route === 'POST /write') await this.#write(request, url);
      else if (route === 'POST /status') await this.#status(request, url);
      else {
        request.resume();
        answer(response, 404, { error: 'no such path' });
        return;
      }
      response.writeHead(204).end();
    } catch (error) {
      this.#refuse(response, error);
    }
  }

  /**
   * Requires the login of the engine's config. Whoever can open the socket is this user; a port of the loopback is open
   * to every user of the host.
   * @throws BodyError 401 without a login, 503 with that of another start
   */
  #requireLogin(request: IncomingMessage): void {
    if (this.#options.socketPath !== undefined) return;
    const header = request.headers.authorization ?? '';
    const given = Buffer.from(header);
    const expected = Buffer.from(basicLogin(this.#password));
    if (given.length === expected.length && timingSafeEqual(given, expected)) return;
    // An engine with the config of an earlier start: the new one is on its way, and Telegraf drops a batch on any 4xx.
    const [scheme, login = ''] = header.split(' ');
    const isEngine = Buffer.from(login, 'base64').toString('latin1').startsWith(`${LOGIN_NAME}:`);
    if (scheme === 'Basic' && isEngine) throw new BodyError(503, 'this login is not of this start');
    throw new BodyError(401, 'who writes here must log in');
  }

  async #write(request: IncomingMessage, url: URL): Promise<void> {
    const precision = url.searchParams.get('precision') ?? 'ns';
    if (precision !== 'ns' && precision !== 'n') throw new BodyError(400, 'precision must be ns');
    const body = await readBody(request, MAX_WRITE_BYTES);
    const generation = generationIn(url);
    if (body.length > 0) await this.#options.append(cleanLines(body), generation);
    this.#options.onOutput(generation);
  }

  async #status(request: IncomingMessage, url: URL): Promise<void> {
    const body = await readBody(request, MAX_STATUS_BYTES);
    let parsed: unknown;
    try {
      parsed = JSON.parse(body.toString('utf8'));
    } catch {
      throw new BodyError(400, 'the body is not JSON');
    }
    const targets = parseTargets(parsed);
    if (!targets) throw new BodyError(400, 'targets must be a list');
    this.#options.onTargets(targets, generationIn(url));
  }

  #refuse(response: ServerResponse, error: unknown): void {
    if (response.headersSent) {
      response.destroy();
      return;
    }
    if (error instanceof BodyError) {
      // What is left of the body is not read: the connection ends with the answer.
      response.setHeader('connection', 'close');
      if (error.status === 503) response.setHeader('retry-after', RETRY_AFTER_SECONDS);
      answer(response, error.status, { error: error.message });
      return;
    }
    const full = error instanceof SpoolFullError;
    if (!full) this.#options.logger.error({ err: error }, 'intake failed');
    response.setHeader('retry-after', RETRY_AFTER_SECONDS);
    answer(response, 503, { error: full ? errorMessage(error) : 'the spool cannot be written' });
  }
}

function generationIn(url: URL): string | undefined {
  return url.searchParams.get('db') || undefined;
}

function basicLogin(password: string): string {
  return `Basic ${Buffer.from(`${LOGIN_NAME}:${password}`).toString('base64')}`;
}

/**
 * Answers with words in `error`, where Telegraf looks for reasons to drop a batch, also on a 503: never "partial write",
 * "unable to parse", "database not found", "retention policy" or "hinted handoff".
 */
function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
