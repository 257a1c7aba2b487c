import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freeTcpPort } from './free-port.ts';
import { waitFor } from './wait-for.ts';

/** Finds the folder of vminsert, vmselect and vmstorage that `STRATORA_VMCLUSTER_DIR` names; no registry serves them. */
export function findVictoriaMetricsCluster(): string {
  const folder = process.env['STRATORA_VMCLUSTER_DIR'] ?? '';
  if (existsSync(join(folder, 'vminsert'))) return folder;
  throw new Error(`STRATORA_VMCLUSTER_DIR names no folder with vminsert: ${folder}`);
}

/** A VictoriaMetrics cluster of one vminsert, one vmselect and one vmstorage on free ports. */
export class VictoriaMetricsCluster {
  /** Origins, without a path. */
  readonly insertUrl: string;
  readonly selectUrl: string;
  readonly #folder: string;
  readonly #children: ChildProcess[] = [];

  private constructor(folder: string, insertPort: number, selectPort: number) {
    this.#folder = folder;
    this.insertUrl = `http://127.0.0.1:${insertPort}`;
    this.selectUrl = `http://127.0.0.1:${selectPort}`;
  }

  static async start(programs: string): Promise<VictoriaMetricsCluster> {
    const [insert, select, storage, toInsert, toSelect] = [
      await freeTcpPort(),
      await freeTcpPort(),
      await freeTcpPort(),
      await freeTcpPort(),
      await freeTcpPort(),
    ];
    const cluster = new VictoriaMetricsCluster(
      await mkdtemp(join(tmpdir(), 'stratora-vmc-')),
      insert,
      select,
    );
    const listen = (port: number) => `-httpListenAddr=127.0.0.1:${port}`;
    try {
      await cluster.#launch(join(programs, 'vmstorage'), storage, [
        `-storageDataPath=${cluster.#folder}`,
        `-vminsertAddr=127.0.0.1:${toInsert}`,
        `-vmselectAddr=127.0.0.1:${toSelect}`,
        listen(storage),
      ]);
      await cluster.#launch(join(programs, 'vminsert'), insert, [
        `-storageNode=127.0.0.1:${toInsert}`,
        listen(insert),
      ]);
      await cluster.#launch(join(programs, 'vmselect'), select, [
        `-storageNode=127.0.0.1:${toSelect}`,
        `-cacheDataPath=${join(cluster.#folder, 'cache')}`,
        '-search.latencyOffset=0s',
        listen(select),
      ]);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  async stop(): Promise<void> {
    for (const child of this.#children.splice(0).toReversed()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = new Promise((resolve) => {
        child.once('exit', resolve);
      });
      child.kill('SIGKILL');
      await gone;
    }
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  async #launch(program: string, port: number, args: readonly string[]): Promise<void> {
    const child = spawn(program, [...args, '-loggerLevel=ERROR'], { stdio: 'ignore' });
    this.#children.push(child);
    await waitFor(
      async () => {
        if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
        return (await fetch(`http://127.0.0.1:${port}/health`)).ok;
      },
      { timeoutMs: 20_000, everyMs: 50, what: `the start of ${program}` },
    );
  }
}
