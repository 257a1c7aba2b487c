import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Behaviour, Wiring } from '@stratora/simulator';
import { inNamespace } from './network-lab.ts';
import { NODE } from './stratora-system.ts';

/** The simulated devices of a plant. */
export interface PlantPlan {
  /** Devices that are all of the same shape. */
  devices?: { address: string; behaviour?: Behaviour }[];
  /** UDP port of the devices; 0 takes a free one. */
  port: number;
  /** Number of network ports of each device of the same shape. */
  ports?: number;
  /** Devices of a wiring that answer, by their names; each needs an address. */
  wired?: { wiring: Wiring; names: readonly string[] };
}

/** Simulated SNMP devices in a process of their own and, where wanted, a network namespace. */
export class RemotePlant {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  #port = 0;

  private constructor(child: ChildProcess & { stdout: Readable }) {
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  static async start(plan: PlantPlan, namespace?: string): Promise<RemotePlant> {
    const [command, args] = inNamespace(namespace, NODE, [join(import.meta.dirname, 'plant-process.ts')]);
    const plant = new RemotePlant(spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] }));
    await plant.replace(plan);
    return plant;
  }

  /** Lets other devices answer in place of those that do. */
  async replace(plan: PlantPlan): Promise<void> {
    this.#child.stdin?.write(`${JSON.stringify(plan)}\n`);
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the plant ended before it was ready');
    this.#port = Number(value);
  }

  get port(): number {
    return this.#port;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = once(this.#child, 'exit');
    this.#child.stdin?.end();
    await gone;
  }
}
