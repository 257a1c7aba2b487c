import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Component, CreatedEnrollmentToken, Node } from '@stratora/contract';
import {
  childProcesses,
  ENGINE_COMMAND,
  NODE,
  REPOSITORY,
  RemoteComponent,
  type RemoteComponentOptions,
  SampleLedger,
  type StratoraSystem,
  waitFor,
} from '@stratora/testkit';

/** Text of the configs on which the faulty engine fails. */
export const MARKER = 'faulty-device';

export const ENGINE_FAULTS = ['refuses', 'check-hangs', 'exits', 'exits-late', 'hangs', 'silent'] as const;
export type EngineFault = (typeof ENGINE_FAULTS)[number];

/** Returns the environment that puts a program before the embedded engine which fails on configs with the marker. */
export function faultyEngine(fault: EngineFault, lateMs: number): Record<string, string> {
  const wrapper = [NODE, join(REPOSITORY, 'packages/testkit/src/faulty-engine.ts')];
  return {
    STRATORA_ENGINE_COMMAND: JSON.stringify(wrapper),
    STRATORA_TEST_ENGINE: JSON.stringify(ENGINE_COMMAND),
    STRATORA_TEST_ENGINE_FAULT: fault,
    STRATORA_TEST_ENGINE_MARKER: MARKER,
    STRATORA_TEST_ENGINE_LATE_MS: String(lateMs),
  };
}

/** A collector with a node or two, for tests that kill it or break its engine. */
export class ComponentFixture {
  readonly name: string;
  readonly system: StratoraSystem;
  readonly collector: RemoteComponent;
  /** Id of the node that it polls from the beginning; empty before `runOldConfig`. */
  oldNode = '';
  oldHash = '';
  ledger: SampleLedger | undefined;

  private constructor(name: string, system: StratoraSystem, collector: RemoteComponent) {
    this.name = name;
    this.system = system;
    this.collector = collector;
  }

  /** Prepares a collector that is not running yet; its token can be used once. */
  static async prepare(
    system: StratoraSystem,
    name: string,
    options: RemoteComponentOptions = {},
  ): Promise<ComponentFixture> {
    const { token } = await system.api.post<CreatedEnrollmentToken>('/api/v1/enrollment-tokens', {
      auto_approve: true,
      max_uses: 1,
    });
    const target = { url: system.ready.url, token, ca: await readFile(system.ready.ca_file, 'utf8') };
    const collector = await RemoteComponent.prepare('collector', name, target, options);
    return new ComponentFixture(name, system, collector);
  }

  async component(): Promise<Component> {
    const { id } = await this.collector.registered(this.system);
    return this.system.api.get<Component>(`/api/v1/components/${id}`);
  }

  async addNode(name: string): Promise<string> {
    const { id: collectorId } = await this.component();
    const node = await this.system.api.post<Node>('/api/v1/nodes', {
      name,
      ip_address: '127.0.0.1',
      allow_duplicate: true,
      template: 'ping',
      collector_id: collectorId,
    });
    return node.id;
  }

  /** Launches it, gives it a first node, and waits for its report to the server that this config works. */
  async runOldConfig(environment: Record<string, string> = {}): Promise<void> {
    this.collector.launch(environment);
    this.oldNode = await this.addNode(`${this.name}-old`);
    const component = await waitFor(
      async () => {
        const now = await this.component();
        const isTold = now.config_status === 'applied' && now.running_config_hash === now.desired_config_hash;
        // Its very first config may be one without nodes, and it reports a moment before the engine's file is written.
        return isTold && (await this.engineText()).includes(this.oldNode) && now;
      },
      { timeoutMs: 150_000, what: `the first config of ${this.name}` },
    ).catch((error: unknown) => {
      throw new Error(`${this.name}:\n${this.collector.printed.slice(-5000)}`, { cause: error });
    });
    this.oldHash = component.running_config_hash ?? '';
  }

  /** Starts to send numbered samples to its intake, until `judge`. */
  startLoad(): void {
    this.ledger = new SampleLedger({
      socketPath: this.collector.socketPath,
      nodeId: this.oldNode,
      series: 10,
      batchesPerSecond: 5,
    });
    this.ledger.start();
  }

  /** Returns the verdict once nothing is missing any more, or after a while. */
  async judge() {
    const { ledger } = this;
    if (!ledger) throw new Error('there is no load');
    await ledger.stop();
    let verdict = await ledger.verdict(this.system.api);
    for (let tries = 0; tries < 40 && verdict.missing > 0; tries += 1) {
      await pause(500);
      verdict = await ledger.verdict(this.system.api);
    }
    return verdict;
  }

  /** Reads the config of the engine. */
  async engineText(): Promise<string> {
    return readFile(join(this.collector.stateDir, 'config/engine.conf'), 'utf8');
  }

  /** Waits until the component has an engine; returns its process id. */
  async engine(timeoutMs = 60_000): Promise<number> {
    const child = await waitFor(
      () => childProcesses(this.collector.pid).find(({ command }) => command.includes(' run ')),
      { timeoutMs, everyMs: 20, what: `an engine of ${this.name}` },
    );
    return child.pid;
  }

  /** Finds the time of the first line of the component's log with these words, epoch ms. */
  loggedAt(message: string, after = 0): number | undefined {
    for (const line of this.collector.printed.split('\n')) {
      if (!line.includes(`"msg":"${message}"`)) continue;
      const { time } = JSON.parse(line) as { time: number | string };
      const at = typeof time === 'number' ? time : Date.parse(time);
      if (at >= after) return at;
    }
    return undefined;
  }

  async dispose(): Promise<void> {
    await this.ledger?.stop();
    await this.collector.dispose();
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
