import { linuxRoles } from './linux-roles.ts';
import { KIND_OF_ROLE } from './role-signs.ts';
import { windowsRoles } from './windows-roles.ts';

/** Places to look in; those of this host by default. */
export interface RoleSources {
  readonly platform?: NodeJS.Platform;
  readonly proc?: string;
  readonly etc?: string;
  /** The system drive of Windows. */
  readonly drive?: string;
}

/** Most roles that the contract lets a heartbeat have. */
const MAX_ROLES = 64;

/** Detects the purposes of this host: `docker`, `postgresql`, `database`, `domain_controller` and the like; sorted. */
export async function detectRoles(sources: RoleSources = {}): Promise<string[]> {
  const { platform = process.platform, proc = '/proc', etc = '/etc', drive = 'C:\\' } = sources;
  const found = platform === 'win32' ? await windowsRoles(drive) : await linuxRoles(proc, etc);
  const kinds = [...found].flatMap((role) =>
    Object.hasOwn(KIND_OF_ROLE, role) ? [KIND_OF_ROLE[role] ?? role] : [],
  );
  return [...new Set([...found, ...kinds])].toSorted().slice(0, MAX_ROLES);
}
