import { sql } from 'kysely';
import type { Database, Tx } from '../../platform/db/index.ts';

/** Marks that the component is to fetch a new key. */
export async function markKeyDue(tx: Tx, componentId: string): Promise<void> {
  await sql`UPDATE remote_components SET key_due_since = now() WHERE id = ${componentId}`.execute(tx);
}

/** Deletes the mark that a key is due. @param since time of a key; a younger mark stays */
export async function clearKeyDue(tx: Tx, componentId: string, since?: Date): Promise<void> {
  const marked = tx
    .updateTable('remote_components')
    .set({ key_due_since: null })
    .where('id', '=', componentId)
    .where('key_due_since', 'is not', null);
  await (since ? marked.where('key_due_since', '<=', since) : marked).execute();
}

export interface DueComponent {
  name: string;
  hostname: string;
  component_type: string;
}

/** Finds the component, if it may fetch a new key now. */
export async function findDueComponent(
  db: Database | Tx,
  componentId: string,
  lock?: 'lock',
): Promise<DueComponent | undefined> {
  const query = db
    .selectFrom('remote_components')
    .select(['name', 'hostname', 'component_type'])
    .where('id', '=', componentId)
    .where('approval', '=', 'approved')
    .where('key_due_since', 'is not', null);
  return (lock ? query.forNoKeyUpdate() : query).executeTakeFirst();
}

export async function listDue(db: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('remote_components')
    .select('id')
    .where('key_due_since', 'is not', null)
    .execute();
  return rows.map(({ id }) => id);
}

/** Most components that are marked at one time: those that enrolled in one hour must not all ask for keys in one. */
const MARKED_AT_ONCE = 30;

/** Marks components whose newest key is older than so many days. */
export async function markOldKeys(db: Database, maxAgeDays: number): Promise<void> {
  await sql`
    UPDATE remote_components SET key_due_since = now() WHERE id IN (
      SELECT c.id FROM remote_components c JOIN component_keys k ON k.component_id = c.id
      WHERE c.approval = 'approved' AND c.key_due_since IS NULL
        AND (k.expires_at IS NULL OR k.expires_at > now())
      GROUP BY c.id HAVING max(k.created_at) < now() - ${maxAgeDays} * interval '1 day'
      ORDER BY max(k.created_at) LIMIT ${MARKED_AT_ONCE})`.execute(db);
}
