import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type Family, NameError, NameLookup } from './name-lookup.ts';

/** The refusal to contact an address, with its reason. */
export class OutboundRefused extends Error {
  override readonly name = 'OutboundRefused';
  readonly reason: 'forbidden' | 'dns';

  constructor(reason: 'forbidden' | 'dns', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A place at which the product itself listens, or keeps its data. */
export interface OwnEndpoint {
  /** A name, or an address without brackets. */
  readonly host: string;
  readonly port: number;
}

export interface OutboundGuardOptions {
  readonly names?: Pick<NameLookup, 'find'>;
  /** Networks in CIDR notation in which everything may be reached. */
  readonly allow?: readonly string[];
  /** Places of our own: their ports are refused on this machine and on their hosts. */
  readonly own?: readonly OwnEndpoint[];
  /** Words of the refusal of an address. */
  readonly refusal?: (address: string) => string;
}

const SPECIAL: readonly string[] = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/128',
  '::1/128',
  'fe80::/10',
  'ff00::/8',
];

/**
 * Decides where calls may go whose target a person chose: checks that speak HTTP or TLS, and messages. What listens on
 * this machine, on its links (cloud metadata among it), on multicast and at the product's own ports is refused, so that
 * nobody reaches by us what only we may reach. A name is resolved once and the call connects to what was found, so that
 * a second answer of DNS changes nothing.
 */
export class OutboundGuard {
  readonly #forbidden = networksOf(SPECIAL);
  readonly #allowed: BlockList;
  readonly #own: readonly OwnEndpoint[];
  readonly #names: Pick<NameLookup, 'find'>;
  readonly #refusal: (address: string) => string;

  constructor(options: OutboundGuardOptions = {}) {
    this.#names = options.names ?? new NameLookup();
    this.#allowed = networksOf(options.allow ?? []);
    this.#own = options.own ?? [];
    this.#refusal = options.refusal ?? ((address) => `Calls to ${address} are refused.`);
  }

  /**
   * Resolves the addresses to connect to, in the order in which to try them: both families in turn (RFC 8305), so that
   * a network without one of them costs one try.
   *
   * @param host an address without brackets, or a name
   * @param target which kind of address of a name is wanted, 0 for either; the port, where own ones are to be refused
   * @throws OutboundRefused
   */
  async resolve(
    host: string,
    { family = 0, port }: { family?: Family; port?: number } = {},
  ): Promise<readonly string[]> {
    const addresses = byTurns(await this.#addressesOf(host, family));
    const own = port === undefined ? undefined : await this.#ownAddresses(port);
    const passed = addresses.filter(
      (address) =>
        has(this.#allowed, address) ||
        (!has(this.#forbidden, address) && !(own !== undefined && has(own, address))),
    );
    if (passed.length === 0) throw new OutboundRefused('forbidden', this.#refusal(addresses[0] ?? host));
    return passed;
  }

  async #addressesOf(host: string, family: Family): Promise<readonly string[]> {
    try {
      return await this.#names.find(host, family);
    } catch (error) {
      if (!(error instanceof NameError)) throw error;
      throw new OutboundRefused('dns', error.message);
    }
  }

  /** Finds the addresses at which a port is our own: those of this machine, and of the hosts that have it. */
  async #ownAddresses(port: number): Promise<BlockList | undefined> {
    const hosts = this.#own.filter((endpoint) => endpoint.port === port).map(({ host }) => host);
    if (hosts.length === 0) return undefined;
    const found = await Promise.all(
      hosts.map((host) => this.#names.find(host, 0).catch((): readonly string[] => [])),
    );
    const list = new BlockList();
    for (const address of [...localAddresses(), ...found.flat()]) {
      const bare = bareOf(address);
      if (isIP(bare) !== 0) list.addAddress(bare, familyOf(bare));
    }
    return list;
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

function networksOf(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix = ''] = network.split('/');
    list.addSubnet(address, Number(prefix), familyOf(address));
  }
  return list;
}

/** Whether a list has an address. IPv4-mapped addresses are judged by their IPv4 rules in `check`. */
function has(list: BlockList, address: string): boolean {
  const bare = bareOf(address);
  return list.check(bare, familyOf(bare));
}

/** Returns an address without its zone, which says nothing of the address. */
function bareOf(address: string): string {
  return address.split('%')[0] ?? address;
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

function localAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
}
