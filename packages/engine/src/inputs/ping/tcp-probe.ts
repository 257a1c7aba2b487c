import { connect } from 'node:net';
import type { PingSettings } from './ping-options.ts';
import { type PingResult, pingResult } from './ping-result.ts';

/** Ports that a host is likely to answer or refuse; either proves that it is there. */
export const PROBE_PORTS: readonly number[] = [443, 80, 22, 445, 135];

/**
 * Measures the time until an address answers or refuses a TCP connection, for where no ICMP can be sent. The first port
 * that does either is asked for the remaining packets.
 */
export async function probeByTcp(
  address: string,
  settings: PingSettings,
  signal: AbortSignal,
  ports: readonly number[] = PROBE_PORTS,
): Promise<PingResult> {
  const attempts = await Promise.all(
    ports.map(async (port) => ({ port, ms: await connectTime({ address, port, settings, signal }) })),
  );
  const answered = attempts.filter(
    (attempt): attempt is { port: number; ms: number } => attempt.ms !== undefined,
  );
  const fastest = answered.toSorted((a, b) => a.ms - b.ms)[0];
  if (fastest === undefined) return pingResult(settings.count, []);
  const trips = [fastest.ms];
  while (trips.length < settings.count && !signal.aborted) {
    const ms = await connectTime({ address, port: fastest.port, settings, signal });
    if (ms === undefined) break;
    trips.push(ms);
  }
  return pingResult(settings.count, trips);
}

interface Attempt {
  readonly address: string;
  readonly port: number;
  readonly settings: PingSettings;
  readonly signal: AbortSignal;
}

function connectTime({ address, port, settings, signal }: Attempt): Promise<number | undefined> {
  return new Promise((resolve) => {
    const startedAt = performance.now();
    const socket = connect({ host: address, port });
    const finish = (isThere: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      socket.destroy();
      resolve(isThere ? Math.round((performance.now() - startedAt) * 1000) / 1000 : undefined);
    };
    const giveUp = (): void => finish(false);
    const timer = setTimeout(giveUp, settings.timeoutMs);
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('connect', () => finish(true));
    socket.once('error', (error: NodeJS.ErrnoException) => finish(error.code === 'ECONNREFUSED'));
  });
}
