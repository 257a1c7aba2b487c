import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Component, CreatedEnrollmentToken, ListAnswer } from '@stratora/contract';
import { REPOSITORY, type StratoraSystem } from './stratora-system.ts';
import { waitFor } from './wait-for.ts';

/** A collector or an agent in a process of its own, as at a remote site, enrolled with a token of the API. */
export class RemoteComponent {
  readonly type: 'collector' | 'agent';
  readonly hostname: string;
  readonly stateDir: string;
  readonly #environment: Record<string, string>;
  #child: ChildProcess | undefined;
  printed = '';

  private constructor(
    type: 'collector' | 'agent',
    hostname: string,
    folder: string,
    environment: Record<string, string>,
  ) {
    this.type = type;
    this.hostname = hostname;
    this.stateDir = join(folder, 'state');
    this.#environment = environment;
  }

  static async start(
    system: StratoraSystem,
    type: 'collector' | 'agent',
    hostname: string,
  ): Promise<RemoteComponent> {
    const folder = await mkdtemp(join(tmpdir(), 'stratora-remote-'));
    const { token } = await system.api.post<CreatedEnrollmentToken>('/api/v1/enrollment-tokens', {
      auto_approve: true,
    });
    await writeFile(join(folder, 'token'), token, { mode: 0o600 });
    await writeFile(join(folder, 'ca.pem'), await readFile(system.ready.ca_file));
    const node = join(REPOSITORY, 'node_modules/.bin/node');
    const component = new RemoteComponent(type, hostname, folder, {
      PATH: process.env['PATH'] ?? '',
      STRATORA_SERVER_URL: system.ready.url,
      STRATORA_CA_FILE: join(folder, 'ca.pem'),
      STRATORA_ENROLLMENT_TOKEN_FILE: join(folder, 'token'),
      STRATORA_STATE_DIR: join(folder, 'state'),
      STRATORA_HOSTNAME: hostname,
      STRATORA_ENGINE_COMMAND: JSON.stringify([node, join(REPOSITORY, 'dist/stratora.mjs'), 'engine']),
    });
    component.launch();
    return component;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get socketPath(): string {
    return join(this.stateDir, 'intake.sock');
  }

  launch(): void {
    const child = spawn(
      join(REPOSITORY, 'node_modules/.bin/node'),
      [join(REPOSITORY, `dist/${this.type}.mjs`)],
      {
        env: this.#environment,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const keep = (chunk: Buffer) => {
      this.printed = (this.printed + chunk.toString()).slice(-100_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.#child = child;
  }

  /** As the server sees it, once it has enrolled. */
  async registered(system: StratoraSystem): Promise<Component> {
    return waitFor(
      async () => {
        const { items } = await system.api.get<ListAnswer<Component>>('/api/v1/components?limit=500');
        return items.find(
          ({ hostname, component_type: type }) => hostname === this.hostname && type === this.type,
        );
      },
      { what: `enrollment of ${this.hostname}` },
    ).catch((error: unknown) => {
      throw new Error(`${this.hostname} did not enrol:\n${this.printed}`, { cause: error });
    });
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
    });
    child.kill(signal);
    await gone;
  }

  async dispose(): Promise<void> {
    await this.stop();
    await rm(join(this.stateDir, '..'), { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
