import { connect } from 'node:net';

/** What comes of one connection: nothing is ever written to it. */
export type KnockResult = 'open' | 'refused' | 'silent' | 'unsendable';

export interface Knock {
  readonly address: string;
  readonly port: number;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number | undefined;
}

/** Below the second after which a system sends a SYN again (RFC 6298, 2.1): a knock is one packet. */
export const KNOCK_TIMEOUT_MS = 900;

/** Errors by which the system says that no packet left it. */
const UNSENT = new Set(['ENETUNREACH', 'EACCES', 'EPERM', 'EADDRNOTAVAIL', 'EINVAL', 'EMFILE', 'ENFILE']);

/** Opens a connection and resets it at once. */
export function knock({ address, port, signal, timeoutMs = KNOCK_TIMEOUT_MS }: Knock): Promise<KnockResult> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const finish = (result: KnockResult): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      if (result === 'open') socket.resetAndDestroy();
      else socket.destroy();
      resolve(result);
    };
    const giveUp = (): void => finish('silent');
    const timer = setTimeout(giveUp, timeoutMs);
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('connect', () => finish('open'));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const { code = '' } = error;
      finish(
        code === 'ECONNREFUSED' || code === 'ECONNRESET'
          ? 'refused'
          : UNSENT.has(code)
            ? 'unsendable'
            : 'silent',
      );
    });
  });
}
