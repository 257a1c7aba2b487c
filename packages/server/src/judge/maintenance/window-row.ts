import type { MaintenanceState, MaintenanceWindow } from '@stratora/contract';
import { sql } from 'kysely';
import { type ScopeColumns, scopeOf } from '../rules/index.ts';

/** The part of a row that follows from when a window is. */
export interface OccurrenceColumns {
  /** The occurrence that ran or came next when they were last worked out. */
  occurrence_starts_at: Date | null;
  occurrence_ends_at: Date | null;
  /** The one after it. */
  following_starts_at: Date | null;
  following_ends_at: Date | null;
}

/** A row as it is read. */
export interface WindowRow extends ScopeColumns, OccurrenceColumns {
  id: string;
  name: string;
  starts_at: Date;
  ends_at: Date;
  rrule: string | null;
  exdates: string[];
  timezone: string;
  reason: string | null;
  ended_early_at: Date | null;
  created_by: string;
  created_at: Date;
  updated_at: Date;
  scope_name: string | null;
}

export const WINDOW_COLUMNS = sql`w.id, w.name, w.scope_site_id, w.scope_group_id, w.scope_node_id, w.starts_at,
  w.ends_at, w.rrule, w.exdates, w.timezone, w.reason, w.ended_early_at, w.occurrence_starts_at, w.occurrence_ends_at,
  w.following_starts_at, w.following_ends_at, w.created_by, w.created_at, w.updated_at,
  coalesce(site.name, node_group.name, node.name) AS scope_name`;
export const WINDOW_FROM = sql`maintenance_windows w
  LEFT JOIN sites site ON site.id = w.scope_site_id
  LEFT JOIN node_groups node_group ON node_group.id = w.scope_group_id
  LEFT JOIN nodes node ON node.id = w.scope_node_id`;

interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** What a row says of a moment: the occurrence that runs, and the first one that is to come. */
export function occurrencesAt(
  row: OccurrenceColumns,
  now: number,
): { current: Span | undefined; next: Span | undefined } {
  const spans = [
    spanOf(row.occurrence_starts_at, row.occurrence_ends_at),
    spanOf(row.following_starts_at, row.following_ends_at),
  ].filter((span) => span !== undefined);
  return {
    current: spans.find(({ from, to }) => from.getTime() <= now && now < to.getTime()),
    next: spans.find(({ from }) => now < from.getTime()),
  };
}

function spanOf(from: Date | null, to: Date | null): Span | undefined {
  return from === null || to === null ? undefined : { from, to };
}

/** Makes of a row what people are shown at a moment. */
export function toWindow(row: WindowRow, now: number): MaintenanceWindow {
  const { current, next } = occurrencesAt(row, now);
  const left: MaintenanceState = next === undefined ? 'over' : 'scheduled';
  return {
    id: row.id,
    name: row.name,
    scope: scopeOf(row),
    starts_at: row.starts_at.toISOString(),
    ends_at: row.ends_at.toISOString(),
    rrule: row.rrule,
    exdates: row.exdates,
    timezone: row.timezone,
    reason: row.reason,
    scope_name: row.scope_name,
    state: current === undefined ? left : 'active',
    active: current !== undefined,
    current_starts_at: current?.from.toISOString() ?? null,
    current_ends_at: current?.to.toISOString() ?? null,
    next_starts_at: next?.from.toISOString() ?? null,
    next_ends_at: next?.to.toISOString() ?? null,
    ended_early_at: row.ended_early_at?.toISOString() ?? null,
    created_by: row.created_by,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}
