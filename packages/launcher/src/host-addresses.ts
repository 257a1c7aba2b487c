import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';

/** Names and addresses by which this host is reached. */
export interface HostIdentity {
  dnsNames: string[];
  ipAddresses: string[];
}

/** Names of interfaces of containers and virtual machines, by which nobody outside reaches the host. */
const VIRTUAL_INTERFACE = /^(docker|br-|veth|virbr|vmnet|cni|flannel|tun|tap)/;

/** Reads the names and addresses that the server's certificate is made out to, in a stable order. */
export function readHostIdentity(listenHost: string): HostIdentity {
  const dns = new Set(['localhost', hostname().toLowerCase()]);
  const addresses = new Set(['127.0.0.1', '::1']);
  for (const entries of Object.values(networkInterfaces())) {
    // Link-local addresses need a zone and change; nobody types them.
    for (const entry of entries ?? []) if (!entry.address.startsWith('fe80:')) addresses.add(entry.address);
  }
  if (isIP(listenHost) === 0) dns.add(listenHost.toLowerCase());
  else if (!isWildcard(listenHost)) addresses.add(listenHost);
  return { dnsNames: [...dns].filter(isDnsName).sort(byText), ipAddresses: [...addresses].sort(byText) };
}

export function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::';
}

/** Returns the address to show to people, for a listener on `listenHost`. */
export function publicHost(listenHost: string): string {
  if (!isWildcard(listenHost)) return listenHost;
  for (const [name, entries] of Object.entries(networkInterfaces())) {
    if (VIRTUAL_INTERFACE.test(name)) continue;
    const found = entries?.find((entry) => !entry.internal && entry.family === 'IPv4');
    if (found) return found.address;
  }
  return '127.0.0.1';
}

/** Renders a host for a URL: IPv6 in brackets. */
export function urlHost(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}

function isDnsName(name: string): boolean {
  return /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(name);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
