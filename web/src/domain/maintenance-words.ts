import type { MaintenanceWindow, ScopeType } from '@stratora/contract';
import { formatDuration } from '../ui/format/units.ts';

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

/** "for 1 h 40 min more": how long an occurrence goes on. */
export function leftWords(endsAt: string | null, nowMs: number): string {
  if (endsAt === null) return '';
  const seconds = Math.round((Date.parse(endsAt) - nowMs) / 1000);
  if (seconds <= 0) return 'ends now';
  return `for ${formatDuration(seconds < 60 ? seconds : Math.round(seconds / 60) * 60)} more`;
}
