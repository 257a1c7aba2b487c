import type { CustomTemplate } from '@stratora/contract';
import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';

/** Lists the texts of the templates that people wrote, by slug. */
export async function findCustomTexts(db: Database | Tx): Promise<Map<string, string>> {
  const rows = await db.selectFrom('custom_templates').select(['slug', 'text']).orderBy('slug').execute();
  return new Map(rows.map(({ slug, text }) => [slug, text]));
}

export async function findCustomSlugs(db: Database): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('custom_templates').select('slug').execute();
  return new Set(rows.map(({ slug }) => slug));
}

export async function findCustomTemplate(
  db: Database | Tx,
  slug: string,
): Promise<CustomTemplate | undefined> {
  const row = await db
    .selectFrom('custom_templates')
    .select(['slug', 'text', 'updated_by', 'created_at', 'updated_at'])
    .where('slug', '=', slug)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { ...row, created_at: row.created_at.toISOString(), updated_at: row.updated_at.toISOString() };
}

/** Writes the text of a template, new or not. */
export async function keepCustomTemplate(
  tx: Tx,
  { slug, text, by }: { slug: string; text: string; by: string },
): Promise<void> {
  await sql`
    INSERT INTO custom_templates (slug, text, updated_by) VALUES (${slug}, ${text}, ${by})
    ON CONFLICT (slug) DO UPDATE SET text = excluded.text, updated_by = excluded.updated_by, updated_at = now()`.execute(
    tx,
  );
}

export async function deleteCustomTemplate(tx: Tx, slug: string): Promise<void> {
  await tx.deleteFrom('custom_templates').where('slug', '=', slug).execute();
}

/** Counts the nodes that have a template. */
export async function countNodesOf(tx: Tx, slug: string): Promise<number> {
  const { count } = await tx
    .selectFrom('nodes')
    .select((build) => build.fn.countAll<string>().as('count'))
    .where('template', '=', slug)
    .executeTakeFirstOrThrow();
  return Number(count);
}
