import { lookup } from 'node:dns/promises';
import { isIP, SocketAddress } from 'node:net';
import { networkInterfaces } from 'node:os';
import { SnmpError } from './snmp-error.ts';
import type { SnmpAddress } from './snmp-target.ts';
import { nameServerSilent, nameWithoutAddress } from './snmp-words.ts';

/** Finds the addresses of a name, in the order in which to try them. */
export type ResolveHost = (host: string, family: 0 | 4 | 6) => Promise<readonly string[]>;

const KEEP_MS = 60_000;
/** Most addresses of a name that are tried. */
const MAX_ADDRESSES = 4;

/** Looks a name up in the system's resolver. */
export async function resolveHost(host: string, family: 0 | 4 | 6): Promise<readonly string[]> {
  return (await lookup(host, { family, all: true })).map(({ address }) => address);
}

/** Returns 4 or 6 for an address, whatever its zone is called, and 0 for everything else. */
export function addressFamily(text: string): 0 | 4 | 6 {
  const at = text.indexOf('%');
  if (at < 0) return isIP(text) as 0 | 4 | 6;
  return isIP(text.slice(0, at)) === 6 && /^[\w.-]+$/.test(text.slice(at + 1)) ? 6 : 0;
}

/**
 * The address of a target: known at once for an address, by a lookup kept for a minute for a name. Of several addresses
 * the one that has answered stays, as long as the name has it.
 */
export class HostAddress {
  private readonly host: string;
  private readonly family: 0 | 4 | 6;
  private readonly resolve: ResolveHost;
  private readonly fixed: string | undefined;
  private found: readonly string[] = [];
  private foundAtMs = 0;
  private proven: string | undefined;

  constructor(target: SnmpAddress, resolve: ResolveHost) {
    this.host = target.host;
    this.family = target.transport === 'udp4' ? 4 : target.transport === 'udp6' ? 6 : 0;
    this.resolve = resolve;
    this.fixed = addressFamily(target.host) === 0 ? undefined : canonicalAddress(target.host);
  }

  /** True when there may be another address to try where one is silent. */
  get hasChoice(): boolean {
    return this.fixed === undefined && this.found.length > 1;
  }

  /** Returns the address to ask when it is known without waiting. */
  known(): string | undefined {
    if (this.fixed !== undefined) return this.fixed;
    if (performance.now() - this.foundAtMs >= KEEP_MS) return undefined;
    return this.found.length === 1 ? this.found[0] : this.proven;
  }

  /**
   * Finds the addresses to try, best first. Throws `refused` when the name has no address; the last known ones are used
   * while the resolver is away.
   */
  async find(): Promise<readonly string[]> {
    if (this.found.length > 0 && performance.now() - this.foundAtMs < KEEP_MS) return this.found;
    try {
      const addresses = await this.resolve(this.host, this.family);
      if (addresses.length === 0 || addresses.some((address) => isIP(address) === 0))
        throw new RangeError(`not addresses: ${addresses.join(', ')}`);
      this.found = byTurns([...new Set(addresses.map(canonicalAddress))]).slice(0, MAX_ADDRESSES);
    } catch (error) {
      if (this.found.length === 0) {
        throw new SnmpError('refused', lackOf(this.host, error), { cause: error });
      }
    }
    this.foundAtMs = performance.now();
    if (this.proven !== undefined && !this.found.includes(this.proven)) this.proven = undefined;
    return this.found;
  }

  /** Takes note of an address that answers. */
  prove(address: string): void {
    this.proven = address;
  }

  /** Takes note that nobody answers at the address that did: all are tried again, it last. */
  doubt(address: string): void {
    this.proven = undefined;
    this.found = [...this.found.filter((one) => one !== address), address];
  }
}

/** Puts addresses of both families in turn (RFC 8305), so that a network without one of them costs one try. */
function byTurns(addresses: readonly string[]): string[] {
  const first = addresses.filter((address) => isIP(address) === isIP(addresses[0] ?? ''));
  const other = addresses.filter((address) => !first.includes(address));
  const inTurn = first.flatMap((address, index) => [address, ...other.slice(index, index + 1)]);
  return [...inTurn, ...other.slice(first.length)];
}

/** Says what is wrong with a name: nobody answers for it, or there is none. */
function lackOf(host: string, error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  const isSilent = code === 'EAI_AGAIN' || code === 'ETIMEOUT';
  return isSilent ? nameServerSilent(host) : nameWithoutAddress(host);
}

/** Returns the text by which the socket names this address as a sender. */
function canonicalAddress(address: string): string {
  if (isIP(address) === 4) return address;
  const [bare = address, zone] = address.split('%');
  const canonical = new SocketAddress({ address: bare, family: 'ipv6' }).address;
  return zone === undefined ? canonical : `${canonical}%${reportedZone(zone)}`;
}

/** Returns the word for an interface that senders carry: its number on Windows, elsewhere its name. */
function reportedZone(zone: string): string {
  const wantsNumber = process.platform === 'win32';
  if (/^\d+$/.test(zone) === wantsNumber) return zone;
  for (const [name, addresses] of Object.entries(networkInterfaces())) {
    for (const address of addresses ?? []) {
      if (address.family !== 'IPv6' || address.scopeid === 0) continue;
      if (wantsNumber ? name === zone : String(address.scopeid) === zone)
        return wantsNumber ? String(address.scopeid) : name;
    }
  }
  return zone;
}
