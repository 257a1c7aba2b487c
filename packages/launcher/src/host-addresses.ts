import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';

/** Names and addresses that this host is reached by. */
export interface HostIdentity {
  dnsNames: string[];
  ipAddresses: string[];
}

/** Interfaces of containers and virtual machines: nobody outside reaches the host by them. */
const INNER_INTERFACE = /^(docker|br-|veth|virbr|vmnet|cni|flannel|tun|tap)/;

/** What the server's certificate is made out to, in a stable order. */
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

/** The address to tell people, for a listener on `listenHost`. */
export function publicHost(listenHost: string): string {
  if (!isWildcard(listenHost)) return listenHost;
  for (const [name, entries] of Object.entries(networkInterfaces())) {
    if (INNER_INTERFACE.test(name)) continue;
    const found = entries?.find((entry) => !entry.internal && entry.family === 'IPv4');
    if (found) return found.address;
  }
  return '127.0.0.1';
}

/** As it stands in a URL: IPv6 in brackets. */
export function urlHost(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host;
}

function isDnsName(name: string): boolean {
  return /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/.test(name);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
