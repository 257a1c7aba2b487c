import { type Clock, errorMessage, type Logger, systemClock } from '@stratora/runtime';
import type { DatabaseListener } from '../../platform/db/index.ts';
import { type TagValue, tagValue } from './own-tags.ts';

export interface ComponentNodesOptions {
  /** Lists the nodes that a collector polls, or the one that an agent reports. */
  listNodes: (componentId: string) => Promise<readonly { id: string; name: string }[]>;
  listener: Pick<DatabaseListener, 'on' | 'onGap' | 'isCurrent'>;
  logger: Logger;
  clock?: Clock;
}

interface Entry {
  nodes: ReadonlyMap<string, TagValue>;
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

/** The nodes that each component may write, with their names, kept in memory and read again when a change is heard. */
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

  /** Returns the nodes of a component by their ids. @throws when they are not in memory and the database is away */
  nodesOf(componentId: string): ReadonlyMap<string, TagValue> | Promise<ReadonlyMap<string, TagValue>> {
    const entry = this.#entries.get(componentId);
    if (!entry) return this.#loadFirst(componentId);
    const isHeard = this.#options.listener.isCurrent;
    const isOld = !isHeard && this.#clock.monotonic() - entry.loadedAt > UNHEARD_VALID_MS;
    return entry.isStale || isOld ? this.#reload(componentId, entry) : entry.nodes;
  }

  async #loadFirst(componentId: string): Promise<ReadonlyMap<string, TagValue>> {
    const entry: Entry = { nodes: new Map(), loadedAt: 0, isStale: true, loading: undefined };
    await this.#load(componentId, entry);
    this.#entries.set(componentId, entry);
    return entry.nodes;
  }

  async #reload(componentId: string, entry: Entry): Promise<ReadonlyMap<string, TagValue>> {
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
      const nodes = await this.#options.listNodes(componentId);
      entry.nodes = new Map(nodes.map(({ id, name }) => [id, tagValue(name)]));
      entry.loadedAt = this.#clock.monotonic();
    } catch (error) {
      entry.isStale = true;
      throw error;
    }
  }
}
