import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TELEGRAF_VERSION } from '@stratora/launcher';
import { providePinnedTelegraf } from '@stratora/testkit';
import { LineSink } from './line-sink.ts';
import { cpuSeconds } from './process-cost.ts';

export interface TelegrafWork {
  readonly folder: string;
  /** Makes its telegraf.conf, with an output to this socket. */
  readonly conf: (socketPath: string) => string | Promise<string>;
  readonly intervalMs: number;
  readonly offsetMs: number;
  readonly linesPerCycle: number;
}

/** One cycle of Telegraf, from its beginning until all its lines were posted. */
export interface TelegrafCycle {
  readonly cpuSeconds: number;
  readonly residentMiB: number;
  readonly durationMs: number;
  /** Number of lines that it did not post in time; its figures are then for less than the whole work. */
  readonly missingLines: number;
}

const POLL_MS = 100;
/** Time that Telegraf works after its last line: the flush and the garbage collector. */
const SETTLE_MS = 2_000;

/** The real Telegraf on the bench's telegraf.conf, with its output to a socket that counts lines. */
export class TelegrafPeer {
  readonly #work: TelegrafWork;
  readonly #child: ChildProcess;
  readonly #sink: LineSink;
  #lastOutput = '';

  private constructor(work: TelegrafWork, sink: LineSink, command: readonly [string, string]) {
    const [binary, confFile] = command;
    this.#work = work;
    this.#sink = sink;
    this.#child = spawn(binary, ['--config', confFile], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#lastOutput = (this.#lastOutput + chunk.toString()).slice(-2_000);
    });
  }

  /** Starts Telegraf, building it when it is nowhere. Rejects where it cannot be had: no figure without it. */
  static async start(work: TelegrafWork): Promise<TelegrafPeer> {
    const { path: binary } = await providePinnedTelegraf();
    const confFile = path.join(work.folder, 'telegraf-peer.conf');
    const socketPath = path.join(work.folder, 'telegraf.sock');
    await writeFile(confFile, await work.conf(socketPath));
    return new TelegrafPeer(work, await LineSink.listen(socketPath), [binary, confFile]);
  }

  static async version(): Promise<string> {
    const { source } = await providePinnedTelegraf();
    return source === 'cache' || source === 'built' ? TELEGRAF_VERSION : 'as found on this machine';
  }

  /** Waits for the beginning of its next cycle, and for the end of that or the time when it should have been over. */
  async nextCycle(): Promise<TelegrafCycle> {
    const { intervalMs, offsetMs, linesPerCycle } = this.#work;
    const pid = this.#child.pid ?? 0;
    await pause(intervalMs - ((Date.now() - offsetMs) % intervalMs) - POLL_MS);
    const linesBefore = this.#sink.lines;
    const cpuBefore = cpuSeconds([pid]);
    const startedAt = performance.now();
    let residentMiB = 0;
    while (this.#sink.lines - linesBefore < linesPerCycle) {
      if (this.#child.exitCode !== null) throw new Error(`Telegraf ended: ${this.#lastOutput}`);
      if (performance.now() - startedAt > intervalMs / 2 - SETTLE_MS) break;
      await pause(POLL_MS);
      residentMiB = Math.max(residentMiB, residentMiBOf(pid));
    }
    const durationMs = performance.now() - startedAt;
    const missingLines = Math.max(0, linesPerCycle - (this.#sink.lines - linesBefore));
    await (missingLines > 0 ? this.#settle(intervalMs) : pause(SETTLE_MS));
    return { cpuSeconds: cpuSeconds([pid]) - cpuBefore, residentMiB, durationMs, missingLines };
  }

  /** Waits until a late cycle has posted its last lines, so that they do not count for the next one. */
  async #settle(limitMs: number): Promise<void> {
    const giveUpAt = performance.now() + limitMs;
    let before = -1;
    while (this.#sink.lines !== before && performance.now() < giveUpAt) {
      before = this.#sink.lines;
      await pause(SETTLE_MS);
    }
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null) {
      const ended = new Promise<void>((resolve) => {
        this.#child.once('exit', () => resolve());
      });
      this.#child.kill('SIGKILL');
      await ended;
    }
    this.#sink.close();
  }
}

function residentMiBOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms));
  });
}
