import { readFile } from 'node:fs/promises';
import { arch, hostname, networkInterfaces, platform, release, uptime, version } from 'node:os';
import { findFqdn } from './fqdn.ts';

export interface HostFacts {
  hostname: string;
  fqdn: string | undefined;
  os: string;
  /** Name of the system for people: `Debian GNU/Linux 12 (bookworm)`. */
  osVersion: string;
  arch: string;
  uptimeSeconds: number;
  ipAddresses: string[];
}

const MAX_ADDRESSES = 64;
const HOSTS_FILE = platform() === 'win32' ? 'C:\\Windows\\System32\\drivers\\etc\\hosts' : '/etc/hosts';

/** Parses `KEY=value` lines with shell quoting, os-release(5). */
export function parseOsRelease(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const line of text.split('\n')) {
    const match = /^([A-Z0-9_]+)=(.*)$/.exec(line.trim());
    if (!match?.[1]) continue;
    values[match[1]] = (match[2] ?? '').replace(/^(["'])(.*)\1$/, '$2').replace(/\\(["$`\\])/g, '$1');
  }
  return values;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}

/** Reads the version of the system; `Windows Server 2022 Datacenter 10.0.20348` on Windows, which has no os-release. */
async function readOsVersion(): Promise<string> {
  if (platform() === 'win32') return `${version()} ${release()}`;
  const values = parseOsRelease(
    (await readText('/etc/os-release')) || (await readText('/usr/lib/os-release')),
  );
  return values['PRETTY_NAME'] ?? `${platform()} ${release()}`;
}

/** Lists the addresses that others can reach this host by: no loopback, no link-local. */
export function listAddresses(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((entries) => entries ?? [])
    .filter((entry) => !entry.internal && !/^(fe80:|169\.254\.)/i.test(entry.address))
    .map((entry) => entry.address);
  return [...new Set(addresses)].slice(0, MAX_ADDRESSES);
}

/** Reads the facts of this host; anew each time, since a host may be renamed while the component runs. */
export async function readHostFacts(): Promise<HostFacts> {
  const name = hostname() || 'localhost';
  return {
    hostname: name,
    fqdn: findFqdn(name, await readText(HOSTS_FILE), await readText('/etc/resolv.conf')),
    os: platform(),
    osVersion: await readOsVersion(),
    arch: arch(),
    uptimeSeconds: Math.floor(uptime()),
    ipAddresses: listAddresses(),
  };
}
