import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { listAddresses } from './host-facts.ts';

/** Milliseconds for the name of the server to be found. */
const LOOKUP_MS = 2000;

/**
 * Finds the address of this host that its calls to a peer leave from, by the kernel's own choice of a route: a UDP socket
 * that is connected sends nothing. Undefined where there is no route or no such name.
 */
export async function findSourceAddress(host: string, port: number): Promise<string | undefined> {
  const name = host.replace(/^\[(.*)\]$/, '$1');
  for (const type of isIPv6(name) ? (['udp6'] as const) : (['udp4', 'udp6'] as const)) {
    const address = await sourceBy(type, name, port);
    if (address !== undefined) return address;
  }
  return undefined;
}

function sourceBy(type: 'udp4' | 'udp6', host: string, port: number): Promise<string | undefined> {
  const socket = createSocket(type);
  return new Promise((resolve) => {
    const settle = (address: string | undefined) => {
      clearTimeout(timer);
      socket.removeAllListeners();
      // Closing while the name is looked up still tells of its failure.
      socket.on('error', () => {});
      socket.close();
      resolve(address);
    };
    const timer = setTimeout(() => settle(undefined), LOOKUP_MS);
    socket.once('error', () => settle(undefined));
    // The callback is called for a failure too.
    const settleBy = (error?: Error) => settle(error ? undefined : socket.address().address);
    socket.connect(port, host, settleBy);
  });
}

/** Puts the address that calls leave from before the others, if it is one of them: a loopback address is not. */
export function sourceFirst(addresses: readonly string[], source: string | undefined): string[] {
  if (source === undefined || !addresses.includes(source)) return [...addresses];
  return [source, ...addresses.filter((address) => address !== source)];
}

/**
 * Makes a reader of the host's addresses, the one that calls to a peer leave from first. The way is looked for anew when
 * the host has other addresses than before, and not at each reading: a name server may be slow.
 */
export function addressReader(peer: { host: string; port: number }): () => Promise<string[]> {
  let known = { key: '', addresses: [] as string[] };
  return async () => {
    const addresses = listAddresses();
    const key = addresses.join(' ');
    if (key !== known.key) {
      known = { key, addresses: sourceFirst(addresses, await findSourceAddress(peer.host, peer.port)) };
    }
    return known.addresses;
  };
}
