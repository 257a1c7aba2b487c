import { type Clock, errorMessage, type Logger, systemClock } from '@stratora/runtime';
import type { DatabaseListener } from '../../platform/db/index.ts';

export interface ComponentNodesOptions {
  /** Lists the nodes that a collector polls, or the one that an agent reports. */
  listNodeIds: (componentId: string) => Promise<readonly string[]>;
  listener: Pick<DatabaseListener, 'on' | 'onGap' | 'isCurrent'>;
  logger: Logger;
  clock?: Clock;
}

interface Entry {
  nodes: ReadonlySet<string>;
  loadedAt: number;
  isStale: boolean;
  loading: Promise<void> | undefined;
}

/** Milliseconds after which a set is read again while changes cannot be heard. */
const UNHEARD_VALID_MS = 3_000;
/**
 * Milliseconds that a read may take; then a set in memory serves, so that ingest goes on while the database is away.
 */
const RELOAD_WAIT_MS = 250;

/** The nodes that each component may write, kept in memory and read again when a change is heard. */
export class ComponentNodes {
  readonly #options: ComponentNodesOptions;
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(options: ComponentNodesOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    options.listener.on('stratora_component', (componentId) => {
      const entry = this.#entries.get(componentId);
      if (entry) entry.isStale = true;
    });
    options.listener.onGap(() => {
      for (const entry of this.#entries.values()) entry.isStale = true;
    });
  }

  /** Returns the nodes of a component. @throws when they are not in memory and the database is away */
  nodesOf(componentId: string): ReadonlySet<string> | Promise<ReadonlySet<string>> {
    const entry = this.#entries.get(componentId);
    if (!entry) return this.#loadFirst(componentId);
    const isHeard = this.#options.listener.isCurrent;
    const isOld = !isHeard && this.#clock.monotonic() - entry.loadedAt > UNHEARD_VALID_MS;
    return entry.isStale || isOld ? this.#reload(componentId, entry) : entry.nodes;
  }

  async #loadFirst(componentId: string): Promise<ReadonlySet<string>> {
    const entry: Entry = { nodes: new Set(), loadedAt: 0, isStale: true, loading: undefined };
    await this.#load(componentId, entry);
    this.#entries.set(componentId, entry);
    return entry.nodes;
  }

  async #reload(componentId: string, entry: Entry): Promise<ReadonlySet<string>> {
    entry.loading ??= this.#load(componentId, entry)
      .catch((error: unknown) => {
        this.#options.logger.debug({ componentId, err: errorMessage(error) }, 'node binding not read');
      })
      .finally(() => {
        entry.loading = undefined;
      });
    let timer;
    const late = new Promise<void>((resolve) => {
      timer = this.#clock.setTimeout(resolve, RELOAD_WAIT_MS);
    });
    await Promise.race([entry.loading, late]);
    this.#clock.clearTimeout(timer);
    return entry.nodes;
  }

  async #load(componentId: string, entry: Entry): Promise<void> {
    // Cleared before the read: a change that is heard meanwhile must lead to another one.
    entry.isStale = false;
    try {
      entry.nodes = new Set(await this.#options.listNodeIds(componentId));
      entry.loadedAt = this.#clock.monotonic();
    } catch (error) {
      entry.isStale = true;
      throw error;
    }
  }
}
