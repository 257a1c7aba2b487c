import type { FileFault } from '@stratora/runtime';
import { compareProductVersions, type Logger } from '@stratora/runtime';
import { type LoadedTemplates, resolveTemplates } from '@stratora/templates';
import { type Actor, appendAudit } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { DirtyCause } from '../../platform/dirty-marks/index.ts';
import {
  findRetired,
  findSource,
  findTemplates,
  keepSource,
  lockTemplates,
  notifyTemplates,
  pruneVersions,
  writeTemplates,
} from './template-queries.ts';
import { changedSlugs, type TemplateRegistry } from './template-registry.ts';
import type { TemplateChange } from './template-version.ts';

export interface TemplateServiceOptions {
  db: Database;
  logger: Logger;
  registry: TemplateRegistry;
  /** Version of the product: a server of an older one does not bring its templates back. */
  version: string;
  /** Called in the transaction that publishes templates, with those that are others for rendering. */
  onPublished: (tx: Tx, changes: readonly TemplateChange[], why: DirtyCause) => Promise<void>;
  /** Lists the hashes of versions, beside those in force, that must be kept. */
  listVersionsInUse: (tx: Tx) => Promise<string[]>;
}

/**
 * The service of device templates. They are files of a server, and those in force are the ones that a server has
 * published to the database: all servers render, list and normalise by the same ones, whatever lies in their own
 * folders. A server publishes its folder when it starts and when a user asks it to.
 */
export class TemplateService {
  readonly #options: TemplateServiceOptions;
  #refreshing: Promise<void> = Promise.resolve();

  constructor(options: TemplateServiceOptions) {
    this.#options = options;
  }

  /** Publishes the folder, unless a newer version of the product has. */
  async start(): Promise<void> {
    await this.refresh();
    const loaded = await this.#options.registry.read();
    await this.#publish(loaded, { cause: 'device templates of the server changed', actor: null });
  }

  /** Reads the folder again. @returns the slugs that are new, changed or gone, and what is wrong with files */
  async reload(actor: Actor): Promise<{ changed: string[]; faults: readonly FileFault[] }> {
    const { registry } = this.#options;
    const loaded = await registry.read();
    const changed = await this.#publish(loaded, { cause: '', actor: actor.name }, actor);
    return { changed, faults: registry.faults };
  }

  /** Puts in force the templates that a server has published. Calls take turns: the last that is read must stand last. */
  refresh(): Promise<void> {
    const before = this.#refreshing;
    this.#refreshing = (async () => {
      await before.catch(() => {});
      const { db, registry } = this.#options;
      const published = resolveTemplates(await findTemplates(db));
      if (published.own.size === 0) return;
      registry.adopt({ ...published, faults: registry.faults }, await findRetired(db));
    })();
    return this.#refreshing;
  }

  /** Drops old versions that nothing refers to any more. */
  async prune(): Promise<void> {
    const { db, listVersionsInUse } = this.#options;
    await db.transaction().execute(async (tx) => {
      // Under the lock nobody publishes, so no rollout begins to use a version meanwhile.
      await lockTemplates(tx);
      await pruneVersions(tx, await listVersionsInUse(tx));
    });
  }

  async #publish(loaded: LoadedTemplates, why: DirtyCause, actor?: Actor): Promise<string[]> {
    const { db, logger, registry, version, onPublished } = this.#options;
    const changed = await db.transaction().execute(async (tx) => {
      await lockTemplates(tx);
      const before = resolveTemplates(await findTemplates(tx)).templates;
      const source = await findSource(tx);
      if (!actor && source !== undefined && compareProductVersions(version, source) < 0) {
        logger.warn({ source, version }, 'device templates of a newer version stay in force');
        return undefined;
      }
      const changes = await writeTemplates(tx, loaded);
      await keepSource(tx, version);
      const slugs = changedSlugs(before, loaded.templates).toSorted();
      const cause = why.cause === '' ? `device templates changed: ${listed(slugs)}` : why.cause;
      await onPublished(tx, changes, { ...why, cause });
      if (slugs.length > 0) await notifyTemplates(tx);
      if (actor)
        await appendAudit(tx, actor, { action: 'device_template.reload', detail: { changed: slugs } });
      return slugs;
    });
    if (changed === undefined) return [];
    registry.adopt(loaded, await findRetired(db));
    return changed;
  }
}

function listed(slugs: readonly string[]): string {
  const shown = slugs.slice(0, 5).join(', ');
  return slugs.length > 5 ? `${shown} and ${slugs.length - 5} more` : shown;
}
