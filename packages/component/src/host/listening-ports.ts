import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Ports on which something of this host can be reached from others. */
export interface ListeningPorts {
  readonly tcp: ReadonlySet<number>;
  readonly udp: ReadonlySet<number>;
}

/** State of a listening TCP socket, and of a UDP socket without a peer, in /proc/net (include/net/tcp_states.h). */
const TCP_LISTEN = '0A';
const UDP_UNCONNECTED = '07';

/** Reads /proc/net/{tcp,udp}{,6}. Sockets of the loopback serve this host alone and are left out. */
export async function readListeningPorts(proc: string): Promise<ListeningPorts> {
  const read = async (name: string, state: string): Promise<number[]> =>
    portsIn(await readFile(join(proc, 'net', name), 'latin1').catch(() => ''), state);
  const [tcp, tcp6, udp, udp6] = await Promise.all([
    read('tcp', TCP_LISTEN),
    read('tcp6', TCP_LISTEN),
    read('udp', UDP_UNCONNECTED),
    read('udp6', UDP_UNCONNECTED),
  ]);
  return { tcp: new Set([...tcp, ...tcp6]), udp: new Set([...udp, ...udp6]) };
}

function portsIn(text: string, state: string): number[] {
  const ports: number[] = [];
  for (const line of text.split('\n').slice(1)) {
    const [, local = '', , found] = line.trim().split(/\s+/);
    const [address = '', port = ''] = local.split(':');
    if (found === state && !isLoopback(address)) ports.push(Number.parseInt(port, 16));
  }
  return ports;
}

/** Words of an address are in the byte order of the host; 127 is the last byte of a little-endian word, or the first. */
function isLoopback(address: string): boolean {
  if (address.length === 8) return address.endsWith('7F') || address.startsWith('7F0000');
  const isV6 = /^0{24}(?:01000000|00000001)$/.test(address);
  return isV6 || /^0{16}(?:FFFF0000|0000FFFF)(?:.{6}7F|7F.{6})$/.test(address);
}
