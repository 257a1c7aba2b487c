import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';

const LOWEST = 10_240;
const HIGHEST = 65_535;

/**
 * Returns the ports that the kernel gives to outgoing connections. An internal service must not live there: while it
 * restarts, a client's own connection could take its port, or even connect to itself.
 */
function ephemeralRange(): [number, number] {
  try {
    const [low, high] = readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')
      .trim()
      .split(/\s+/)
      .map(Number);
    if (low !== undefined && high !== undefined) return [low, high];
  } catch {
    // Not Linux: the range that IANA recommends.
  }
  return [49_152, HIGHEST];
}

function* candidates(): Generator<number> {
  const [low, high] = ephemeralRange();
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (port < low || port > high) yield port;
  }
  // Nearly everything is ephemeral or taken here: let the kernel choose.
  for (let attempt = 0; attempt < 20; attempt += 1) yield 0;
}

/** Tries to listen; returns the server, or the error code. */
function tryListen(port: number, host: string): Promise<Server | string> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'EUNKNOWN'));
    server.listen({ port, host, exclusive: true }, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
  });
}

/** Finds different ports of the loopback that are free now. */
export async function findFreePorts(count: number, host = '127.0.0.1'): Promise<number[]> {
  const held: Server[] = [];
  for (const port of candidates()) {
    if (held.length === count) break;
    const server = await tryListen(port, host);
    if (typeof server !== 'string') held.push(server);
  }
  const ports = held.map(portOf);
  await Promise.all(held.map(close));
  if (ports.length < count) throw new Error('No free TCP port was found on the loopback.');
  return ports;
}

/** Returns the errno code, such as `EADDRINUSE`, for which nothing can listen there; undefined when it can. */
export async function findListenError(host: string, port: number): Promise<string | undefined> {
  const server = await tryListen(port, host);
  if (typeof server === 'string') return server;
  await close(server);
  return undefined;
}
