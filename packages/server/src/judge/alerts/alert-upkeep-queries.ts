import { sql } from 'kysely';
import type { Tx } from '../../platform/db/index.ts';
import type { ReferredRow } from './alert-row.ts';

/**
 * Gives active alerts the name and the site that their node or component has by now.
 * @returns ids of those that are at another site
 */
export async function followSubjects(tx: Tx): Promise<string[]> {
  const { rows } = await sql<{ id: string; is_elsewhere: boolean }>`
    UPDATE alerts a SET subject_name = moved.name, site_id = moved.site_id
    FROM (
      SELECT b.id, left(subject.name, 200) AS name, subject.site_id,
        b.site_id IS DISTINCT FROM subject.site_id AS is_elsewhere
      FROM alerts b
      JOIN (SELECT id, name, site_id FROM nodes UNION ALL SELECT id, name, site_id FROM remote_components) AS subject
        ON subject.id = b.subject
      WHERE b.state = 'active' AND (b.subject_name, b.site_id) IS DISTINCT FROM (left(subject.name, 200), subject.site_id)
      ORDER BY b.id FOR NO KEY UPDATE OF b) AS moved
    WHERE a.id = moved.id RETURNING a.id, moved.is_elsewhere`.execute(tx);
  return rows.filter(({ is_elsewhere: isElsewhere }) => isElsewhere).map(({ id }) => id);
}

/** Ends the mutes of active alerts whose time is over. */
export async function endMutes(tx: Tx): Promise<ReferredRow[]> {
  const { rows } = await sql<ReferredRow>`
    UPDATE alerts a SET muted_at = NULL, muted_by = NULL, muted_until = NULL
    FROM (
      SELECT id FROM alerts WHERE state = 'active' AND muted_until <= now() ORDER BY id FOR NO KEY UPDATE) AS over
    WHERE a.id = over.id
    RETURNING a.id, a.state, a.severity, a.node_id, a.subject_name, a.summary`.execute(tx);
  return rows;
}

/** Deletes the alerts that were resolved longest ago, with their timelines. @returns how many */
export async function deleteOldAlerts(
  tx: Tx,
  { keepDays, most }: { keepDays: number; most: number },
): Promise<number> {
  const { numAffectedRows } = await sql`
    DELETE FROM alerts WHERE id IN (
      SELECT id FROM alerts WHERE state = 'resolved' AND resolved_at < now() - ${keepDays} * interval '1 day'
      ORDER BY resolved_at, id LIMIT ${most})`.execute(tx);
  return Number(numAffectedRows ?? 0);
}
