import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/**
 * Ports below those that systems give to connections that go out: between the look and its use none of these takes one.
 */
const FIRST = 12_000;
const COUNT = 20_000;
const TRIES = 200;

/** Finds a TCP port of the loopback that was free a moment ago. */
export function freeTcpPort(): Promise<number> {
  return freePort(
    (port) =>
      new Promise((resolve) => {
        const server = createServer();
        server.once('error', () => resolve(false));
        server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
      }),
  );
}

/** Finds a UDP port of the loopback that was free a moment ago. */
export function freeUdpPort(): Promise<number> {
  return freePort(
    (port) =>
      new Promise((resolve) => {
        const socket = createSocket('udp4');
        socket.once('error', () => resolve(false));
        socket.bind(port, '127.0.0.1', () => socket.close(() => resolve(true)));
      }),
  );
}

/** Looks at ports by chance, so that test files that run side by side do not look at the same ones. */
async function freePort(isFree: (port: number) => Promise<boolean>): Promise<number> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = FIRST + randomInt(COUNT);
    if (await isFree(port)) return port;
  }
  throw new Error(`none of ${TRIES} ports is free`);
}
