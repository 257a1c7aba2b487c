import type { Agent as PlainAgent } from 'node:http';
import type { Agent as TlsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connectFirst } from './connect-first.ts';

type Connect = NonNullable<TlsAgent['createConnection']>;

/**
 * Makes an agent connect to the first of these addresses that answers instead of resolving the host, which still names
 * the peer.
 *
 * @returns a function that gives up the connections that are not there yet: Node tells a request that was ended of its
 * end only once it has a socket
 */
export function connectTo(
  agent: PlainAgent | TlsAgent,
  addresses: readonly string[],
): (reason: Error) => void {
  // Only agents of node:https have sessions to keep.
  const isTls = 'maxCachedSessions' in agent;
  const connectTls: Connect | undefined = isTls ? agent.createConnection.bind(agent) : undefined;
  const pending = new Set<AbortController>();
  const connect: Connect = (options, callback) => {
    void open(options, callback ?? (() => undefined));
    return undefined;
  };
  async function open(...[options, done]: Required<Parameters<Connect>>): Promise<void> {
    const controller = new AbortController();
    pending.add(controller);
    let socket: Socket;
    try {
      socket = await connectFirst({ addresses, port: Number(options.port), signal: controller.signal });
    } catch (error) {
      done(error as Error, undefined as unknown as Duplex);
      return;
    } finally {
      pending.delete(controller);
    }
    done(null, connectTls ? (connectTls({ ...options, socket } as typeof options) as Duplex) : socket);
  }
  agent.createConnection = connect;
  return (reason) => {
    for (const controller of pending) controller.abort(reason);
  };
}
