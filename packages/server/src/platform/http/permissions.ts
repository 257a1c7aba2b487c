import type { Role } from '@stratora/contract';

/**
 * The permissions that a user route may require. `self` is for every user that is logged in, also with a password to
 * change.
 */
export const PERMISSIONS = {
  self: ['admin', 'operator', 'viewer'],
  'monitoring:read': ['admin', 'operator', 'viewer'],
  'inventory:write': ['admin', 'operator'],
  'discovery:manage': ['admin', 'operator'],
  'alerts:write': ['admin', 'operator'],
  'channels:manage': ['admin'],
  'maintenance:write': ['admin', 'operator'],
  'credentials:attach': ['admin', 'operator'],
  'teams:manage': ['admin'],
  'nodes:delete': ['admin'],
  'components:manage': ['admin'],
  'credentials:manage': ['admin'],
  'credentials:reveal': ['admin'],
  'enrollment-tokens:manage': ['admin'],
  'users:manage': ['admin'],
  'settings:manage': ['admin'],
  'audit:read': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;

export function roleMay(role: Role, permission: Permission): boolean {
  return (PERMISSIONS[permission] as readonly Role[]).includes(role);
}
