import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Backend } from './backend.ts';
import type { FleetBegin, TallyFigures } from './fleet-child.ts';
import type { FloodFigures, FloodOrder } from './fleet-flood.ts';
import { FleetFront } from './fleet-front.ts';
import { addFleet, type FleetMember, type FleetOrder } from './fleet-inventory.ts';
import { LineChild } from './line-child.ts';
import { cpuSeconds } from './process-cost.ts';
import type { BenchRow } from './result.ts';

const ANSWER_WITHIN_MS = 180_000;
const END_WITHIN_MS = 60_000;

export interface PlantOrder extends FleetOrder {
  /** Beginning of the labels of its rows. */
  title: string;
  /** Whether nginx with TLS is in front of the backend. */
  hasFront: boolean;
}

/** One fleet, simulated by a process of its own, on a backend of its own. */
export class FleetPlant {
  readonly backend: Backend;
  readonly order: PlantOrder;
  readonly rows: BenchRow[] = [];
  readonly #front: FleetFront | undefined;
  readonly #folder: string;
  readonly #load = childOf('load');
  readonly #newcomers = childOf('newcomers');

  private constructor(parts: {
    backend: Backend;
    front: FleetFront | undefined;
    folder: string;
    order: PlantOrder;
  }) {
    this.backend = parts.backend;
    this.#front = parts.front;
    this.#folder = parts.folder;
    this.order = parts.order;
  }

  static async open(order: PlantOrder): Promise<FleetPlant> {
    const secret = randomBytes(16).toString('hex');
    const backend = await Backend.start(order.hasFront ? { STRATORA_PROXY_SECRET: secret } : {});
    try {
      const workers = Math.min(4, availableParallelism());
      const front = order.hasFront
        ? await FleetFront.start({ backendPort: backend.port, secret, workers })
        : undefined;
      const folder = await mkdtemp(join(tmpdir(), 'stratora-fleet-'));
      return new FleetPlant({ backend, front, folder, order });
    } catch (error) {
      await backend.stop();
      throw error;
    }
  }

  get size(): number {
    return this.order.agents + this.order.collectors;
  }

  add(order: FleetOrder): Promise<FleetMember[]> {
    return addFleet(this.backend.database.url, order);
  }

  /** Starts the fleet, each member from an address of its own. */
  async begin(members: readonly FleetMember[], spreadMs: number): Promise<void> {
    await this.#begin(this.#load, { members, network: '127.1', spreadMs });
  }

  /** Starts components that connect all at once and are counted apart from the fleet. */
  async beginNewcomers(members: readonly FleetMember[]): Promise<void> {
    await this.#begin(this.#newcomers, { members, network: '127.2', spreadMs: 1 });
  }

  tally(): Promise<TallyFigures> {
    return this.#ask({ ask: 'tally' });
  }

  tallyNewcomers(): Promise<TallyFigures> {
    return this.#newcomers.ask(JSON.stringify({ ask: 'tally' }), ANSWER_WITHIN_MS);
  }

  async mark(): Promise<void> {
    await this.#ask({ ask: 'mark' });
  }

  /** Ends the samples of the fleet; resolves when all are taken, with the number that each component made. */
  end(): Promise<{ made: [string, number][]; waiting: number }> {
    return this.#ask({ ask: 'end', withinMs: END_WITHIN_MS });
  }

  /** Sends wrong keys from a process of its own while `during` runs. */
  async withFlood(
    order: Omit<FloodOrder, 'port' | 'authority'>,
    during: () => Promise<void>,
  ): Promise<FloodFigures> {
    const floodChild = childOf('flood');
    try {
      const question = JSON.stringify({ ask: 'flood', ...order, ...this.#target });
      const running = floodChild.ask<FloodFigures>(question, ANSWER_WITHIN_MS);
      // A failure of the flood is thrown below; it must not hide one of `during`.
      running.catch(() => {});
      await during();
      return await running;
    } finally {
      await floodChild.stop();
    }
  }

  /** Reads the CPU seconds used so far by each part of the server. */
  cpu(): Readonly<Record<string, number>> {
    const { backend } = this;
    return {
      backend: cpuSeconds([backend.pid]),
      PostgreSQL: cpuSeconds([backend.database.pid]),
      VictoriaMetrics: cpuSeconds([backend.store.pid]),
      ...(this.#front ? { nginx: cpuSeconds([this.#front.pid]) } : {}),
    };
  }

  /** Reads the number of bcrypt runs since the start of the backend. */
  async bcryptRuns(): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.backend.port}/metrics`)).text();
    return Number(/^stratora_api_key_bcrypt_runs (\S+)$/m.exec(text)?.[1]);
  }

  row(label: string, value: number, unit: string, more: Partial<BenchRow> = {}): void {
    this.rows.push({ label: `${this.order.title}: ${label}`, value, unit, ...more });
  }

  async close(): Promise<void> {
    await this.#load.stop();
    await this.#newcomers.stop();
    await this.#front?.stop();
    await this.backend.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #target(): { port: number; authority?: string } {
    if (!this.#front) return { port: this.backend.port };
    return { port: this.#front.port, authority: this.#front.authority };
  }

  async #begin(
    child: LineChild,
    { members, ...how }: Pick<FleetBegin, 'network' | 'spreadMs'> & { members: readonly FleetMember[] },
  ): Promise<void> {
    const file = join(this.#folder, `members-${how.network}.json`);
    await writeFile(file, JSON.stringify(members));
    const begin: FleetBegin = { ...this.#target, ...how, file };
    await child.ask(JSON.stringify({ ask: 'begin', ...begin }), ANSWER_WITHIN_MS);
  }

  #ask<T>(question: unknown): Promise<T> {
    return this.#load.ask<T>(JSON.stringify(question), ANSWER_WITHIN_MS);
  }
}

function childOf(name: string): LineChild {
  return new LineChild(name, process.execPath, [join(import.meta.dirname, 'fleet-child.ts')]);
}
