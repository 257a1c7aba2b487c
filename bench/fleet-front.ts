import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCertificates } from '@stratora/launcher';
import { freeTcpPort, waitFor } from '@stratora/testkit';
import { findNginx } from '../packages/launcher/src/nginx-binary.ts';
import { renderNginxConfig } from '../packages/launcher/src/nginx-config.ts';

export interface FrontOptions {
  backendPort: number;
  /** Secret by which the backend recognises the front. */
  secret: string;
  workers: number;
}

/** The front door of the product in front of one backend: nginx with TLS and the launcher's own configuration. */
export class FleetFront {
  readonly port: number;
  /** PEM of the authority that issued its certificate. */
  readonly authority: string;
  readonly #child: ChildProcess;
  readonly #folder: string;

  private constructor(parts: { port: number; authority: string; child: ChildProcess; folder: string }) {
    this.port = parts.port;
    this.authority = parts.authority;
    this.#child = parts.child;
    this.#folder = parts.folder;
  }

  /** @throws when there is no nginx on PATH */
  static async start({ backendPort, secret, workers }: FrontOptions): Promise<FleetFront> {
    const nginx = await findNginx(undefined, `${process.env['PATH'] ?? ''}:/usr/sbin`);
    if (!nginx)
      throw new Error('nginx, the front door to measure, is not on PATH: install the package nginx');
    const folder = await mkdtemp(join(tmpdir(), 'stratora-front-'));
    const host = { dnsNames: ['localhost'], ipAddresses: ['127.0.0.1'] };
    const { caFile, certificateFile, keyFile } = await ensureCertificates(folder, host);
    const [webDir, workDir] = [join(folder, 'web'), join(folder, 'nginx')];
    await Promise.all([mkdir(webDir), mkdir(workDir)]);
    const port = await freeTcpPort();
    const config = renderNginxConfig({
      host: '127.0.0.1',
      port,
      backendPorts: [backendPort],
      certificateFile,
      keyFile,
      webDir,
      workDir,
      proxySecret: secret,
      workers,
      version: nginx.version,
    });
    const file = join(workDir, 'nginx.conf');
    await writeFile(file, config);
    const args = ['-e', 'stderr', '-p', workDir, '-c', file];
    // The workers must be able to read the folder, which only this user can.
    if (process.getuid?.() === 0) args.push('-g', 'user root;');
    // Its errors about a killed backend are expected in this bench.
    const child = spawn(nginx.path, args, { stdio: 'ignore' });
    const authority = await readFile(caFile, 'utf8');
    const front = new FleetFront({ port, authority, child, folder });
    await waitFor(() => front.#isOpen(), { everyMs: 20, what: 'the start of nginx' }).catch(
      async (error: unknown) => {
        await front.stop();
        throw error;
      },
    );
    return front;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const gone = new Promise((resolve) => {
        this.#child.once('exit', resolve);
      });
      this.#child.kill('SIGTERM');
      await gone;
    }
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Tells whether the port is open; the refusal of plain HTTP counts as an answer. */
  async #isOpen(): Promise<boolean> {
    if (this.#child.exitCode !== null) throw new Error(`nginx ended with ${this.#child.exitCode}`);
    return (await fetch(`http://127.0.0.1:${this.port}/api/`)).status === 400;
  }
}
