import { type DeviceTemplate, deviceTemplateSchema } from '@stratora/contract';
import { sql } from 'kysely';
import type { TemplateChange } from '../../components/rollouts/index.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { findSetting, keepSetting } from '../../platform/settings/index.ts';
import type { LoadedTemplates } from './template-loader.ts';
import { canonicalJson, versionOf } from './template-version.ts';

/** Publishing takes turns over all servers. The number is of this lock alone. */
const PUBLISH_LOCK = 7_221_001;
const SOURCE = 'device_templates_source';

export async function lockTemplates(tx: Tx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${PUBLISH_LOCK})`.execute(tx);
}

/** The templates that all servers have in force, as their files say. One that this server cannot read is left out. */
export async function findTemplates(db: Database | Tx): Promise<Map<string, DeviceTemplate>> {
  const rows = await db.selectFrom('device_templates').select(['slug', 'own']).orderBy('slug').execute();
  return new Map(
    rows.flatMap(({ slug, own }) => {
      const parsed = deviceTemplateSchema.safeParse(own);
      return parsed.success ? [[slug, parsed.data] as const] : [];
    }),
  );
}

/**
 * Versions that are no longer in force, newest first, in the form of templates: a component that is held, or comes back
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

/** Writes what is new, another one or gone. @returns what of it matters to rendering */
export async function writeTemplates(tx: Tx, { own, templates }: LoadedTemplates): Promise<TemplateChange[]> {
  const before = new Map(
    (await tx.selectFrom('device_templates').select(['slug', 'hash', 'own']).execute()).map((row) => [
      row.slug,
      row,
    ]),
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
    if (old && old.hash === version.hash && canonicalJson(old.own) === canonicalJson(file)) continue;
    await sql`
      INSERT INTO device_templates (slug, hash, own) VALUES (${slug}, ${version.hash}, ${JSON.stringify(file)}::jsonb)
      ON CONFLICT (slug) DO UPDATE SET hash = excluded.hash, own = excluded.own, updated_at = now()`.execute(
      tx,
    );
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

/** Old versions that are kept at least. */
const VERSIONS_KEPT = 500;

/** Drops the oldest of the versions that nothing refers to any more. */
export async function pruneVersions(tx: Tx): Promise<void> {
  await lockTemplates(tx);
  await sql`
    DELETE FROM device_template_versions v
    WHERE v.hash NOT IN (
        SELECT hash FROM device_template_versions ORDER BY created_at DESC LIMIT ${VERSIONS_KEPT})
      AND NOT EXISTS (SELECT FROM device_templates t WHERE t.hash = v.hash)
      AND NOT EXISTS (SELECT FROM rollout_templates r WHERE v.hash IN (r.old_hash, r.new_hash))
      AND NOT EXISTS (SELECT FROM rollout_versions r WHERE v.hash = r.old_hash)`.execute(tx);
}

/** The version of the product whose templates are in force. */
export async function findSource(tx: Tx): Promise<string | undefined> {
  return ((await findSetting(tx, SOURCE)) as { version?: string } | undefined)?.version;
}

export function keepSource(tx: Tx, version: string): Promise<void> {
  return keepSetting(tx, SOURCE, { version });
}
