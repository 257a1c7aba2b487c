import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireBinary } from './binary.ts';
import { inNamespace } from './network-lab.ts';
import { waitFor } from './wait-for.ts';

export interface LldpdOptions {
  /** The network namespace that it runs in. */
  namespace: string;
  /** The name by which neighbours hear of it. */
  name: string;
  /** The ports on which it speaks. */
  ports: readonly string[];
  /** Socket of the SNMP agent that it hands its tables to (AgentX). */
  agentX: string;
  /** More arguments: `-c` for CDP. */
  args?: readonly string[];
  /** More commands of lldpcli, done at its start. */
  config?: readonly string[];
}

/**
 * Makes `/run` the daemon's own, in the mount namespace that `ip netns exec` gives it: its socket and the folder that it locks
 * itself into are the same for all daemons, and the latter is fixed when it is built.
 */
const IN_OWN_RUN = 'mount -t tmpfs -o mode=755 tmpfs /run && mkdir /run/lldpd && exec "$@"';
/** Seconds between announcements, and how many of them may be missed before a neighbour is forgotten: more than a machine stalls. */
const TX_INTERVAL = 1;
const TX_HOLD = 30;

/** A real LLDP daemon, in the foreground, whose tables its host's SNMP agent shows. Linux, as root. */
export class Lldpd {
  readonly #child: ChildProcess;
  readonly #folder: string;
  readonly #gone: Promise<void>;
  #printed = '';

  private constructor(binary: string, folder: string, { namespace, ...options }: LldpdOptions) {
    this.#folder = folder;
    const own = ['-d', '-x', '-X', options.agentX, '-I', options.ports.join(',')];
    const config = ['-O', join(folder, 'lldpd.conf')];
    const [command, args] = inNamespace(namespace, 'sh', [
      '-c',
      IN_OWN_RUN,
      'sh',
      binary,
      ...own,
      ...config,
      ...(options.args ?? []),
    ]);
    this.#child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk: Buffer) => {
      this.#printed = (this.#printed + chunk.toString()).slice(-20_000);
    };
    this.#child.stdout?.on('data', keep);
    this.#child.stderr?.on('data', keep);
    this.#gone = new Promise((resolve) => {
      this.#child.once('exit', () => resolve());
    });
  }

  /** Starts it; undefined where it is not installed. */
  static async start(options: LldpdOptions): Promise<Lldpd | undefined> {
    const binary = requireBinary('lldpd');
    if (!binary) return undefined;
    const folder = await mkdtemp(join(tmpdir(), 'stratora-lldpd-'));
    // What reads it has given up root's rights.
    await chmod(folder, 0o755);
    const config = [
      `configure system hostname ${options.name}`,
      `configure lldp tx-interval ${TX_INTERVAL}`,
      `configure lldp tx-hold ${TX_HOLD}`,
      ...(options.config ?? []),
    ];
    await writeFile(join(folder, 'lldpd.conf'), `${config.join('\n')}\n`);
    const daemon = new Lldpd(binary, folder, options);
    try {
      // Said once the configuration is done.
      await waitFor(() => daemon.#printed.includes('should resume operations') || daemon.#hasEnded, {
        what: `lldpd of ${options.name}`,
      });
      if (daemon.#hasEnded) throw new Error('it has ended');
    } catch (error) {
      await daemon.stop('SIGKILL');
      throw new Error(`lldpd of ${options.name}: ${daemon.#printed}`, { cause: error });
    }
    return daemon;
  }

  get #hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Stops it. By SIGTERM it takes leave of its neighbours, which forget it then; else they do when its time is over. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (!this.#hasEnded) this.#child.kill(signal);
    await this.#gone;
    await rm(this.#folder, { recursive: true, force: true });
  }
}
