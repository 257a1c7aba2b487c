import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';

/** Error codes of the system for an address that it would send nothing to; EINVAL is a blackhole's (ip-route(8)). */
const ROUTELESS = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'EINVAL', 'EACCES']);

/** Whether the system has a route to a host. Sends nothing: a datagram socket is only pointed at it. */
export function hasRoute(host: string, family: 0 | 4 | 6): Promise<boolean> {
  return new Promise((resolve) => {
    const isSix = host.includes(':') || (isIP(host) === 0 && family === 6);
    const socket = createSocket(isSix ? 'udp6' : 'udp4');
    const finish = (error?: Error): void => {
      socket.close();
      resolve(error === undefined || !ROUTELESS.has((error as NodeJS.ErrnoException).code ?? ''));
    };
    socket.once('error', finish);
    // Discard (RFC 863); nothing is ever sent there.
    socket.connect(9, host, finish);
  });
}
