import {
  ALERT_NAME_MAX,
  type AlertScope,
  type ShippedDefinition,
  type WrittenDefinition,
} from '@stratora/contract';
import { sql } from 'kysely';
import { type Database, isNamed, type Tx } from '../../platform/db/index.ts';
import { columnsOfScope } from './scope-columns.ts';

/** Number of the advisory lock under which definitions are written; no other lock has it. */
const WRITE_LOCK = 7_221_002;

/**
 * Lets one transaction write definitions at a time: what one of them may be depends on others of its family, on their names and on
 * their slugs.
 */
export async function lockDefinitions(tx: Tx): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${WRITE_LOCK})`.execute(tx);
}

export interface NewDefinition extends WrittenDefinition {
  slug: string;
  /** What the product ships; null for one that a person makes. */
  shipped: ShippedDefinition | null;
}

/** @returns the id of the new row */
export async function insertDefinition(
  tx: Tx,
  { shipped, slug, ...written }: NewDefinition,
): Promise<string> {
  const { id } = await tx
    .insertInto('alert_definitions')
    .values({ slug, ...columnsOf(written), shipped: shippedText(shipped) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Writes all that people write of a definition. @param marks what the product says of it, where that changes */
export async function writeDefinition(
  tx: Tx,
  id: string,
  written: WrittenDefinition,
  marks: { isChanged: boolean; shipped?: ShippedDefinition },
): Promise<void> {
  await tx
    .updateTable('alert_definitions')
    .set({
      ...columnsOf(written),
      is_changed: marks.isChanged,
      ...(marks.shipped && { shipped: shippedText(marks.shipped) }),
      updated_at: new Date(),
    })
    .where('id', '=', id)
    .execute();
}

/** Notes what the product ships now, where the definition itself stays as it is. */
export async function noteShipped(
  tx: Tx,
  id: string,
  { shipped, isChanged }: { shipped: ShippedDefinition | null; isChanged: boolean },
): Promise<void> {
  await tx
    .updateTable('alert_definitions')
    .set({ shipped: shippedText(shipped), is_changed: isChanged })
    .where('id', '=', id)
    .execute();
}

/** Deletes a definition; those that replace it go with it. */
export async function deleteDefinition(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('alert_definitions').where('id', '=', id).execute();
}

/** Finds what the product ships of each definition that it does, by slug. */
export async function findShipped(db: Database | Tx): Promise<Map<string, ShippedDefinition>> {
  const rows = await db
    .selectFrom('alert_definitions')
    .select(['slug', 'shipped'])
    .where('shipped', 'is not', null)
    .execute();
  return new Map(rows.map(({ slug, shipped }) => [slug, shipped as ShippedDefinition]));
}

/** Finds a name that no other definition has: the given one, or that with the first number behind it that is free. */
export async function freeName(tx: Tx, name: string, exceptId: string | null): Promise<string> {
  let fresh = name;
  for (let number = 2; await isNameTaken(tx, fresh, exceptId); number += 1) {
    const end = ` (${number})`;
    fresh = name.slice(0, ALERT_NAME_MAX - end.length) + end;
  }
  return fresh;
}

/** Whether another definition has this name, apart from case. */
async function isNameTaken(tx: Tx, name: string, exceptId: string | null): Promise<boolean> {
  const { rows } = await sql`
    SELECT FROM alert_definitions d
    WHERE ${isNamed(sql`d.name`, name)} AND d.id IS DISTINCT FROM ${exceptId}`.execute(tx);
  return rows.length > 0;
}

/** Finds all slugs. */
export async function findSlugs(tx: Tx): Promise<Set<string>> {
  const rows = await tx.selectFrom('alert_definitions').select('slug').execute();
  return new Set(rows.map(({ slug }) => slug));
}

/** Whether the site, group or node of a scope exists. */
export async function hasPlace(tx: Database | Tx, { type, id }: AlertScope): Promise<boolean> {
  if (type === 'global') return true;
  const table = { site: 'sites', group: 'node_groups', node: 'nodes' } as const;
  const row = await tx
    .selectFrom(table[type])
    .select('id')
    .where('id', '=', id ?? '')
    .executeTakeFirst();
  return row !== undefined;
}

function columnsOf({ scope, ...fields }: WrittenDefinition) {
  return {
    name: fields.name,
    kind: fields.kind,
    expr: fields.expr,
    comparison: fields.comparison,
    warning: fields.warning,
    warning_clear: fields.warning_clear,
    critical: fields.critical,
    critical_clear: fields.critical_clear,
    unit: fields.unit,
    duration_seconds: fields.duration_seconds,
    clear_after_seconds: fields.clear_after_seconds,
    instance_labels: fields.instance_labels,
    no_data: fields.no_data,
    look_back_seconds: fields.look_back_seconds,
    seen_good: fields.seen_good,
    settle_seconds: fields.settle_seconds,
    ...columnsOfScope(scope),
    overrides: fields.overrides,
    summary: fields.summary,
    runbook_url: fields.runbook_url,
    enabled: fields.enabled,
  };
}

function shippedText(shipped: ShippedDefinition | null): string | null {
  return shipped === null ? null : JSON.stringify(shipped);
}
