import { BlockList, isIP } from 'node:net';
import type { SharedService } from '../shared-services.ts';
import { targetForbidden } from '../target-words.ts';
import { NameError, NameLookup } from './name-lookup.ts';

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
 * this machine may. A name is resolved once and the check connects to what was found, so that a second answer of DNS
 * changes nothing.
 */
export class TargetGuard implements SharedService {
  readonly #forbidden = new BlockList();
  readonly #names: NameLookup;

  constructor(options: { readonly allowsLoopback?: boolean; readonly names?: NameLookup } = {}) {
    this.#names = options.names ?? new NameLookup();
    for (const [network, prefix, family] of OWN_AND_SPECIAL) {
      const isLoopback = network === '127.0.0.0' || network === '::1';
      if (!isLoopback || options.allowsLoopback !== true) this.#forbidden.addSubnet(network, prefix, family);
    }
  }

  /**
   * Resolves the addresses to connect to, in the order in which to try them: both families in turn (RFC 8305), so that
   * a network without one of them costs one try.
   *
   * @param host an address without brackets, or a name
   * @param family which kind of address of a name is wanted; 0 for either
   * @throws TargetRefused
   */
  async resolve(host: string, family: 0 | 4 | 6 = 0): Promise<readonly string[]> {
    const addresses = byTurns(await this.#addressesOf(host, family));
    const allowed = addresses.filter((address) => !this.#isForbidden(address));
    if (allowed.length === 0) {
      throw new TargetRefused('forbidden', targetForbidden());
    }
    return allowed;
  }

  /** Holds nothing that needs an end. */
  stop(): void {}

  async #addressesOf(host: string, family: 0 | 4 | 6): Promise<readonly string[]> {
    try {
      return await this.#names.find(host, family);
    } catch (error) {
      if (!(error instanceof NameError)) throw error;
      throw new TargetRefused('dns', error.message);
    }
  }

  #isForbidden(address: string): boolean {
    // IPv4-mapped addresses are judged by their IPv4 rules in `check`; a zone says nothing of the address.
    const [bare = address] = address.split('%');
    return this.#forbidden.check(bare, isIP(bare) === 6 ? 'ipv6' : 'ipv4');
  }
}

/** Most addresses of a name that are tried. */
const MAX_ADDRESSES = 8;

/** Puts addresses of both families in turn, the first one first. */
export function byTurns(addresses: readonly string[]): string[] {
  const first = addresses.filter((address) => isIP(address) === isIP(addresses[0] ?? ''));
  const other = addresses.filter((address) => !first.includes(address));
  const inTurn = first.flatMap((address, index) => [address, ...other.slice(index, index + 1)]);
  return [...inTurn, ...other.slice(first.length)].slice(0, MAX_ADDRESSES);
}
