import type { ComponentIdentity } from '../../platform/http/index.ts';
import type { KeyRow } from './key-queries.ts';

/** The entry of one key. */
export interface KeyEntry {
  readonly row: KeyRow;
  /** Verifier of the key, once it was proved. */
  verifier: Buffer | undefined;
  /** The component, if it is approved. */
  readonly identity: ComponentIdentity | undefined;
  /** Monotonic milliseconds from before the row was read. */
  readonly loadedAt: number;
  /** Whether changes may have been missed since the row was read. */
  isStale: boolean;
  /** Whether this very component was changed since the row was read: the key may be a revoked one. */
  isChanged: boolean;
}

/** The changes that were heard while rows were being read: the rows may be older. */
export interface Watch {
  readonly changed: Set<string>;
  hasGap: boolean;
}

const CACHE_MAX = 100_000;

/** The keys in memory, by public id and by component. */
export class KeyCache {
  readonly #entries = new Map<string, KeyEntry>();
  readonly #idsByComponent = new Map<string, Set<string>>();
  readonly #watches = new Set<Watch>();

  get size(): number {
    return this.#entries.size;
  }

  get(id: string): KeyEntry | undefined {
    return this.#entries.get(id);
  }

  /** Begins to note changes. To be called before rows are read; closed when they are kept. */
  watch(): Watch {
    const watch = { changed: new Set<string>(), hasGap: false };
    this.#watches.add(watch);
    return watch;
  }

  close(watch: Watch): void {
    this.#watches.delete(watch);
  }

  /** Keeps a row that was read, unless a younger read was faster. A proof of the same key stays. */
  keep(row: KeyRow, loadedAt: number, watch: Watch): void {
    const before = this.#entries.get(row.key_id);
    if (before && before.loadedAt > loadedAt) return;
    const isSameKey = before?.row.key_bcrypt === row.key_bcrypt;
    if (!before) this.#makeRoom();
    this.#entries.set(row.key_id, {
      row,
      verifier: row.fast_verifier ?? (isSameKey ? before.verifier : undefined),
      identity: identityOf(row),
      loadedAt,
      isStale: watch.hasGap,
      isChanged: watch.changed.has(row.component_id),
    });
    const ids = this.#idsByComponent.get(row.component_id);
    if (ids) ids.add(row.key_id);
    else this.#idsByComponent.set(row.component_id, new Set([row.key_id]));
  }

  /** Drops a key that a read, which began at that time, did not find. */
  drop(id: string, loadedAt: number): void {
    const entry = this.#entries.get(id);
    if (entry && entry.loadedAt <= loadedAt) this.#remove(id, entry);
  }

  markChanged(componentId: string): void {
    for (const watch of this.#watches) watch.changed.add(componentId);
    for (const id of this.#idsByComponent.get(componentId) ?? []) {
      const entry = this.#entries.get(id);
      if (entry) entry.isChanged = true;
    }
  }

  markAllStale(): void {
    for (const watch of this.#watches) watch.hasGap = true;
    for (const entry of this.#entries.values()) entry.isStale = true;
  }

  #makeRoom(): void {
    if (this.#entries.size < CACHE_MAX) return;
    const [oldest] = this.#entries;
    if (oldest) this.#remove(...oldest);
  }

  #remove(id: string, { row }: KeyEntry): void {
    this.#entries.delete(id);
    const ids = this.#idsByComponent.get(row.component_id);
    ids?.delete(id);
    if (ids?.size === 0) this.#idsByComponent.delete(row.component_id);
  }
}

function identityOf(row: KeyRow): ComponentIdentity | undefined {
  if (row.approval !== 'approved') return undefined;
  return {
    kind: 'component',
    componentId: row.component_id,
    type: row.type,
    nodeId: row.node_id ?? undefined,
  };
}
