import { byTurns, type Clock, type Family, isAddress } from '@stratora/runtime';
import type { PingResult } from './ping-result.ts';

/** Finds the addresses of a name; rejects when there is none. */
export type FindAddresses = (name: string, family: Family) => Promise<readonly string[]>;

/** A name with several addresses. */
interface Known {
  readonly addresses: readonly string[];
  /** The address that answered the last time. */
  proven: string | undefined;
  readonly lookedUpAt: number;
}

/** Time after which a name with several addresses is looked up again, beside the pings. */
const KEEP_MS = 60_000;
/** Most addresses of a name that are pinged at once. */
const MAX_ADDRESSES = 4;
/** Names that are kept; more than any config has. */
const MAX_NAMES = 20_000;

/**
 * Chooses among the addresses of names: a name with several is pinged by all of them until one answers, and then by that
 * one until it is silent. The first address alone may be of a network that is not there.
 */
export class NameAddresses {
  readonly #clock: Clock;
  readonly #find: FindAddresses;
  readonly #known = new Map<string, Known>();

  constructor(clock: Clock, find: FindAddresses) {
    this.#clock = clock;
    this.#find = find;
  }

  /**
   * Returns what to ping for a host: itself, or addresses of it, best first. A name with one address is looked up each
   * time, one with several beside the pings once it is known.
   *
   * @throws what the lookup throws
   */
  async targetsOf(host: string, family: Family): Promise<readonly string[]> {
    if (isAddress(host)) return [host];
    const key = keyOf(host, family);
    const known = this.#known.get(key);
    if (known === undefined) return this.#look(host, family);
    const now = this.#clock.monotonic();
    if (now - known.lookedUpAt >= KEEP_MS) {
      // From now on not due: a resolver that is away is not asked again with every tick.
      this.#known.set(key, { ...known, lookedUpAt: now });
      // What was known stays where the name finds no answer.
      this.#look(host, family).catch(() => undefined);
    }
    return known.proven === undefined ? known.addresses : [known.proven];
  }

  /** Picks the result of a host from those of its targets, and takes note of which one answers. */
  pick(
    host: string,
    {
      family,
      targets,
      results,
    }: {
      readonly family: Family;
      readonly targets: readonly string[];
      readonly results: ReadonlyMap<string, PingResult>;
    },
  ): PingResult | undefined {
    const answering = targets.find((target) => results.get(target)?.kind === 'answered');
    const known = this.#known.get(keyOf(host, family));
    // The name may have moved since it was pinged.
    if (known !== undefined) known.proven = known.addresses.find((address) => address === answering);
    const silent = targets.find((target) => results.get(target)?.kind === 'silent');
    return results.get(answering ?? silent ?? targets[0] ?? host);
  }

  async #look(name: string, family: Family): Promise<readonly string[]> {
    const key = keyOf(name, family);
    const lookedUpAt = this.#clock.monotonic();
    const addresses = byTurns(await this.#find(name, family)).slice(0, MAX_ADDRESSES);
    const before = this.#known.get(key)?.proven;
    this.#known.delete(key);
    if (addresses.length < 2) return addresses;
    if (this.#known.size >= MAX_NAMES) this.#known.clear();
    const proven = addresses.find((address) => address === before);
    this.#known.set(key, { addresses, proven, lookedUpAt });
    return proven === undefined ? addresses : [proven];
  }
}

function keyOf(host: string, family: Family): string {
  return `${family} ${host}`;
}
