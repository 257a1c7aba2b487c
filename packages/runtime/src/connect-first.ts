import { connect, type Socket } from 'node:net';

export interface ConnectFirstOptions {
  /** Addresses of one host in the order in which to try them. */
  readonly addresses: readonly string[];
  readonly port: number;
  /** Ends all tries; the promise then rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds after which the next address is tried beside those before it. */
  readonly attemptDelayMs?: number | undefined;
}

/** As long as RFC 8305 recommends. */
const ATTEMPT_DELAY_MS = 250;

/**
 * Connects to the first of several addresses that answers (RFC 8305): the next one is tried when one has failed, or has
 * said nothing for a moment. An address of a network that is not there costs that moment alone.
 *
 * @throws the error of the system that says most, when no address answers
 */
export function connectFirst(options: ConnectFirstOptions): Promise<Socket> {
  const { port, signal, attemptDelayMs = ATTEMPT_DELAY_MS } = options;
  const waiting = [...options.addresses];
  const tried = new Set<Socket>();
  const errors: Error[] = [];
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const finish = (winner: Socket | undefined, error?: unknown): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', giveUp);
      for (const socket of tried) {
        socket.removeAllListeners('connect');
        if (socket !== winner) socket.destroy();
      }
      if (winner === undefined) reject(error);
      else resolve(winner);
    };
    const giveUp = (): void => finish(undefined, signal?.reason);
    const next = (): void => {
      clearTimeout(timer);
      const address = waiting.shift();
      if (address === undefined) {
        if (tried.size === 0) finish(undefined, mostTelling(errors));
        return;
      }
      const socket = connect({ host: address, port, noDelay: true });
      tried.add(socket);
      const fail = (error: Error): void => {
        if (!tried.delete(socket)) return;
        errors.push(error);
        next();
      };
      socket.on('error', fail);
      socket.once('connect', () => {
        socket.off('error', fail);
        finish(socket);
      });
      timer = setTimeout(next, attemptDelayMs);
    };
    if (signal?.aborted === true) giveUp();
    else {
      signal?.addEventListener('abort', giveUp, { once: true });
      next();
    }
  });
}

/** Returns the error to report: that somebody refused says more than that a network is missing. */
function mostTelling(errors: readonly Error[]): Error {
  const refused = errors.find((error) => (error as NodeJS.ErrnoException).code === 'ECONNREFUSED');
  return refused ?? errors[0] ?? new Error('there is no address to connect to');
}
