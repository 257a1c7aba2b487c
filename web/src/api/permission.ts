import type { Role } from '@stratora/contract';
import { useUser } from './session.ts';

/** The actions in the product's table of roles. The server decides who may do them; the pages only follow. */
export type Action =
  | 'node.write'
  | 'map.write'
  | 'node.delete'
  | 'site.write'
  | 'credential.attach'
  | 'credential.manage'
  | 'component.manage'
  | 'enrollment.manage'
  | 'alert.write'
  | 'definition.write'
  | 'channel.manage'
  | 'team.manage'
  | 'template.manage'
  | 'maintenance.write'
  | 'discovery.write'
  | 'user.manage';

const OPERATOR: ReadonlySet<Action> = new Set<Action>([
  'node.write',
  'map.write',
  'site.write',
  'credential.attach',
  'alert.write',
  'definition.write',
  'maintenance.write',
  'discovery.write',
]);

export function may(role: Role, action: Action): boolean {
  return role === 'admin' || (role === 'operator' && OPERATOR.has(action));
}

/** Answers `may` for the user who is logged in. */
export function useMay(): (action: Action) => boolean {
  const { role } = useUser();
  return (action) => may(role, action);
}
