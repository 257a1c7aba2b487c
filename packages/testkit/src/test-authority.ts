import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureCertificates, type TlsFiles } from '@stratora/launcher';
import { systemClock } from '@stratora/runtime';

export interface TlsKeyPair {
  cert: string;
  key: string;
}

/** A private authority with a server certificate, like those that an installation makes for itself. */
export class TestAuthority {
  readonly #folder: string;
  readonly #host: { dnsNames: string[]; ipAddresses: string[] };
  #files!: TlsFiles;
  /** PEM of the authority. */
  ca = '';
  server!: TlsKeyPair;

  private constructor(folder: string, names: readonly string[]) {
    this.#folder = folder;
    const ipAddresses = names.filter((name) => /^[\d.]+$|:/.test(name));
    this.#host = { dnsNames: names.filter((name) => !ipAddresses.includes(name)), ipAddresses };
  }

  /** @param names host names and addresses that the server certificate is made out to */
  static async create(...names: string[]): Promise<TestAuthority> {
    const authority = new TestAuthority(await mkdtemp(join(tmpdir(), 'test-authority-')), names);
    await authority.#load();
    return authority;
  }

  get caFile(): string {
    return this.#files.caFile;
  }

  /** Issues a new server certificate by the same authority. */
  async renewServer(): Promise<void> {
    await rm(this.#files.certificateFile);
    await this.#load();
  }

  /** Renews the certificate of the authority, as happens in the year before the old one ends. */
  async renewAuthority(): Promise<void> {
    const laterClock = { ...systemClock, now: () => Date.now() + 9.5 * 365 * 24 * 3600 * 1000 };
    const { caFile } = await ensureCertificates(this.#folder, this.#host, laterClock);
    this.ca = await readFile(caFile, 'utf8');
  }

  async dispose(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #load(): Promise<void> {
    this.#files = await ensureCertificates(this.#folder, this.#host);
    const { caFile, certificateFile, keyFile } = this.#files;
    this.ca = await readFile(caFile, 'utf8');
    this.server = {
      cert: await readFile(certificateFile, 'utf8'),
      key: await readFile(keyFile, 'utf8'),
    };
  }
}
