import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ENGINE_KINDS, type EngineChoice } from '@stratora/contract/wire';
import { makeDirectory, writeFileAtomic } from '@stratora/runtime';
import { componentOutput, parseDurationMs, writeOutputBlock } from '@stratora/telegraf';
import { CheckedFile } from '../checked-file.ts';
import type { EngineKind } from '../engine/engine.ts';

/** A config text of the server, and the engine that it was found to run with. */
export interface ConfigVersion {
  /** The server's name of the text: the ETag. */
  hash: string;
  /** SHA-256 of the kept text. */
  sha256: string;
  /** The engine that runs it; absent in files of components that had one engine only. */
  engine?: EngineKind;
  /** The engine that the text asks for. */
  choice?: EngineChoice;
}

export interface FailedConfig {
  hash: string;
  status: 'validation_error' | 'rolled_back';
  message: string;
}

/** A Telegraf that nobody asked for by name, and that ended again and again with a config. */
export interface UnfitTelegraf {
  /** Fingerprint of the binary: another one is given a chance. */
  fingerprint: string;
  /** The config that it ended with. */
  hash: string;
  message: string;
}

/** The config that runs, the one before it, and what must not be tried again. */
export interface ConfigState {
  current: ConfigVersion | null;
  previous: ConfigVersion | null;
  /** True until the current config has shown that it works. */
  onTrial: boolean;
  failed: FailedConfig | null;
  unfit: UnfitTelegraf | null;
}

export const NO_CONFIG: ConfigState = {
  current: null,
  previous: null,
  onTrial: false,
  failed: null,
  unfit: null,
};

function isVersion(value: unknown): value is ConfigVersion | null {
  const version = value as Partial<ConfigVersion> | null;
  if (version === null) return true;
  const isEngine = version?.engine === undefined || ENGINE_KINDS.includes(version.engine);
  return isEngine && typeof version?.hash === 'string' && /^[0-9a-f]{64}$/.test(version.sha256 ?? '');
}

function isConfigState(value: unknown): value is ConfigState {
  const state = value as Partial<ConfigState> | null;
  return (
    isVersion(state?.current) &&
    isVersion(state.previous) &&
    typeof state.onTrial === 'boolean' &&
    (state.failed === null || typeof state.failed?.hash === 'string') &&
    (!state.unfit || typeof state.unfit.fingerprint === 'string')
  );
}

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** Marks whose config an engine's output belongs to: the database that it names when it writes to the intake. */
export function generationOf(version: ConfigVersion): string {
  return `stratora-${version.sha256.slice(0, 16)}`;
}

/** Time between a gather and the intake; what the user sees as live is this old at least. */
const FLUSH_INTERVAL_MS = 1000;
const BUFFERED_METRICS = 50_000;

/** The server's text with our own output: what the engine reads. */
export function withOutput(text: string, url: string, generation: string): string {
  const output = componentOutput(url);
  const block = writeOutputBlock({
    ...output,
    options: { ...output.options, database: generation },
    flushIntervalMs: FLUSH_INTERVAL_MS,
    metricBufferLimit: BUFFERED_METRICS,
  });
  return `${text.trimEnd()}\n\n${block}`;
}

const DEFAULT_INTERVAL_MS = 10_000;

/** `interval` of `[agent]`. */
export function readIntervalMs(text: string): number {
  const section = /^\[agent\]\s*$([\s\S]*?)(?:^\[|(?![\s\S]))/m.exec(text)?.[1] ?? '';
  const value = /^\s*interval\s*=\s*"([^"]+)"/m.exec(section)?.[1];
  return (value === undefined ? undefined : parseDurationMs(value)) || DEFAULT_INTERVAL_MS;
}

export function hasInputs(text: string): boolean {
  return /^\[\[inputs\./m.test(text);
}

/**
 * The config folder. Texts are kept under the hash of their content and never changed; which one runs is one small
 * checked file that is replaced whole, so at every moment exactly one config is the one that runs.
 */
export class ConfigFiles {
  readonly #directory: string;
  readonly #state: CheckedFile<ConfigState>;

  constructor(stateDirectory: string) {
    this.#directory = join(stateDirectory, 'config');
    this.#state = new CheckedFile(join(this.#directory, 'state.json'), isConfigState);
  }

  /** Path of the file that the engine reads; made from the current text whenever that changes. */
  get enginePath(): string {
    return join(this.#directory, 'engine.conf');
  }

  /** Path of the file that the check reads. */
  get candidatePath(): string {
    return join(this.#directory, 'candidate.conf');
  }

  async open(): Promise<ConfigState> {
    await makeDirectory(this.#directory);
    return { ...NO_CONFIG, ...(await this.#state.read()).value };
  }

  async saveState(state: ConfigState): Promise<void> {
    await this.#state.write(state);
    await this.#removeUnused(state);
  }

  async stage(text: string): Promise<string> {
    const digest = sha256(text);
    await writeFileAtomic(this.#textPath(digest), text, { mode: 0o600 });
    return digest;
  }

  /** The text of a version; undefined when it is gone or damaged. */
  async read(version: ConfigVersion): Promise<string | undefined> {
    try {
      const text = await readFile(this.#textPath(version.sha256), 'utf8');
      return sha256(text) === version.sha256 ? text : undefined;
    } catch {
      return undefined;
    }
  }

  write(path: string, text: string): Promise<void> {
    return writeFileAtomic(path, text, { mode: 0o600 });
  }

  #textPath(digest: string): string {
    return join(this.#directory, `${digest.slice(0, 32)}.conf`);
  }

  async #removeUnused(state: ConfigState): Promise<void> {
    const kept = new Set(
      [state.current, state.previous].flatMap((version) =>
        version ? [`${version.sha256.slice(0, 32)}.conf`] : [],
      ),
    );
    for (const name of await readdir(this.#directory)) {
      if (/^[0-9a-f]{32}\.conf$/.test(name) && !kept.has(name))
        await rm(join(this.#directory, name), { force: true });
    }
    await rm(this.candidatePath, { force: true });
  }
}
