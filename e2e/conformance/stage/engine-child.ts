import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** The lines and the log of one engine. */
export interface EngineOutput {
  /** Bodies of all its writes, in the order of their arrival. */
  readonly lines: string;
  readonly log: string;
  /** Bodies of all its reports on targets, in the order of their arrival; Telegraf makes none. */
  readonly statuses: readonly string[];
  readonly exitCode: number | null;
}

export interface EngineSpec {
  /** Name of the engine and its files, unique within a stage. */
  readonly name: string;
  /** Program and arguments of the engine; the path of its telegraf.conf comes after them. */
  readonly command: readonly string[];
  /** Text of its telegraf.conf, without an output. */
  readonly conf: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
}

/** A running engine, and a socket of its own that it writes to, like that of a component. */
export class EngineChild {
  readonly #chunks: Buffer[] = [];
  readonly #statuses: string[] = [];
  readonly #server: Server;
  readonly #child: ChildProcess;
  #log = '';

  private constructor(server: Server, child: ChildProcess) {
    this.#server = server;
    this.#child = child;
  }

  static async start(spec: EngineSpec): Promise<EngineChild> {
    const socket = join(spec.folder, `${spec.name}.sock`);
    const file = join(spec.folder, `${spec.name}.conf`);
    writeFileSync(file, spec.conf + outputOf(socket));
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(socket, resolve);
    });
    const [program = '', ...args] = spec.command;
    const child = spawn(program, [...args, file], {
      env: { ...spec.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: spec.folder,
    });
    const engine = new EngineChild(server, child);
    engine.#listen();
    return engine;
  }

  async stop(): Promise<EngineOutput> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const gone = once(this.#child, 'exit');
      this.#child.kill('SIGTERM');
      const timer = setTimeout(() => this.#child.kill('SIGKILL'), 8_000);
      await gone;
      clearTimeout(timer);
    }
    this.#server.closeAllConnections();
    this.#server.close();
    const lines = Buffer.concat(this.#chunks).toString('utf8');
    return { lines, log: this.#log, statuses: this.#statuses, exitCode: this.#child.exitCode };
  }

  #listen(): void {
    const take = (chunk: Buffer): void => {
      this.#log += chunk.toString();
    };
    this.#child.stdout?.on('data', take);
    this.#child.stderr?.on('data', take);
    this.#server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (chunk: Buffer) => parts.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(parts);
        const isPacked = request.headers['content-encoding'] === 'gzip';
        if (request.url?.startsWith('/write') === true) this.#chunks.push(isPacked ? gunzipSync(body) : body);
        if (request.url?.startsWith('/status')) this.#statuses.push(body.toString());
        response.writeHead(204).end();
      });
    });
  }
}

/** Renders the output that a component adds, so that the product's own output is compared. */
function outputOf(socket: string): string {
  return `
[[outputs.influxdb]]
urls = ["unix://${socket}"]
database = "stratora"
skip_database_creation = true
content_encoding = "identity"
timeout = "10s"
`;
}
