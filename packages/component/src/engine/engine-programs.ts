import { runProcess } from '@stratora/runtime';
import { type EngineKind, type EngineProgram, embeddedEngine, telegrafEngine } from './engine.ts';
import { findTelegraf, type TelegrafPlaces } from './telegraf-binary.ts';

export type ProgramSearch = { program: EngineProgram } | { absent: string };

export interface EngineProgramsOptions {
  /** Our own engine's program with its leading arguments. */
  embeddedCommand: readonly string[];
  /** Version of the product, which is that of our own engine. */
  version: string;
  telegraf: TelegrafPlaces;
  /** Environment of the programs. */
  environment: Readonly<Record<string, string>>;
}

/**
 * Command that ends the child with us: Telegraf does not look whether its parent is still there. The signal survives
 * execve(2) as long as the binary has no capabilities of its own; for those there is `endStrays`. See prctl(2),
 * PR_SET_PDEATHSIG.
 */
const WITH_PARENT = ['setpriv', '--pdeathsig', 'KILL', '--'];
const PROBE_TIMEOUT_MS = 3000;

/** The engines that this host has. Looks again each time, so that one that was installed or replaced is found. */
export class EnginePrograms {
  readonly #options: EngineProgramsOptions;
  #wrapper: Promise<readonly string[]> | undefined;

  constructor(options: EngineProgramsOptions) {
    this.#options = options;
  }

  async find(kind: EngineKind): Promise<ProgramSearch> {
    const { embeddedCommand, version, telegraf, environment } = this.#options;
    if (kind === 'embedded') return { program: embeddedEngine(embeddedCommand, version) };
    const search = await findTelegraf(telegraf, environment);
    if ('absent' in search) return search;
    this.#wrapper ??= findWrapper(environment);
    const command = [...(await this.#wrapper), search.found.path];
    return { program: telegrafEngine(command, search.found) };
  }
}

async function findWrapper(environment: Readonly<Record<string, string>>): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  const [command = '', ...args] = WITH_PARENT;
  try {
    // Some have a setpriv without this option.
    const probe = await runProcess({
      command,
      args: [...args, 'true'],
      env: { ...environment },
      timeoutMs: PROBE_TIMEOUT_MS,
    });
    return probe.code === 0 ? WITH_PARENT : [];
  } catch {
    return [];
  }
}
