import type { Clock, NameLookup } from '@stratora/runtime';
import {
  BUDGET_SHARE_OF_INTERVAL,
  createSnmpManager,
  RequestBudget,
  type SnmpManager,
  SnmpTable,
} from '@stratora/snmp';
import type { SharedService } from '../../shared-services.ts';
import { GatherGate } from './gather-gate.ts';
import { LineBuffer } from './line-buffer.ts';
import { SeriesBudget } from './series-budget.ts';

/**
 * Time between a budget's end and the engine's own deadline, in which the reason is reported and what came is written.
 */
const LEAD_MS = 100;
/** Most tables and buffers that are kept: about what is used at once. */
const MAX_POOLED = 128;

/** The budget that one device may still use in the cycle that runs. */
interface DeviceCycle {
  budget: RequestBudget;
  startedAt: number;
  intervalMs: number;
  /** The blocks that have begun their poll in this cycle. */
  users: Set<object>;
}

/** The bounds of one cycle of a block. */
export interface CycleBounds {
  readonly intervalMs: number;
  /** Most requests; undefined for any number. */
  readonly maxRequests?: number | undefined;
}

interface Counted<T> {
  readonly value: T;
  holders: number;
}

/**
 * The resources that all SNMP blocks of an engine share: the sockets, the budgets that belong to a device or a node
 * rather than to a block, and scratch memory for walks, of which only as much exists as walks run at once.
 */
export class DeviceRegistry implements SharedService {
  readonly manager: SnmpManager;
  readonly gate: GatherGate;
  readonly #clock: Clock;
  readonly #cycles = new Map<string, Counted<DeviceCycle | undefined>>();
  readonly #series = new Map<string, Counted<SeriesBudget>>();
  readonly #tables: SnmpTable[] = [];
  readonly #buffers: LineBuffer[] = [];

  constructor(clock: Clock, names: NameLookup) {
    this.manager = createSnmpManager({ resolve: (host, family) => names.find(host, family) });
    this.#clock = clock;
    this.gate = new GatherGate(clock);
  }

  /** Takes a share in the churn budget of a node; give it back with `releaseSeries`. */
  holdSeries(node: string): SeriesBudget {
    const known = this.#series.get(node) ?? { value: new SeriesBudget(this.#clock), holders: 0 };
    known.holders += 1;
    this.#series.set(node, known);
    return known.value;
  }

  releaseSeries(node: string): void {
    release(this.#series, node);
  }

  holdDevice(device: string): void {
    const known = this.#cycles.get(device) ?? { value: undefined, holders: 0 };
    known.holders += 1;
    this.#cycles.set(device, known);
  }

  releaseDevice(device: string): void {
    release(this.#cycles, device);
  }

  /**
   * Returns the budget of the device's running cycle; blocks with the same interval that start together share one. A
   * block that comes again begins a new cycle: the first poll is at the start, the next soon after at a round time.
   */
  budgetOf(device: string, { intervalMs, maxRequests }: CycleBounds, user: object): RequestBudget {
    const now = this.#clock.monotonic();
    const held = this.#cycles.get(device);
    const cycle = held?.value;
    const isRunning = cycle?.intervalMs === intervalMs && now - cycle.startedAt < intervalMs / 2;
    if (cycle !== undefined && isRunning && !cycle.users.has(user)) {
      cycle.users.add(user);
      return cycle.budget;
    }
    const durationMs = intervalMs * BUDGET_SHARE_OF_INTERVAL - LEAD_MS;
    const budget = new RequestBudget({ durationMs, maxRequests });
    if (held !== undefined) {
      const value = { budget, startedAt: now, intervalMs, users: new Set([user]) };
      this.#cycles.set(device, { value, holders: held.holders });
    }
    return budget;
  }

  borrowTable(): SnmpTable {
    return this.#tables.pop() ?? new SnmpTable();
  }

  /** Takes a table back and lets go of the datagrams in it. */
  returnTable(table: SnmpTable): void {
    table.reset(table.columnCount);
    if (this.#tables.length < MAX_POOLED) this.#tables.push(table);
  }

  borrowBuffer(): LineBuffer {
    return this.#buffers.pop() ?? new LineBuffer();
  }

  returnBuffer(buffer: LineBuffer): void {
    buffer.reset();
    if (this.#buffers.length < MAX_POOLED && buffer.bytes.length <= 1024 * 1024) this.#buffers.push(buffer);
  }

  async stop(): Promise<void> {
    await this.manager.close();
  }
}

function release<T>(held: Map<string, Counted<T>>, key: string): void {
  const known = held.get(key);
  if (known === undefined) return;
  known.holders -= 1;
  if (known.holders <= 0) held.delete(key);
}
