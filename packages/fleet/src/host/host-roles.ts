import { readdir, readFile } from 'node:fs/promises';

/** Process names (as in /proc/PID/comm, 15 characters at most) that tell what a host is for. */
const ROLE_OF_PROCESS: Readonly<Record<string, string>> = {
  postgres: 'postgresql',
  mysqld: 'mysql',
  mariadbd: 'mysql',
  mongod: 'mongodb',
  'redis-server': 'redis',
  'valkey-server': 'redis',
  memcached: 'memcached',
  nginx: 'nginx',
  apache2: 'apache',
  httpd: 'apache',
  haproxy: 'haproxy',
  caddy: 'caddy',
  dockerd: 'docker',
  containerd: 'containerd',
  kubelet: 'kubernetes',
  libvirtd: 'libvirt',
  pveproxy: 'proxmox',
  slapd: 'ldap',
  samba: 'samba',
  smbd: 'samba',
  named: 'dns',
  unbound: 'dns',
  dnsmasq: 'dns',
  dhcpd: 'dhcp',
  master: 'mail',
  exim4: 'mail',
  dovecot: 'mail',
  'rabbitmq-server': 'rabbitmq',
  asterisk: 'asterisk',
  nfsd: 'nfs',
  cupsd: 'printing',
};

/** `master` alone says little: it counts when Postfix's queue manager runs too. */
const NEEDS: Readonly<Record<string, string>> = { master: 'qmgr' };

/** Roles by the names of running processes; sorted. What is not in the list above has no role. */
export function rolesOf(names: ReadonlySet<string>): string[] {
  const roles = new Set<string>();
  for (const [name, role] of Object.entries(ROLE_OF_PROCESS)) {
    const needs = NEEDS[name];
    if (names.has(name) && (!needs || names.has(needs))) roles.add(role);
  }
  return [...roles].toSorted();
}

export async function detectRoles(proc = '/proc'): Promise<string[]> {
  const names = new Set<string>();
  let entries: string[];
  try {
    entries = await readdir(proc);
  } catch {
    return [];
  }
  for (const entry of entries) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      names.add((await readFile(`${proc}/${entry}/comm`, 'utf8')).trim());
    } catch {
      // It ended meanwhile.
    }
  }
  return rolesOf(names);
}
