import type { AlertScope } from '@stratora/contract';

/** The part of a row that says for which site, group or node it is; all three are null where it is for everything. */
export interface ScopeColumns {
  scope_site_id: string | null;
  scope_group_id: string | null;
  scope_node_id: string | null;
}

/** Reads the scope of a row. */
export function scopeOf(row: ScopeColumns): AlertScope {
  if (row.scope_site_id !== null) return { type: 'site', id: row.scope_site_id };
  if (row.scope_group_id !== null) return { type: 'group', id: row.scope_group_id };
  if (row.scope_node_id !== null) return { type: 'node', id: row.scope_node_id };
  return { type: 'global', id: null };
}

/** Returns a scope as it stands in a row. */
export function columnsOfScope({ type, id }: AlertScope): ScopeColumns {
  return {
    scope_site_id: type === 'site' ? id : null,
    scope_group_id: type === 'group' ? id : null,
    scope_node_id: type === 'node' ? id : null,
  };
}
