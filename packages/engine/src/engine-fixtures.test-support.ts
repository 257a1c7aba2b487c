import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A component's end of the socket: takes lines and statuses, or answers as it was set to. */
export class FakeComponent {
  readonly lines: string[] = [];
  readonly batches: string[] = [];
  readonly statuses: { targets: Record<string, string>[]; database: string | null }[] = [];
  /** Status of the answers to `/write`. */
  answer = 204;
  readonly socketPath: string;
  readonly #folder: string;
  #server: Server | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
    this.socketPath = join(folder, 'engine.sock');
  }

  static async create(): Promise<FakeComponent> {
    return new FakeComponent(await mkdtemp(join(tmpdir(), 'stratora-engine-')));
  }

  get folder(): string {
    return this.#folder;
  }

  /** The output block that a component would append. */
  get output(): string {
    return `[[outputs.influxdb]]\nurls = ["unix://${this.socketPath}"]\n`;
  }

  async start(): Promise<void> {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const url = new URL(request.url ?? '/', 'http://component');
        const isStatus = url.pathname === '/status';
        if (isStatus) {
          const { targets } = JSON.parse(text) as { targets: Record<string, string>[] };
          this.statuses.push({ targets, database: url.searchParams.get('db') });
        } else if (this.answer === 204) {
          this.batches.push(text);
          this.lines.push(...text.split('\n').filter((line) => line !== ''));
        }
        response.statusCode = isStatus ? 204 : this.answer;
        response.end();
      });
    });
    await new Promise<void>((resolve) => {
      this.#server?.listen(this.socketPath, resolve);
    });
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Waits for something that real input and output bring about. */
export async function until(isDone: () => boolean, what: string, limitMs = 20_000): Promise<void> {
  const endsAt = performance.now() + limitMs;
  while (!isDone()) {
    if (performance.now() > endsAt) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}
