import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Behaviour } from '@stratora/simulator';
import { inNamespace } from './network-lab.ts';
import { NODE } from './stratora-system.ts';

/** The simulated devices of a plant, all of the same shape. */
export interface PlantPlan {
  devices: { address: string; behaviour?: Behaviour }[];
  /** UDP port of the devices; 0 takes a free one. */
  port: number;
  /** Number of network ports of each device. */
  ports: number;
}

/** Simulated SNMP devices in a process of their own and, where wanted, a network namespace. */
export class RemotePlant {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  static async start(plan: PlantPlan, namespace?: string): Promise<RemotePlant> {
    const [command, args] = inNamespace(namespace, NODE, [
      join(import.meta.dirname, 'plant-process.ts'),
      JSON.stringify(plan),
    ]);
    const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(child, 'exit').then(() => {
      throw new Error('the plant ended before it was ready');
    });
    const [line] = (await Promise.race([once(createInterface({ input: child.stdout }), 'line'), ended])) as [
      string,
    ];
    ended.catch(() => {});
    return new RemotePlant(child, Number(line));
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
