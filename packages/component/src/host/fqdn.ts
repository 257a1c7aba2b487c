import { isIP } from 'node:net';

/** Domains that say nothing about where a host is: of resolvers inside of clusters, and placeholders. */
const EMPTY_DOMAIN = /^(?:local|localdomain|lan|home|internal)$|(?:^|\.)cluster\.local$|(?:^|\.)svc$/;
const DOMAIN = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_-]{0,62})(?:\.[a-z0-9_](?:[a-z0-9_-]{0,62}))*$/i;

/**
 * Finds the full name of this host, as `hostname -f` would find it without asking DNS: the name itself where it has a
 * domain, else what the hosts file says (hosts(5)), else the name in the domain of the resolver (resolv.conf(5):
 * `domain`, or the first of `search`; the last of these lines counts). Undefined where none of them has it.
 */
export function findFqdn(name: string, hosts: string, resolvConf: string): string | undefined {
  const plain = name.toLowerCase().replace(/\.$/, '');
  if (plain === '' || plain === 'localhost' || isIP(plain) !== 0) return undefined;
  if (plain.includes('.')) return plain.startsWith('localhost.') ? undefined : plain;
  return inHosts(plain, hosts) ?? inDomain(plain, resolvConf);
}

function inHosts(name: string, hosts: string): string | undefined {
  for (const line of linesOf(hosts, /#.*/)) {
    const [address = '', ...names] = line.toLowerCase().split(/\s+/);
    if (isIP(address.replace(/%.*$/, '')) === 0 || !names.includes(name)) continue;
    const found = names.find((candidate) => candidate.startsWith(`${name}.`) && DOMAIN.test(candidate));
    if (found !== undefined && !found.endsWith('.localdomain')) return found;
  }
  return undefined;
}

function inDomain(name: string, resolvConf: string): string | undefined {
  let domain: string | undefined;
  for (const line of linesOf(resolvConf, /[#;].*/)) {
    const [keyword, first] = line.split(/\s+/);
    if (keyword === 'domain' || keyword === 'search') domain = first?.toLowerCase().replace(/^\.|\.$/g, '');
  }
  const isReal = domain !== undefined && DOMAIN.test(domain) && !EMPTY_DOMAIN.test(domain);
  return isReal ? `${name}.${domain}` : undefined;
}

function linesOf(text: string, comment: RegExp): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(comment, '').trim())
    .filter((line) => line !== '');
}
