import type { Role } from '@stratora/contract';
import { useUser } from './session.ts';

/** What people may do, as the product's table of roles says. The server decides; the pages only follow. */
export type Action =
  | 'node.write'
  | 'node.delete'
  | 'site.write'
  | 'credential.attach'
  | 'credential.manage'
  | 'component.manage'
  | 'enrollment.manage'
  | 'user.manage';

const OPERATOR: ReadonlySet<Action> = new Set<Action>(['node.write', 'site.write', 'credential.attach']);

export function may(role: Role, action: Action): boolean {
  return role === 'admin' || (role === 'operator' && OPERATOR.has(action));
}

/** `may` for the user who is logged in. */
export function useMay(): (action: Action) => boolean {
  const { role } = useUser();
  return (action) => may(role, action);
}
