import { getServers, Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import { addressNumber } from '@stratora/contract';
import { sanitizeText } from '@stratora/runtime';

export interface NameCheckOptions {
  /** Servers to ask, as node:dns names them; the system's by default. */
  readonly servers?: readonly string[] | undefined;
  /** Takes a packet for a question about an address. @throws the signal's reason */
  readonly onQuery: (address: string) => Promise<void>;
}

/** The name of an address, and whether it leads back. */
export interface CheckedName {
  readonly name: string;
  /** Whether DNS says of the name that it has this address; undefined where it does not answer. */
  readonly leadsBack: boolean | undefined;
}

const TIMEOUT_MS = 2_000;
/** A host name of DNS; what is none is not shown as one. */
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/i;
/** Answers by which a server says that there is nothing; with others it has failed. */
const NOTHING = new Set(['ENOTFOUND', 'ENODATA']);

/**
 * Asks DNS for the name of an address, and for the addresses of that name. One question is one packet: a server that does not answer is
 * not asked again, and the next one is.
 */
export class NameCheck {
  readonly #options: NameCheckOptions;
  readonly #resolvers: readonly Resolver[];

  constructor(options: NameCheckOptions) {
    this.#options = options;
    this.#resolvers = (options.servers ?? getServers()).slice(0, 2).map((server) => {
      const resolver = new Resolver({ timeout: TIMEOUT_MS, tries: 1 });
      resolver.setServers([server]);
      return resolver;
    });
  }

  /** @throws the signal's reason */
  async check(address: string): Promise<CheckedName | undefined> {
    // Not `reverse`: it looks into the hosts file first, and says of a server that is silent that there is no name.
    const names = await this.#ask(address, (resolver) => resolver.resolvePtr(reverseName(address)));
    const name = names?.map((text) => text.replace(/\.$/, '')).find((text) => HOST_NAME.test(text));
    if (name === undefined) return undefined;
    const isV6 = isIP(address) === 6;
    const back = await this.#ask(address, (resolver) =>
      isV6 ? resolver.resolve6(name) : resolver.resolve4(name),
    );
    return { name: sanitizeText(name, 253), leadsBack: back?.includes(address) };
  }

  /** Asks one server after the other; an empty list where they say that there is nothing, undefined where none answers. */
  async #ask(
    address: string,
    question: (resolver: Resolver) => Promise<readonly string[]>,
  ): Promise<readonly string[] | undefined> {
    for (const resolver of this.#resolvers) {
      await this.#options.onQuery(address);
      try {
        return await question(resolver);
      } catch (error) {
        if (NOTHING.has((error as NodeJS.ErrnoException).code ?? '')) return [];
      }
    }
    return undefined;
  }
}

/** The name under which DNS keeps the name of an address (RFC 1035, 3.5; RFC 3596, 2.5). */
function reverseName(address: string): string {
  if (isIP(address) === 4) return `${address.split('.').toReversed().join('.')}.in-addr.arpa`;
  const digits = (addressNumber(address)?.number ?? 0n).toString(16).padStart(32, '0');
  return `${digits.split('').toReversed().join('.')}.ip6.arpa`;
}
