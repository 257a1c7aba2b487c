import { readFile } from 'node:fs/promises';
import { arch, hostname, networkInterfaces, platform, release, uptime } from 'node:os';

export interface HostFacts {
  hostname: string;
  fqdn: string | undefined;
  os: string;
  /** As people say it: `Debian GNU/Linux 12 (bookworm)`. */
  osVersion: string;
  arch: string;
  uptimeSeconds: number;
  ipAddresses: string[];
}

const MAX_ADDRESSES = 64;

/** `KEY=value` lines with shell quoting, os-release(5). */
export function parseOsRelease(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const match = /^([A-Z0-9_]+)=(.*)$/.exec(line.trim());
    if (!match?.[1]) continue;
    values[match[1]] = (match[2] ?? '').replace(/^(["'])(.*)\1$/, '$2').replace(/\\(["$`\\])/g, '$1');
  }
  return values;
}

/** The name with a domain that /etc/hosts gives to this host, as `hostname -f` would find it without asking DNS. */
export function findFqdn(hosts: string, name: string): string | undefined {
  if (name.includes('.')) return name;
  for (const line of hosts.split('\n')) {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (!address || !names.includes(name)) continue;
    const found = names.find((candidate) => candidate.startsWith(`${name}.`));
    if (found) return found;
  }
  return undefined;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}

async function readOsVersion(): Promise<string> {
  const values = parseOsRelease(
    (await readText('/etc/os-release')) || (await readText('/usr/lib/os-release')),
  );
  return values['PRETTY_NAME'] ?? `${platform()} ${release()}`;
}

/** Addresses that others can reach this host by: no loopback, no link-local. */
function listAddresses(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => !entry.internal && !/^(fe80:|169\.254\.)/i.test(entry.address))
    .map((entry) => entry.address);
  return [...new Set(addresses)].slice(0, MAX_ADDRESSES);
}

export async function readHostFacts(): Promise<HostFacts> {
  const name = hostname() || 'localhost';
  return {
    hostname: name,
    fqdn: findFqdn(await readText('/etc/hosts'), name),
    os: platform(),
    osVersion: await readOsVersion(),
    arch: arch(),
    uptimeSeconds: Math.floor(uptime()),
    ipAddresses: listAddresses(),
  };
}
