import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Agent as TlsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HttpProxy } from './http-proxy.ts';
import { OutboundError, toOutboundError } from './outbound-error.ts';

export interface TunnelTarget {
  host: string;
  port: number;
  /** Milliseconds from the first byte to the proxy to its answer. */
  timeoutMs: number;
}

type Connect = NonNullable<TlsAgent['createConnection']>;

/**
 * Makes an agent of `node:https` reach its peer through a tunnel of the proxy. TLS begins inside the tunnel and is
 * verified as without a proxy, so the proxy sees a host, a port and how much goes by.
 */
export function tunnelThrough(agent: TlsAgent, proxy: HttpProxy, target: TunnelTarget): void {
  const connectTls: Connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const done = callback ?? (() => undefined);
    openTunnel(proxy, target, (error, socket) => {
      if (error) done(error, undefined as unknown as Duplex);
      else done(null, connectTls({ ...options, socket } as typeof options) as Duplex);
    });
    return undefined;
  };
}

type Opened = (error: OutboundError | undefined, socket?: Socket) => void;

/** Opens a tunnel and calls back once. */
function openTunnel(proxy: HttpProxy, target: TunnelTarget, opened: Opened): void {
  const http = process.getBuiltinModule('node:http');
  const authority = `${target.host.includes(':') ? `[${target.host}]` : target.host}:${target.port}`;
  const request: ClientRequest = http.request({
    host: proxy.host,
    port: proxy.port,
    method: 'CONNECT',
    path: authority,
    agent: false,
    headers: {
      host: authority,
      ...(proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization }),
    },
  });
  const timer = setTimeout(() => {
    request.destroy(new OutboundError('timeout', `The proxy ${proxy.label} gave no answer`));
  }, target.timeoutMs);
  let isDone = false;
  const finish: Opened = (error, socket) => {
    clearTimeout(timer);
    if (!isDone) opened(error, socket);
    isDone = true;
  };
  request.once('error', (error) => finish(toOutboundError(error, `proxy ${proxy.label}: `)));
  // Proxies that refuse answer like a web server, or as an answer to CONNECT.
  request.once('response', (response) => {
    response.destroy();
    finish(refusal(proxy, authority, response));
  });
  request.once('connect', (response, socket, head) => {
    if (response.statusCode === 200) {
      if (head.length > 0) socket.unshift(head);
      finish(undefined, socket);
      return;
    }
    socket.destroy();
    finish(refusal(proxy, authority, response));
  });
  request.end();
}

function refusal(
  proxy: HttpProxy,
  authority: string,
  { statusCode: status }: IncomingMessage,
): OutboundError {
  if (status === 407) {
    const words =
      proxy.authorization === undefined
        ? 'wants a user and a password: http://USER:PASSWORD@HOST:PORT'
        : 'does not take the user and the password that it was given';
    return new OutboundError('proxy', `The proxy ${proxy.label} ${words} (407)`);
  }
  return new OutboundError('proxy', `The proxy ${proxy.label} does not connect to ${authority} (${status})`);
}
