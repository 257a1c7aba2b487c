import type { Component } from '@stratora/contract';

/** A network that is near at hand: around an address of the host that scans. */
export interface NetworkSuggestion {
  readonly network: string;
  /** The address of the host in it, and the host's name. */
  readonly address: string;
  readonly host: string;
}

type Host = Pick<Component, 'id' | 'hostname' | 'ip_addresses' | 'approval' | 'registered_at'>;

const SUGGESTED_MAX = 4;
/** Addresses of networks of one's own (RFC 1918, RFC 6598): others are nobody's to scan unasked. */
const PRIVATE = /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

/**
 * Networks to begin with: the 254 addresses around each private address of whoever scans. How large its network
 * really is the host does not tell.
 *
 * @param collectorId the collector that scans; empty for the server, which stands beside the first component that enrolled
 */
export function suggestNetworks(
  components: readonly Host[],
  collectorId: string,
): readonly NetworkSuggestion[] {
  const approved = components.filter(({ approval }) => approval === 'approved');
  const [first] = approved.toSorted((a, b) => a.registered_at.localeCompare(b.registered_at));
  const host = collectorId === '' ? first : approved.find(({ id }) => id === collectorId);
  if (host === undefined) return [];
  // The agent of the same host knows its addresses as well.
  const beside = approved.filter(({ hostname }) => hostname === host.hostname);
  const byNetwork = new Map<string, NetworkSuggestion>();
  for (const address of beside.flatMap(({ ip_addresses: own }) => own)) {
    if (!PRIVATE.test(address)) continue;
    const network = `${address.replace(/\d+$/, '0')}/24`;
    if (!byNetwork.has(network)) byNetwork.set(network, { network, address, host: host.hostname });
  }
  return [...byNetwork.values()].slice(0, SUGGESTED_MAX);
}
