import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readListeningPorts } from './listening-ports.ts';
import {
  COMPANION_OF,
  OWN_USE,
  ROLE_OF_ARGUMENT,
  ROLE_OF_PREFIX,
  ROLE_OF_PROCESS,
  ROLE_OF_TCP_PORT,
  ROLE_OF_UDP_PORT,
  ROLE_OF_UNIT,
} from './role-signs.ts';

/** Folder of links to the units that start with the host. */
const WANTS = 'systemd/system/multi-user.target.wants';
const MAX_PROCESSES = 32_768;

/** Detects roles by what runs, by what starts with the host and by what listens. Nothing is started or asked. */
export async function linuxRoles(proc: string, etc: string): Promise<Set<string>> {
  const { roles, names } = await rolesOfProcesses(proc);
  const add = (role: string | undefined): void => void (role !== undefined && roles.add(role));
  for (const unit of await readdir(join(etc, WANTS)).catch(() => [])) {
    add(own(ROLE_OF_UNIT, unit.replace(/\.service$/, '').replace(/@.*$/, '')));
  }
  const ports = await readListeningPorts(proc);
  // The resolver and the DHCP server of a host's own virtual networks listen as real ones do.
  const isOwnUse = Object.values(OWN_USE).some((others) => others.some((name) => names.has(name)));
  for (const port of ports.tcp) if (port !== 53 || !isOwnUse) add(ROLE_OF_TCP_PORT[port]);
  for (const port of ports.udp) if (port !== 67 || !isOwnUse) add(ROLE_OF_UDP_PORT[port]);
  return roles;
}

/** Returns the roles of names of processes. */
export function rolesOfNames(names: ReadonlySet<string>): Set<string> {
  const roles = new Set<string>();
  for (const name of names) {
    const companion = own(COMPANION_OF, name);
    const others = own(OWN_USE, name) ?? [];
    if (companion !== undefined && !names.has(companion)) continue;
    if (others.some((other) => names.has(other))) continue;
    const role =
      own(ROLE_OF_PROCESS, name) ?? ROLE_OF_PREFIX.find(([prefix]) => name.startsWith(prefix))?.[1];
    if (role !== undefined) roles.add(role);
  }
  return roles;
}

async function rolesOfProcesses(proc: string): Promise<{ roles: Set<string>; names: ReadonlySet<string> }> {
  const names = new Set<string>();
  const arguments_ = new Set<string>();
  const here = containerOf(await readText(join(proc, 'self/cgroup')));
  const pids = (await readdir(proc).catch(() => [])).filter((entry) => /^\d+$/.test(entry));
  for (const pid of pids.slice(0, MAX_PROCESSES)) {
    const name = (await readText(join(proc, pid, 'comm'))).trim();
    if (name === '' || names.has(name)) continue;
    const parts = own(ROLE_OF_ARGUMENT, name);
    // What runs in a container is that container's role, and the host's is to run containers.
    if (!isSign(name) || containerOf(await readText(join(proc, pid, 'cgroup'))) !== here) continue;
    if (parts === undefined) {
      names.add(name);
      continue;
    }
    const command = await readText(join(proc, pid, 'cmdline'));
    for (const [part, role] of parts) if (command.includes(part)) arguments_.add(role);
  }
  return { roles: new Set([...rolesOfNames(names), ...arguments_]), names };
}

const COMPANIONS: ReadonlySet<string> = new Set([
  ...Object.values(COMPANION_OF),
  ...Object.values(OWN_USE).flat(),
]);

function isSign(name: string): boolean {
  return (
    COMPANIONS.has(name) ||
    Object.hasOwn(ROLE_OF_PROCESS, name) ||
    Object.hasOwn(ROLE_OF_ARGUMENT, name) ||
    ROLE_OF_PREFIX.some(([prefix]) => name.startsWith(prefix))
  );
}

const CONTAINER =
  /(?:docker|libpod|containerd|crio)[-/](?:conmon-)?[0-9a-f]{8,}|kubepods|lxc(?:\.payload\.|\/)[\w.-]+/;

/**
 * Returns the container that a cgroup belongs to, by the names that container engines give; empty for the host itself.
 */
function containerOf(cgroup: string): string {
  return CONTAINER.exec(cgroup)?.[0] ?? '';
}

async function readText(path: string): Promise<string> {
  // It may have ended meanwhile.
  return readFile(path, 'utf8').catch(() => '');
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
