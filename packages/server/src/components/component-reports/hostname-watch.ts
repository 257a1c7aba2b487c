import { isDnsName } from '@stratora/contract';
import { BatchReader, type Database } from '../../platform/db/index.ts';
import { markDirty } from '../../platform/dirty-marks/index.ts';
import { publishEvents } from '../../platform/events/index.ts';
import { findHostnames, renameHost } from '../component-registry/index.ts';

/** Most names kept in memory: far more agents than a server has. */
const MAX_KNOWN = 100_000;
/** Bounds of reading names. */
const READ = { maxKeys: 500, maxReads: 1, maxWaiting: MAX_KNOWN };

export interface HostnameWatchOptions {
  db: Database;
}

/**
 * The watch for hosts that are renamed while their agents run: the name is the host tag of their samples, and they are
 * found by it when they register again. A name that another component of the kind has is not taken.
 */
export class HostnameWatch {
  readonly #db: Database;
  /** Last reported name of each component, so that a heartbeat costs no query. */
  readonly #known = new Map<string, string>();
  /**
   * Stored names. After a start of the server all components ask for theirs at once; nearly all have their old name.
   */
  readonly #stored: BatchReader<string>;

  constructor({ db }: HostnameWatchOptions) {
    this.#db = db;
    this.#stored = new BatchReader({ ...READ, read: (ids) => findHostnames(db, ids) });
  }

  /** Notes a reported name. @returns true when the component has another name now */
  async note(componentId: string, hostname: string): Promise<boolean> {
    if (this.#known.get(componentId) === hostname || !isDnsName(hostname)) return false;
    const stored = await this.#stored.read(componentId);
    const isOther = stored !== undefined && stored.toLowerCase() !== hostname.toLowerCase();
    const renamed = isOther && (await this.#rename(componentId, hostname));
    if (this.#known.size >= MAX_KNOWN) this.#known.clear();
    this.#known.set(componentId, hostname);
    return renamed;
  }

  #rename(componentId: string, hostname: string): Promise<boolean> {
    return this.#db.transaction().execute(async (tx) => {
      if (!(await renameHost(tx, componentId, hostname))) return false;
      await markDirty(tx, [componentId], { cause: `its host is named ${hostname} now`, actor: null });
      await publishEvents(tx, [{ name: 'component_changed', data: { id: componentId, change: 'updated' } }]);
      return true;
    });
  }
}
