import { type DeviceTemplate, deviceTemplateSchema } from '@stratora/contract';
import type { LoadedTemplates } from '@stratora/templates';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';
import { findSetting, keepSetting } from '../../platform/settings/index.ts';
import { canonicalJson, type TemplateChange, versionOf } from './template-version.ts';

/** Number of the advisory lock under which servers publish one after the other; no other lock has it. */
const PUBLISH_LOCK = 7_221_001;
const SOURCE = 'device_templates_source';

export async function lockTemplates(tx: Tx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${PUBLISH_LOCK})`.execute(tx);
}

/**
 * Finds the templates in force on all servers, as they were written, all or those of files alone. One that this server
 * cannot read is left out.
 */
export async function findTemplates(
  db: Database | Tx,
  { filesAlone = false } = {},
): Promise<Map<string, DeviceTemplate>> {
  const all = db.selectFrom('device_templates').select(['slug', 'own']).orderBy('slug');
  const rows = await (filesAlone ? all.where('custom', '=', false) : all).execute();
  return new Map(
    rows.flatMap(({ slug, own }) => {
      const parsed = deviceTemplateSchema.safeParse(own);
      return parsed.success ? [[slug, parsed.data] as const] : [];
    }),
  );
}

/**
 * Finds versions that are no longer in force, newest first, in the form of templates: a component that is held, or comes back
 * after days with what it gathered, still sends rows by them.
 */
export async function findRetired(db: Database): Promise<DeviceTemplate[]> {
  const { rows } = await sql<Pick<DeviceTemplate, 'gathered_by' | 'inputs' | 'metrics'> & { hash: string }>`
    SELECT v.hash, v.gathered_by, v.inputs, v.metrics FROM device_template_versions v
    WHERE NOT EXISTS (SELECT FROM device_templates t WHERE t.hash = v.hash)
    ORDER BY v.created_at DESC, v.hash`.execute(db);
  return rows.map(({ hash, ...row }) => ({
    ...row,
    slug: hash,
    name: hash,
    description: '',
    extends: [],
    match: { sys_object_ids: [], sys_descr: [] },
    panels: [],
  }));
}

/** Writes templates that are new, changed or gone. @returns the changes that matter to rendering */
export async function writeTemplates(
  tx: Tx,
  { own, templates, custom }: LoadedTemplates & { custom: ReadonlySet<string> },
): Promise<TemplateChange[]> {
  const before = new Map(
    (await tx.selectFrom('device_templates').select(['slug', 'hash', 'own', 'custom']).execute()).map(
      (row) => [row.slug, row],
    ),
  );
  const changes: TemplateChange[] = [];
  for (const [slug, template] of templates) {
    const file = own.get(slug);
    if (!file) continue;
    const version = versionOf(template);
    const old = before.get(slug);
    before.delete(slug);
    if (old?.hash !== version.hash) {
      changes.push({
        slug,
        gatheredBy: version.gatheredBy,
        oldHash: old?.hash ?? null,
        newHash: version.hash,
      });
    }
    await sql`
      INSERT INTO device_template_versions (hash, gathered_by, inputs, metrics)
      VALUES (${version.hash}, ${version.gatheredBy}, ${JSON.stringify(version.inputs)}::jsonb,
        ${JSON.stringify(version.metrics)}::jsonb)
      ON CONFLICT (hash) DO UPDATE SET metrics = excluded.metrics
      WHERE device_template_versions.metrics <> excluded.metrics`.execute(tx);
    const isCustom = custom.has(slug);
    const isSame = old?.custom === isCustom && canonicalJson(old.own) === canonicalJson(file);
    if (isSame && old.hash === version.hash) continue;
    await sql`
      INSERT INTO device_templates (slug, hash, own, custom)
      VALUES (${slug}, ${version.hash}, ${JSON.stringify(file)}::jsonb, ${isCustom})
      ON CONFLICT (slug) DO UPDATE
      SET hash = excluded.hash, own = excluded.own, custom = excluded.custom, updated_at = now()`.execute(tx);
  }
  return [...changes, ...(await removeTemplates(tx, [...before.values()]))];
}

async function removeTemplates(
  tx: Tx,
  gone: readonly { slug: string; hash: string }[],
): Promise<TemplateChange[]> {
  if (gone.length === 0) return [];
  const slugs = gone.map(({ slug }) => slug);
  const { rows } = await sql<{ slug: string; hash: string; gathered_by: DeviceTemplate['gathered_by'] }>`
    DELETE FROM device_templates t USING device_template_versions v
    WHERE t.slug = ANY(${slugs}::text[]) AND v.hash = t.hash
    RETURNING t.slug, t.hash, v.gathered_by`.execute(tx);
  return rows.map(({ slug, hash, gathered_by: gatheredBy }) => ({
    slug,
    gatheredBy,
    oldHash: hash,
    newHash: null,
  }));
}

/** Least number of old versions that are kept. */
const VERSIONS_KEPT = 500;

/** Drops the oldest versions, but for those in force and these. The caller holds the lock. */
export async function pruneVersions(tx: Tx, inUse: readonly string[]): Promise<void> {
  await sql`
    DELETE FROM device_template_versions v
    WHERE v.hash NOT IN (
        SELECT hash FROM device_template_versions ORDER BY created_at DESC LIMIT ${VERSIONS_KEPT})
      AND NOT EXISTS (SELECT FROM device_templates t WHERE t.hash = v.hash)
      AND v.hash <> ALL(${[...inUse]}::text[])`.execute(tx);
}

/** Finds versions by their hashes, with the part that rendering reads. */
export async function findTemplateVersions(
  db: Database,
  hashes: readonly string[],
): Promise<(Pick<DeviceTemplate, 'gathered_by' | 'inputs'> & { hash: string })[]> {
  const { rows } = await sql<Pick<DeviceTemplate, 'gathered_by' | 'inputs'> & { hash: string }>`
    SELECT hash, gathered_by, inputs FROM device_template_versions
    WHERE hash = ANY(${[...hashes]}::text[])`.execute(db);
  return rows;
}

/** Tells all servers, with the commit, that other templates are in force. */
export async function notifyTemplates(tx: Tx): Promise<void> {
  await sql`SELECT pg_notify('stratora_templates', '')`.execute(tx);
}

/** Finds the version of the product whose templates are in force. */
export async function findSource(tx: Tx): Promise<string | undefined> {
  return ((await findSetting(tx, SOURCE)) as { version?: string } | undefined)?.version;
}

export function keepSource(tx: Tx, version: string): Promise<void> {
  return keepSetting(tx, SOURCE, { version });
}
