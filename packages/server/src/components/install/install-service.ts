import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deployment } from '@stratora/contract';
import { fingerprintOf } from '@stratora/runtime';
import { type BuiltArchive, ProgramArchive } from './program-archive.ts';

export interface InstallOptions {
  /** Folder of the installation; undefined hands out nothing. */
  programDir: string | undefined;
  dataDir: string;
  version: string;
  publicUrl: string;
  /** File with the certificate of the private authority; undefined with a public one. */
  caFile: string | undefined;
  /** Path of the Node.js that runs this server. */
  nodePath: string;
}

export const SCRIPTS = { linux: 'linux.sh', windows: 'windows.ps1', container: 'container.sh' } as const;
export type ScriptKind = keyof typeof SCRIPTS;

export interface Script {
  path: string;
  sha256: string;
  text: string;
}

/** Major version of the oldest Node.js that runs the program. */
const NODE_MAJOR = '24';
const FOLDER = 'install';

/**
 * The service that brings a collector or an agent to another host: scripts that pin the program and the authority by
 * their hashes, and the program. With the hash of a script from this server a user need trust nothing else on the way.
 */
export class InstallService {
  readonly #options: InstallOptions;
  readonly #native: ProgramArchive | undefined;
  readonly #any: ProgramArchive | undefined;
  readonly #scripts = new Map<ScriptKind, Script>();

  constructor(options: InstallOptions) {
    this.#options = options;
    const { programDir, dataDir, version, nodePath } = options;
    if (programDir === undefined) return;
    const folder = join(dataDir, FOLDER);
    const native = `stratora-${process.platform}-${process.arch}.tar.gz`;
    this.#native = new ProgramArchive(native, { programDir, version, nodePath }, folder);
    this.#any = new ProgramArchive(
      'stratora-any.tar.gz',
      { programDir, version, nodePath: undefined },
      folder,
    );
  }

  /** Reads the authority's certificate and its hash; undefined with a public one. */
  async authority(): Promise<{ pem: string; sha256: string } | undefined> {
    const { caFile } = this.#options;
    if (caFile === undefined) return undefined;
    const pem = await readFile(caFile, 'utf8');
    return { pem, sha256: fingerprintOf(pem) };
  }

  /** Returns the archive of a name, as a script asks for it. */
  async archive(name: string): Promise<BuiltArchive | undefined> {
    return [this.#native, this.#any].find((archive) => archive?.name === name)?.get();
  }

  /** Returns a script, the same for the life of the server; undefined where this server cannot serve its program. */
  async script(kind: ScriptKind): Promise<Script | undefined> {
    const known = this.#scripts.get(kind);
    if (known) return known;
    const { programDir } = this.#options;
    // A script for Linux from a server on another system would have no program to fetch.
    if (programDir === undefined || (kind === 'container' && process.platform !== 'linux')) return undefined;
    const values = await this.#values();
    if (!values) return undefined;
    const template = await readFile(join(programDir, 'deploy', FOLDER, SCRIPTS[kind]), 'utf8');
    const text = template.replaceAll(/@([A-Z0-9_]+)@/g, (mark, name: string) => values[name] ?? mark);
    const sha256 = createHash('sha256').update(text).digest('hex');
    const script = { path: `/${FOLDER}/${SCRIPTS[kind]}`, sha256, text };
    this.#scripts.set(kind, script);
    return script;
  }

  /**
   * Describes how to install a component. @param origin origin by which the caller reached this server, should its own
   * address say nothing to others
   */
  async deployment(origin: string | undefined): Promise<Deployment> {
    const { version, publicUrl } = this.#options;
    const shown = async (kind: ScriptKind) => {
      const script = await this.script(kind);
      return script ? { path: script.path, sha256: script.sha256 } : null;
    };
    const authority = await this.authority();
    return {
      version,
      server_url: isLoopback(publicUrl) && origin !== undefined ? origin : publicUrl,
      ca_sha256: authority?.sha256 ?? null,
      scripts: {
        linux: await shown('linux'),
        windows: await shown('windows'),
        container: await shown('container'),
      },
    };
  }

  async #values(): Promise<Readonly<Record<string, string>> | undefined> {
    const [authority, native, any] = await Promise.all([
      this.authority(),
      this.#native?.get(),
      this.#any?.get(),
    ]);
    if (!native || !any) return undefined;
    return {
      VERSION: this.#options.version,
      CA_SHA256: authority?.sha256 ?? '',
      NATIVE_ARCH: process.platform === 'linux' ? process.arch : '',
      NATIVE_FILE: native.name,
      NATIVE_SHA256: native.sha256,
      ANY_FILE: any.name,
      ANY_SHA256: any.sha256,
      NODE_MAJOR,
    };
  }
}

function isLoopback(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}
