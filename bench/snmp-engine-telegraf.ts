import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { defaultToolCacheDir, locateTelegraf, TELEGRAF_VERSION } from '@stratora/launcher';
import { cpuSeconds } from './process-cost.ts';
import { engineConf } from './snmp-engine-work.ts';

export interface TelegrafWork {
  readonly folder: string;
  readonly agents: readonly string[];
  readonly port: number;
  readonly community: string;
  readonly intervalMs: number;
  readonly offsetMs: number;
  readonly linesPerCycle: number;
}

/** One cycle: from its beginning until all its lines were posted. */
export interface TelegrafCycle {
  readonly cpuSeconds: number;
  readonly residentMiB: number;
  readonly durationMs: number;
}

const LINE_FEED = 0x0a;
const POLL_MS = 100;
/** What it does after its last line, for the flush and the collector of garbage. */
const SETTLE_MS = 2_000;

/** The real Telegraf on the bench's telegraf.conf, its output into a socket that counts lines. */
export class TelegrafPeer {
  readonly #work: TelegrafWork;
  readonly #child: ChildProcess;
  readonly #sink: Server;
  #lines = 0;
  #lastWords = '';

  private constructor(work: TelegrafWork, binary: string, confFile: string) {
    this.#work = work;
    this.#sink = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => {
        for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, at + 1)) this.#lines++;
      });
      request.once('end', () => response.writeHead(204).end());
    });
    this.#sink.listen(path.join(work.folder, 'telegraf.sock'));
    this.#child = spawn(binary, ['--config', confFile], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#lastWords = (this.#lastWords + chunk.toString()).slice(-2_000);
    });
  }

  /** Rejects where there is no Telegraf: a figure without it would be none. */
  static async start(work: TelegrafWork): Promise<TelegrafPeer> {
    const binary = await findBinary();
    const confFile = path.join(work.folder, 'telegraf-peer.conf');
    const socketPath = path.join(work.folder, 'telegraf.sock');
    await writeFile(confFile, engineConf({ ...work, agentsPerBlock: 1, socketPath }));
    return new TelegrafPeer(work, binary, confFile);
  }

  static async version(): Promise<string> {
    const cached = (await findBinary()).includes(TELEGRAF_VERSION);
    return cached ? TELEGRAF_VERSION : 'as found on this machine';
  }

  /** Waits for the beginning of its next cycle, and for the end of that. */
  async nextCycle(): Promise<TelegrafCycle> {
    const { intervalMs, offsetMs, linesPerCycle } = this.#work;
    const pid = this.#child.pid ?? 0;
    await pause(intervalMs - ((Date.now() - offsetMs) % intervalMs) - POLL_MS);
    const linesBefore = this.#lines;
    const cpuBefore = cpuSeconds([pid]);
    const startedAt = performance.now();
    let residentMiB = 0;
    while (this.#lines - linesBefore < linesPerCycle) {
      if (this.#child.exitCode !== null) throw new Error(`Telegraf ended: ${this.#lastWords}`);
      if (performance.now() - startedAt > intervalMs / 2 - SETTLE_MS) {
        const got = this.#lines - linesBefore;
        throw new Error(`Telegraf gave ${got} of ${linesPerCycle} lines in time: ${this.#lastWords}`);
      }
      await pause(POLL_MS);
      residentMiB = Math.max(residentMiB, residentMiBOf(pid));
    }
    const durationMs = performance.now() - startedAt;
    await pause(SETTLE_MS);
    return { cpuSeconds: cpuSeconds([pid]) - cpuBefore, residentMiB, durationMs };
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null) {
      const ended = new Promise<void>((resolve) => {
        this.#child.once('exit', () => resolve());
      });
      this.#child.kill('SIGKILL');
      await ended;
    }
    this.#sink.closeAllConnections();
    this.#sink.close();
  }
}

async function findBinary(): Promise<string> {
  const found = await locateTelegraf({
    binary: process.env['STRATORA_TELEGRAF_BIN'],
    searchPath: process.env['PATH'] ?? '',
    cacheDir: process.env['STRATORA_TOOL_CACHE'] ?? defaultToolCacheDir(process.env),
  });
  if (found === undefined) {
    throw new Error('the peer of this bench needs Telegraf: STRATORA_TELEGRAF_BIN, PATH or the tool cache');
  }
  return found.path;
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
