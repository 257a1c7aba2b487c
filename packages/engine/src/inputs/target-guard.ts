import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { SharedService } from '../shared-services.ts';

/** The refusal to contact a target, with its reason. */
export class TargetRefused extends Error {
  override readonly name = 'TargetRefused';
  readonly reason: 'forbidden' | 'dns';

  constructor(reason: 'forbidden' | 'dns', message: string) {
    super(message);
    this.reason = reason;
  }
}

const OWN_AND_SPECIAL: readonly (readonly [network: string, prefix: number, family: 'ipv4' | 'ipv6'])[] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['224.0.0.0', 4, 'ipv4'],
  ['240.0.0.0', 4, 'ipv4'],
  ['::', 128, 'ipv6'],
  ['::1', 128, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
];

/**
 * Decides where checks that speak a protocol of their own (HTTP, TLS) may connect to. What listens on this machine, on
 * its links (cloud metadata among it) and on multicast is refused, so that a check cannot be used to reach what only
 * this machine may. A name is resolved once and the check connects to that address, so that a second answer of DNS
 * changes nothing.
 */
export class TargetGuard implements SharedService {
  readonly #forbidden = new BlockList();

  constructor(options: { readonly allowsLoopback?: boolean } = {}) {
    for (const [network, prefix, family] of OWN_AND_SPECIAL) {
      const isLoopback = network === '127.0.0.0' || network === '::1';
      if (!isLoopback || options.allowsLoopback !== true) this.#forbidden.addSubnet(network, prefix, family);
    }
  }

  /**
   * Resolves the address to connect to.
   *
   * @param host an address without brackets, or a name
   * @param family which kind of address of a name is wanted; 0 for either
   * @throws TargetRefused
   */
  async resolve(host: string, family: 0 | 4 | 6 = 0): Promise<string> {
    const addresses = isIP(host) === 0 ? await resolveName(host, family) : [host];
    const allowed = addresses.find((address) => !this.#isForbidden(address));
    if (allowed === undefined) {
      throw new TargetRefused(
        'forbidden',
        'Checks of loopback, link-local and multicast addresses are refused.',
      );
    }
    return allowed;
  }

  /** Holds nothing that needs an end. */
  stop(): void {}

  #isForbidden(address: string): boolean {
    // IPv4-mapped addresses are judged by their IPv4 rules in `check`.
    return this.#forbidden.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
}

async function resolveName(host: string, family: 0 | 4 | 6): Promise<string[]> {
  try {
    const found = await lookup(host, { all: true, family });
    return found.map((entry) => entry.address);
  } catch (error) {
    throw new TargetRefused(
      'dns',
      `The name ${host} cannot be resolved (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
}
