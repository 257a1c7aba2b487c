import type { AlertDefinition, ShippedDefinition } from '@stratora/contract';
import { compareProductVersions, type Logger } from '@stratora/runtime';
import { appendAudit, SERVER_ACTOR } from '../../platform/audit/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { findSetting, keepSetting } from '../../platform/settings/index.ts';
import { findDefinitions } from './definition-queries.ts';
import {
  deleteDefinition,
  findShipped,
  freeName,
  insertDefinition,
  lockDefinitions,
  noteShipped,
  writeDefinition,
} from './definition-writing-queries.ts';
import { isEdited, writtenOf, writtenOfShipped } from './shipped-content.ts';
import { readShippedFiles, type ShippedFiles } from './shipped-files.ts';

export interface ShippedServiceOptions {
  db: Database;
  logger: Logger;
  /** Folder of the files. */
  folder: string;
  /** Version of the product: a server of an older one does not bring its definitions back. */
  version: string;
}

/** Slugs of what was done. */
interface Installed {
  added: string[];
  updated: string[];
  removed: string[];
}

const SOURCE = 'alert_definitions_source';

/** The service that brings the definitions of the files into the database when a server starts. */
export class ShippedService {
  readonly #options: ShippedServiceOptions;

  constructor(options: ShippedServiceOptions) {
    this.#options = options;
  }

  /**
   * Installs what is new, renews what nobody edited, and removes what is no longer shipped, unless people edited or replaced it: then
   * it becomes theirs. What is switched off stays off. A file with a fault leaves its definition as it is.
   */
  async install(): Promise<void> {
    const { db, logger, folder, version } = this.#options;
    const files = await readShippedFiles(folder);
    for (const fault of files.faults) logger.error({ ...fault }, 'alert definition not loaded');
    await db.transaction().execute(async (tx) => {
      await lockDefinitions(tx);
      const source = ((await findSetting(tx, SOURCE)) as { version?: string } | undefined)?.version;
      if (source !== undefined && compareProductVersions(version, source) < 0) {
        logger.warn({ source, version }, 'alert definitions of a newer version stay in force');
        return;
      }
      const done = await installFiles(tx, files);
      await keepSetting(tx, SOURCE, { version });
      const count = Object.values(done).reduce((sum, slugs) => sum + slugs.length, 0);
      if (count === 0) return;
      logger.info({ ...done }, 'alert definitions installed');
      // What a new system has is no change of anything.
      if (source === undefined) return;
      const detail = { version, count, ...done };
      await appendAudit(tx, SERVER_ACTOR, { action: 'alert_definition.install', detail });
    });
  }
}

async function installFiles(tx: Tx, { definitions, faults }: ShippedFiles): Promise<Installed> {
  const rows = new Map((await findDefinitions(tx)).map((row) => [row.slug, row]));
  const shippedBefore = await findShipped(tx);
  const done: Installed = { added: [], updated: [], removed: [] };
  for (const [slug, shipped] of definitions) {
    const row = rows.get(slug);
    if (row === undefined) {
      // People may have taken the name before the product shipped it.
      const name = await freeName(tx, shipped.name, null);
      const named = { ...shipped, name };
      await insertDefinition(tx, { ...writtenOfShipped(named), slug, shipped: named });
      done.added.push(slug);
    } else if (await renew(tx, row, { before: shippedBefore.get(slug), now: shipped })) {
      done.updated.push(slug);
    }
  }
  // An empty folder is a broken installation, and no decision to judge nothing any more.
  if (definitions.size === 0) return done;
  const broken = new Set(faults.map(({ file }) => file.replace(/\.toml$/, '')));
  for (const slug of shippedBefore.keys()) {
    const row = rows.get(slug);
    if (row === undefined || definitions.has(slug) || broken.has(slug)) continue;
    if (row.is_changed || row.override_count > 0)
      await noteShipped(tx, row.id, { shipped: null, isChanged: false });
    else await deleteDefinition(tx, row.id);
    done.removed.push(slug);
  }
  return done;
}

/** Brings what is shipped now into a definition. @returns whether it is another one than before */
async function renew(
  tx: Tx,
  row: AlertDefinition,
  { before, now }: { before: ShippedDefinition | undefined; now: ShippedDefinition },
): Promise<boolean> {
  const written = writtenOf(row);
  if (before !== undefined && isSame(before, now)) return false;
  // One that lost its file in an earlier version, and was kept as an own one, has a file again.
  if (before === undefined || row.is_changed) {
    await noteShipped(tx, row.id, { shipped: now, isChanged: isEdited(written, now) });
    return false;
  }
  const name = await freeName(tx, now.name, row.id);
  const named = { ...now, name };
  const enabled = row.enabled === before.enabled ? now.enabled : row.enabled;
  if (!isEdited(written, named) && enabled === row.enabled) {
    if (before.enabled !== now.enabled) await noteShipped(tx, row.id, { shipped: named, isChanged: false });
    return false;
  }
  await writeDefinition(
    tx,
    row.id,
    { ...writtenOfShipped(named), enabled },
    { isChanged: false, shipped: named },
  );
  return true;
}

function isSame(before: ShippedDefinition, now: ShippedDefinition): boolean {
  return before.enabled === now.enabled && !isEdited(writtenOfShipped(before), now);
}
