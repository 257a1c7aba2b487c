import { lookup } from 'node:dns/promises';
import { isIP, SocketAddress } from 'node:net';
import { SnmpError } from './snmp-error.ts';
import type { SnmpAddress } from './snmp-target.ts';

export type ResolveHost = (host: string, family: 0 | 4 | 6) => Promise<string>;

const KEEP_MS = 60_000;

/** Looks a name up in the system's resolver. */
export async function resolveHost(host: string, family: 0 | 4 | 6): Promise<string> {
  return (await lookup(host, { family })).address;
}

/** The address of a target: known at once for an address, by a lookup kept for a minute for a name. */
export class HostAddress {
  private readonly host: string;
  private readonly family: 0 | 4 | 6;
  private readonly resolve: ResolveHost;
  private readonly fixed: string | undefined;
  private found: string | undefined;
  private foundAtMs = 0;

  constructor(target: SnmpAddress, resolve: ResolveHost) {
    this.host = target.host;
    this.family = target.transport === 'udp4' ? 4 : target.transport === 'udp6' ? 6 : 0;
    this.resolve = resolve;
    this.fixed = isIP(target.host) === 0 ? undefined : canonicalAddress(target.host);
  }

  /** Returns the address when it is known without waiting. */
  known(): string | undefined {
    if (this.fixed !== undefined) return this.fixed;
    return performance.now() - this.foundAtMs < KEEP_MS ? this.found : undefined;
  }

  /**
   * Finds the address. Throws `refused` when the name has no address; the last known one is used while the resolver is
   * away.
   */
  async find(): Promise<string> {
    try {
      const address = await this.resolve(this.host, this.family);
      if (isIP(address) === 0) throw new RangeError(`not an address: ${address}`);
      this.found = canonicalAddress(address);
    } catch (error) {
      if (this.found === undefined) {
        throw new SnmpError('refused', `The name ${this.host} has no address.`, { cause: error });
      }
    }
    this.foundAtMs = performance.now();
    return this.found;
  }
}

/** Returns the text by which the socket names this address as a sender. */
function canonicalAddress(address: string): string {
  if (isIP(address) === 4) return address;
  const [bare = address, zone] = address.split('%');
  const canonical = new SocketAddress({ address: bare, family: 'ipv6' }).address;
  return zone === undefined ? canonical : `${canonical}%${zone}`;
}
