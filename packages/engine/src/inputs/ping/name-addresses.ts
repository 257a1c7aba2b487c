import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Clock } from '@stratora/runtime';
import { byTurns } from '../target-guard.ts';
import type { PingSettings } from './ping-options.ts';
import type { PingResult } from './ping-result.ts';

type Family = PingSettings['family'];
/** Finds the addresses of a name; rejects when there is none. */
export type FindAddresses = (name: string, family: Family) => Promise<readonly string[]>;

interface Known {
  readonly addresses: readonly string[];
  /** The address that answered the last time. */
  proven: string | undefined;
  readonly lookedUpAt: number;
}

/** Time after which a name is looked up again, beside the pings. */
const KEEP_MS = 60_000;
/** Longest wait for the first lookup of names: a resolver that is away must not hold up the pings of addresses. */
const FIRST_LOOKUP_MS = 1_000;
/** Most addresses of a name that are pinged at once. */
const MAX_ADDRESSES = 4;
/** Names that are kept; more than any config has. */
const MAX_NAMES = 20_000;

/**
 * The addresses of names: a name with several is pinged by all of them until one answers, and then by that one until it
 * is silent. A program that takes names asks the first address alone, which may be of a network that is not there.
 */
export class NameAddresses {
  readonly #clock: Clock;
  readonly #find: FindAddresses;
  readonly #known = new Map<string, Known>();

  constructor(clock: Clock, find: FindAddresses = findAddresses) {
    this.#clock = clock;
    this.#find = find;
  }

  /** Returns by host what to ping for it: itself, or addresses of it, best first. */
  async targetsOf(hosts: readonly string[], family: Family): Promise<Map<string, readonly string[]>> {
    const names = hosts.filter((host) => isIP(host) === 0 && !host.includes(':'));
    const due = names.filter((name) => this.#isDue(name, family));
    const fresh = new Set(due.filter((name) => !this.#known.has(keyOf(name, family))));
    const lookups = due.map((name) => ({ name, done: this.#look(name, family) }));
    const first = lookups.filter(({ name }) => fresh.has(name)).map(({ done }) => done);
    if (first.length > 0) await this.#atMost(FIRST_LOOKUP_MS, Promise.all(first));
    return new Map(hosts.map((host) => [host, this.#targets(host, family)]));
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
    if (known !== undefined && known.addresses.length > 1) known.proven = answering;
    const silent = targets.find((target) => results.get(target)?.kind === 'silent');
    return results.get(answering ?? silent ?? targets[0] ?? host);
  }

  #targets(host: string, family: Family): readonly string[] {
    const known = this.#known.get(keyOf(host, family));
    if (known === undefined || known.addresses.length < 2) return [host];
    return known.proven === undefined ? known.addresses : [known.proven];
  }

  #isDue(name: string, family: Family): boolean {
    const known = this.#known.get(keyOf(name, family));
    return known === undefined || this.#clock.monotonic() - known.lookedUpAt >= KEEP_MS;
  }

  async #look(name: string, family: Family): Promise<void> {
    const key = keyOf(name, family);
    const lookedUpAt = this.#clock.monotonic();
    if (this.#known.size >= MAX_NAMES) this.#known.clear();
    // Known from now on, if only as a name: a resolver that is away is not asked again while it is being asked.
    const { addresses: before = [], proven: provenBefore } = this.#known.get(key) ?? {};
    this.#known.set(key, { addresses: before, proven: provenBefore, lookedUpAt });
    try {
      const addresses = byTurns(await this.#find(name, family)).slice(0, MAX_ADDRESSES);
      const proven = addresses.find((address) => address === this.#known.get(key)?.proven);
      this.#known.set(key, { addresses, proven, lookedUpAt });
    } catch {
      // The program that pings says what is wrong with the name; what was known stays.
    }
  }

  #atMost(ms: number, work: Promise<unknown>): Promise<unknown> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = this.#clock.setTimeout(resolve, ms);
    return Promise.race([work, late]).finally(() => this.#clock.clearTimeout(timer));
  }
}

function keyOf(host: string, family: Family): string {
  return `${family} ${host}`;
}

async function findAddresses(name: string, family: Family): Promise<readonly string[]> {
  return (await lookup(name, { family, all: true })).map(({ address }) => address);
}
