import { type CustomTemplate, MAX_CUSTOM_TEMPLATES } from '@stratora/contract';
import type { FileFault } from '@stratora/runtime';
import { compareProductVersions, type Logger } from '@stratora/runtime';
import { type LoadedTemplates, resolveTemplates } from '@stratora/templates';
import { type Actor, appendAudit } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import type { DirtyCause } from '../../platform/dirty-marks/index.ts';
import { appError, fieldError, notFound, type Precondition } from '../../platform/http/index.ts';
import { checkCustomTemplate, readCustomTemplate } from './custom-template-check.ts';
import {
  countNodesOf,
  deleteCustomTemplate,
  findCustomSlugs,
  findCustomTemplate,
  findCustomTexts,
  keepCustomTemplate,
} from './custom-template-queries.ts';
import { addCustomTemplates, type TemplatesWithCustom } from './custom-templates.ts';
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
    await this.publishFolder();
  }

  /** Publishes what lies in the folder now. */
  async publishFolder(): Promise<void> {
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

  /** Lists the slugs of the templates that people wrote. */
  customSlugs(): Promise<ReadonlySet<string>> {
    return findCustomSlugs(this.#options.db);
  }

  /** Reads the text of a template that somebody wrote. @throws AppError where nobody has */
  async customText(slug: string): Promise<CustomTemplate> {
    return found(await findCustomTemplate(this.#options.db, slug));
  }

  /** Puts a template in force that somebody wrote. @throws AppError naming the line of each fault */
  createCustom(actor: Actor, text: string): Promise<CustomTemplate> {
    return this.#changeCustom(actor, async (tx, files, texts) => {
      if (texts.size >= MAX_CUSTOM_TEMPLATES)
        throw appError('invalid_state', `There are ${texts.size} of these templates; delete some first.`);
      const template = readCustomTemplate(text);
      const { slug } = template;
      if (files.own.has(slug)) throw appError('name_taken', `A template of the product is called ${slug}.`);
      if (texts.has(slug)) throw appError('name_taken', `There is a template ${slug} already.`);
      checkCustomTemplate({ template, text }, files, texts);
      await keepCustomTemplate(tx, { slug, text, by: actor.name });
      return { action: 'device_template.create', slug };
    });
  }

  /** Replaces the text of a template that somebody wrote. @throws AppError naming the line of each fault */
  replaceCustom(
    actor: Actor,
    { slug, text, match }: { slug: string; text: string; match: Precondition<CustomTemplate> | undefined },
  ): Promise<CustomTemplate> {
    return this.#changeCustom(actor, async (tx, files, texts) => {
      refuseOfProduct(files, texts, slug);
      match?.(found(await findCustomTemplate(tx, slug)));
      const template = readCustomTemplate(text);
      if (template.slug !== slug)
        throw fieldError('text', `its slug is "${template.slug}", and this template is "${slug}"`);
      checkCustomTemplate({ template, text }, files, texts);
      await keepCustomTemplate(tx, { slug, text, by: actor.name });
      return { action: 'device_template.update', slug };
    });
  }

  /** Deletes a template that somebody wrote. @throws AppError while nodes or other templates have it */
  async deleteCustom(actor: Actor, slug: string, match?: Precondition<CustomTemplate>): Promise<void> {
    await this.#changeCustom(actor, async (tx, files, texts) => {
      refuseOfProduct(files, texts, slug);
      const custom = found(await findCustomTemplate(tx, slug));
      match?.(custom);
      const nodes = await countNodesOf(tx, slug);
      if (nodes > 0) throw appError('in_use', `${nodes} nodes have this template; give them another first.`);
      const heir = [...addCustomTemplates(files, texts).own.values()].find((one) =>
        one.extends.includes(slug),
      );
      if (heir !== undefined)
        throw appError('in_use', `The template ${heir.slug} inherits this one; change that first.`);
      await deleteCustomTemplate(tx, slug);
      return { action: 'device_template.delete', slug, gone: custom };
    });
  }

  /** Changes the templates that people wrote, and publishes what is in force then. @returns the one that was changed */
  async #changeCustom(
    actor: Actor,
    change: (
      tx: Tx,
      files: LoadedTemplates,
      texts: ReadonlyMap<string, string>,
    ) => Promise<{ action: string; slug: string; gone?: CustomTemplate }>,
  ): Promise<CustomTemplate> {
    const { db, registry } = this.#options;
    const done = await db.transaction().execute(async (tx) => {
      await lockTemplates(tx);
      const texts = await findCustomTexts(tx);
      const files = resolveTemplates(await findTemplates(tx, { filesAlone: true }));
      const { action, slug, gone } = await change(tx, files, texts);
      const loaded = addCustomTemplates(files, await findCustomTexts(tx));
      const verb = action.replace('device_template.', '');
      await this.#write(tx, loaded, { cause: `device template ${slug}: ${verb}`, actor: actor.name });
      const custom = gone ?? found(await findCustomTemplate(tx, slug));
      await appendAudit(tx, actor, { action, objectType: 'device_template', objectId: slug });
      return { loaded, custom };
    });
    registry.adopt({ ...done.loaded, faults: registry.faults }, await findRetired(db));
    return done.custom;
  }

  async #publish(files: LoadedTemplates, why: DirtyCause, actor?: Actor): Promise<string[]> {
    const { db, logger, registry, version } = this.#options;
    const done = await db.transaction().execute(async (tx) => {
      await lockTemplates(tx);
      const source = await findSource(tx);
      if (!actor && source !== undefined && compareProductVersions(version, source) < 0) {
        logger.warn({ source, version }, 'device templates of a newer version stay in force');
        return undefined;
      }
      const loaded = addCustomTemplates(files, await findCustomTexts(tx));
      for (const fault of loaded.faults.slice(files.faults.length))
        logger.error({ ...fault }, 'device template not loaded');
      const changed = await this.#write(tx, loaded, why);
      await keepSource(tx, version);
      if (actor) await appendAudit(tx, actor, { action: 'device_template.reload', detail: { changed } });
      return { loaded, changed };
    });
    if (done === undefined) return [];
    registry.adopt(done.loaded, await findRetired(db));
    return done.changed;
  }

  /** Writes what is in force on all servers. The caller holds the lock. @returns the slugs that are new, changed or gone */
  async #write(tx: Tx, loaded: TemplatesWithCustom, why: DirtyCause): Promise<string[]> {
    const before = resolveTemplates(await findTemplates(tx)).templates;
    const changes = await writeTemplates(tx, loaded);
    const slugs = changedSlugs(before, loaded.templates).toSorted();
    const cause = why.cause === '' ? `device templates changed: ${listed(slugs)}` : why.cause;
    await this.#options.onPublished(tx, changes, { ...why, cause });
    if (slugs.length > 0) await notifyTemplates(tx);
    return slugs;
  }
}

function found(custom: CustomTemplate | undefined): CustomTemplate {
  if (custom === undefined) throw notFound('This device template, as one that somebody wrote,');
  return custom;
}

function refuseOfProduct(files: LoadedTemplates, texts: ReadonlyMap<string, string>, slug: string): void {
  if (files.own.has(slug) && !texts.has(slug))
    throw appError(
      'invalid_state',
      `The template ${slug} comes with the product; write one that extends it.`,
    );
}

function listed(slugs: readonly string[]): string {
  const shown = slugs.slice(0, 5).join(', ');
  return slugs.length > 5 ? `${shown} and ${slugs.length - 5} more` : shown;
}
