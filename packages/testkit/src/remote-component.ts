import { type ChildProcess, spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ComponentStatus } from '@stratora/component';
import type { Component, ComponentType, CreatedEnrollmentToken, ListAnswer } from '@stratora/contract';
import { inNamespace } from './network-lab.ts';
import { NODE, REPOSITORY, type StratoraSystem } from './stratora-system.ts';
import { waitFor } from './wait-for.ts';

/** The command line that starts the embedded engine. */
export const ENGINE_COMMAND: readonly string[] = [NODE, join(REPOSITORY, 'dist/stratora.mjs'), 'engine'];

export interface RemoteComponentOptions {
  /** The network namespace that it runs in. */
  namespace?: string;
  /** Environment variables that are added to, or replace, those of a component. */
  environment?: Record<string, string>;
  /** Whether it is given the hash of the authority's certificate instead of the certificate. */
  pinned?: boolean;
  /** Whether it runs from the sources with failpoints: STRATORA_FAILPOINT kills it at that step. */
  failpoints?: boolean;
}

/** The server that a component enrols with. */
export interface EnrollmentTarget {
  url: string;
  token: string;
  /** PEM of the authority; undefined for plain HTTP, or where it is pinned. */
  ca?: string;
  /** SHA-256 of the DER of the authority, as `--ca-sha256` takes it. */
  caSha256?: string;
}

/** A collector or an agent in a process of its own, like at a remote site, enrolled with a token of the API. */
export class RemoteComponent {
  readonly type: ComponentType;
  readonly hostname: string;
  readonly folder: string;
  readonly #environment: Record<string, string>;
  readonly #options: RemoteComponentOptions;
  #child: ChildProcess | undefined;
  #gone: Promise<void> = Promise.resolve();
  printed = '';

  private constructor(
    type: ComponentType,
    hostname: string,
    folder: string,
    given: { environment: Record<string, string>; options: RemoteComponentOptions },
  ) {
    this.type = type;
    this.hostname = hostname;
    this.folder = folder;
    this.#environment = given.environment;
    this.#options = given.options;
  }

  static async start(
    system: StratoraSystem,
    type: ComponentType,
    hostname: string,
    options: RemoteComponentOptions = {},
  ): Promise<RemoteComponent> {
    const { token } = await system.api.post<CreatedEnrollmentToken>('/api/v1/enrollment-tokens', {
      auto_approve: true,
    });
    const ca = await readFile(system.ready.ca_file, 'utf8');
    const trust = options.pinned ? { caSha256: new X509Certificate(ca).fingerprint256 } : { ca };
    const target = { url: system.ready.url, token, ...trust };
    const component = await RemoteComponent.prepare(type, hostname, target, options);
    component.launch();
    return component;
  }

  /** Makes a component that is not running yet, with a folder of its own that `dispose` removes. */
  static async prepare(
    type: ComponentType,
    hostname: string,
    target: EnrollmentTarget,
    options: RemoteComponentOptions = {},
  ): Promise<RemoteComponent> {
    const folder = await mkdtemp(join(tmpdir(), 'stratora-remote-'));
    await writeFile(join(folder, 'token'), target.token, { mode: 0o600 });
    if (target.ca !== undefined) await writeFile(join(folder, 'ca.pem'), target.ca);
    const environment = {
      PATH: process.env['PATH'] ?? '',
      STRATORA_SERVER_URL: target.url,
      ...(target.ca === undefined ? {} : { STRATORA_CA_FILE: join(folder, 'ca.pem') }),
      ...(target.caSha256 === undefined ? {} : { STRATORA_CA_SHA256: target.caSha256 }),
      STRATORA_ENROLLMENT_TOKEN_FILE: join(folder, 'token'),
      STRATORA_STATE_DIR: join(folder, 'state'),
      STRATORA_HOSTNAME: hostname,
      STRATORA_ENGINE_COMMAND: JSON.stringify(ENGINE_COMMAND),
      ...options.environment,
    };
    return new RemoteComponent(type, hostname, folder, { environment, options });
  }

  get stateDir(): string {
    return this.#environment['STRATORA_STATE_DIR'] ?? join(this.folder, 'state');
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get isRunning(): boolean {
    return this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** A promise that resolves when the process that runs now has ended. */
  get gone(): Promise<void> {
    return this.#gone;
  }

  get socketPath(): string {
    return join(this.stateDir, 'intake.sock');
  }

  /** @param environment variables for this run alone */
  launch(environment: Record<string, string> = {}): void {
    const { namespace, failpoints } = this.#options;
    const program = failpoints
      ? [join(REPOSITORY, 'packages/testkit/src/failpoint-component.ts'), this.type]
      : [join(REPOSITORY, `dist/${this.type}.mjs`)];
    const [command, args] = inNamespace(namespace, NODE, program);
    const child = spawn(command, args, {
      env: { ...this.#environment, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer) => {
      this.printed = (this.printed + chunk.toString()).slice(-100_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.#child = child;
    this.#gone = new Promise((resolve) => {
      child.once('exit', () => resolve());
    });
  }

  /** Reads the status that it wrote into its state directory last; undefined before the first time. */
  async status(): Promise<ComponentStatus | undefined> {
    try {
      return JSON.parse(await readFile(join(this.stateDir, 'status.json'), 'utf8')) as ComponentStatus;
    } catch {
      return undefined;
    }
  }

  /** Reads the component from the server's API, once it has enrolled. */
  async registered(system: StratoraSystem): Promise<Component> {
    return waitFor(
      async () => {
        const { items } = await system.api.get<ListAnswer<Component>>('/api/v1/components?limit=500');
        return items.find(
          ({ hostname, component_type: type }) => hostname === this.hostname && type === this.type,
        );
      },
      // Seventeen start at once beside a busy machine's other work in the tests of kills.
      { timeoutMs: 120_000, what: `enrollment of ${this.hostname}` },
    ).catch((error: unknown) => {
      throw new Error(`${this.hostname} did not enrol:\n${this.printed}`, { cause: error });
    });
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.isRunning) this.#child?.kill(signal);
    await this.#gone;
    this.#child = undefined;
  }

  /** Copies the state directory of this component, which must not be running, to another. */
  async copyStateTo(other: RemoteComponent): Promise<void> {
    await cp(this.stateDir, other.stateDir, { recursive: true, filter: (path) => !path.endsWith('.sock') });
  }

  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
