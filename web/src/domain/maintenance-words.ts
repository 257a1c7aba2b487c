import type { MaintenanceWindow, ScopeType } from '@stratora/contract';
import { formatAgo } from '../ui/format/time.ts';

const SCOPES: Readonly<Record<ScopeType, string>> = {
  global: 'everything',
  site: 'site',
  group: 'group',
  node: 'node',
};

/** "site Munich", "everything". */
export function windowScopeWords({
  scope,
  scope_name: name,
}: Pick<MaintenanceWindow, 'scope' | 'scope_name'>): string {
  return scope.type === 'global' ? SCOPES.global : `${SCOPES[scope.type]} ${name ?? '(gone)'}`;
}

/** "for 40 min more": how long an occurrence goes on. */
export function leftWords(endsAt: string | null, nowMs: number): string {
  if (endsAt === null) return '';
  const end = Date.parse(endsAt);
  return end <= nowMs ? 'ends now' : `for ${formatAgo(end, nowMs).replace(/^in /, '')} more`;
}
