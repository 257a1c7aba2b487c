import { createSocket } from 'node:dgram';

/** Error codes of the system for an address that it would send nothing to; EINVAL is a blackhole's (ip-route(8)). */
const ROUTELESS = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EINVAL', 'EACCES']);

/** Whether the system has a route to an address. Sends nothing: a datagram socket is only pointed at it. */
export function hasRoute(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    const finish = (error?: Error): void => {
      socket.close();
      resolve(error === undefined || !ROUTELESS.has((error as NodeJS.ErrnoException).code ?? ''));
    };
    socket.once('error', finish);
    // Discard (RFC 863); nothing is ever sent there.
    socket.connect(9, address, finish);
  });
}
