import type {
  ClientRequest,
  IncomingMessage,
  Agent as PlainAgent,
  request as plainRequest,
  RequestOptions,
} from 'node:http';
import type { Agent as TlsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { HttpProxy } from './http-proxy.ts';
import { mendHead } from './odd-head.ts';
import { connectTo } from './outbound-addresses.ts';
import { OutboundError, toOutboundError } from './outbound-error.ts';
import { tunnelThrough } from './outbound-tunnel.ts';

export interface HttpClientOptions {
  /** Origin, `http:` or `https:`, with an optional path prefix. Either this or `socketPath`. */
  baseUrl?: string;
  /** Path of a Unix domain socket that speaks plain HTTP. */
  socketPath?: string;
  /**
   * Addresses to connect to instead of resolving the host of `baseUrl`, which still names the peer in TLS and in the
   * Host header: for callers that have resolved and judged the name themselves. The next one is tried when one does not
   * answer at once.
   */
  addresses?: readonly string[];
  /** Name that the peer's certificate must have, where it is not the host of `baseUrl`. */
  serverName?: string;
  /** True to refuse a certificate without alternative names, whose common name Node would still take. */
  refusesCommonName?: boolean;
  /**
   * True to take what browsers take: large heads, odd letters in them, bare line feeds, servers without secure
   * renegotiation. Only for one look at an answer, with a connection of its own.
   */
  takesOddAnswers?: boolean;
  /** PEM certificates to trust instead of the system's. */
  ca?: string;
  /**
   * True to take any certificate, so that whoever is in between reads what is sent: only where an administrator's config
   * says so in as many words (`insecure_skip_verify`). Without it verification is never off.
   */
  takesAnyCertificate?: boolean;
  /** Proxy for `https:` alone, and for hosts that it does not bypass. */
  proxy?: HttpProxy;
  /** Milliseconds from the first byte sent to the last byte received. */
  timeoutMs: number;
  /**
   * Milliseconds until a new connection is there; `timeoutMs` by default. On a line that was dead the system asks again
   * after 1, 3, 7, 15, 31 s: a call that begins anew after 10 s gets through soon after it is mended, however long the
   * exchange itself may take.
   */
  connectTimeoutMs?: number;
  headers?: Record<string, string>;
  /** Largest answer; 1 MiB by default. */
  maxResponseBytes?: number;
  /** True to take the beginning of an answer that is larger. */
  cutsAnswers?: boolean;
  /** Called with the certificate of the peer when a connection is there, whether or not it is taken. */
  onCertificate?: (certificate: PeerCertificate) => void;
  maxSockets?: number;
  /** Called whenever one of this client's connections has closed, for whoever infers from it that the peer is gone. */
  onDisconnect?: () => void;
}

export interface HttpCall {
  method: string;
  /** Path and query below the base. */
  path: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
  timeoutMs?: number;
  /**
   * Asked when the connection is there, right before the first byte of the request is written; false ends the call. For callers
   * who may have lost the right to it: a process that was frozen goes on with its sockets before its timers.
   */
  mayWrite?: () => boolean;
  /** Called when the headers have arrived, before the body: also of an answer whose body then fails. */
  onHeaders?: (
    status: number,
    headers: Record<string, string>,
    /** Values of each header in the order of their arrival, not joined. */
    distinct: NodeJS.Dict<string[]>,
  ) => void;
  /** Called while the body arrives; `totalBytes` when the sender gives its length. */
  onProgress?: (receivedBytes: number, totalBytes: number | undefined) => void;
}

export interface HttpAnswer {
  status: number;
  /** Headers by lower-case name; repeated ones joined with a comma. */
  headers: Record<string, string>;
  body: Buffer;
  text(): string;
  /** @throws SyntaxError when the body is not JSON */
  json(): unknown;
}

export interface HttpClient {
  /**
   * Makes one exchange. Redirects are answers like any other and are never followed.
   * @throws OutboundError
   */
  request(call: HttpCall): Promise<HttpAnswer>;
  /** Closes idle connections. */
  close(): void;
}

type Verification = 'first' | 'later';

interface Transport {
  request: typeof plainRequest;
  agent: PlainAgent | TlsAgent;
  target: RequestOptions;
  prefix: string;
  hostHeader: Record<string, string>;
  /** Ends the connections that are not there yet. */
  giveUp?: (reason: Error) => void;
}

/** Bytes of a head where odd answers are taken: four times what browsers take. */
const LARGE_HEAD_BYTES = 1024 * 1024;

// Longer than the 10 s rhythm of every component, so that a cycle finds its connection open.
const KEEP_ALIVE_MS = 75_000;

async function openTransport(options: HttpClientOptions, verification: Verification): Promise<Transport> {
  // An import of node:http reads every export, the getters of its WebSocket client too, which costs 14 MB a process.
  const http = process.getBuiltinModule('node:http');
  const pool = { keepAlive: true, keepAliveMsecs: KEEP_ALIVE_MS, maxSockets: options.maxSockets ?? 8 };
  if (options.socketPath !== undefined) {
    const target = { socketPath: options.socketPath, host: 'localhost' };
    return { request: http.request, agent: new http.Agent(pool), target, prefix: '', hostHeader: {} };
  }
  const url = new URL(options.baseUrl ?? '');
  const host = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  const odd =
    options.takesOddAnswers === true ? { insecureHTTPParser: true, maxHeaderSize: LARGE_HEAD_BYTES } : {};
  const target: RequestOptions = { host, port: url.port || (url.protocol === 'http:' ? 80 : 443), ...odd };
  const hostHeader = options.addresses === undefined ? {} : { host: url.host };
  const prefix = url.pathname.replace(/\/$/, '');
  if (url.protocol === 'http:') {
    const agent = new http.Agent(pool);
    return { request: http.request, agent, target, prefix, hostHeader, ...reaching(agent, options) };
  }
  // Loaded only when needed: TLS adds 16 MB to a process that speaks to local sockets alone.
  const https = await import('node:https');
  const agent = new https.Agent({
    ...pool,
    ...(options.ca ? { ca: options.ca } : {}),
    ...(verification === 'later' || options.takesAnyCertificate === true
      ? { rejectUnauthorized: false }
      : {}),
    ...(options.refusesCommonName === true ? { checkServerIdentity: checkAlternativeNames } : {}),
    ...(options.takesOddAnswers === true ? { secureOptions: legacyServers() } : {}),
  });
  const reached = reaching(agent, options);
  const port = url.port === '' ? 443 : Number(url.port);
  if (options.proxy?.bypasses(host, port) === false) {
    tunnelThrough(agent, options.proxy, { host, port, timeoutMs: options.timeoutMs });
  }
  const { serverName } = options;
  const named = serverName === undefined ? target : { ...target, servername: serverName };
  return { request: https.request, agent, target: named, prefix, hostHeader, ...reached };
}

/** OpenSSL's option for servers without RFC 5746, which every browser connects to. */
function legacyServers(): number {
  return process.getBuiltinModule('node:crypto').constants.SSL_OP_LEGACY_SERVER_CONNECT;
}

function reaching(agent: PlainAgent | TlsAgent, { addresses }: HttpClientOptions): Pick<Transport, 'giveUp'> {
  return addresses === undefined ? {} : { giveUp: connectTo(agent, addresses) };
}

function checkAlternativeNames(host: string, certificate: PeerCertificate): Error | undefined {
  if (certificate.subjectaltname === undefined) {
    const error = new Error(`The certificate names ${host} nowhere but in its common name`);
    return Object.assign(error, { code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  }
  return process.getBuiltinModule('node:tls').checkServerIdentity(host, certificate);
}

/** What of an answer is taken. */
interface AnswerLimit {
  maxBytes: number;
  /** Whether the beginning of a larger one is taken. */
  cuts: boolean;
}

function collect(
  response: IncomingMessage,
  { maxBytes, cuts }: AnswerLimit,
  onProgress: HttpCall['onProgress'],
): Promise<Buffer> {
  const declared = Number(response.headers['content-length'] ?? Number.NaN);
  const totalBytes = Number.isFinite(declared) ? declared : undefined;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes && cuts) {
        resolve(Buffer.concat([...chunks, chunk]).subarray(0, maxBytes));
        response.destroy();
        return;
      }
      if (size > maxBytes) {
        reject(new OutboundError('too_large', `The answer is larger than ${maxBytes} bytes`));
        response.destroy();
        return;
      }
      chunks.push(chunk);
      onProgress?.(size, totalBytes);
    });
    response.on('end', () => resolve(Buffer.concat(chunks, size)));
    response.on('error', reject);
    response.on('aborted', () => reject(new OutboundError('reset', 'The answer ended early')));
  });
}

function headersOf(response: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '');
  }
  return headers;
}

function toAnswer(response: IncomingMessage, body: Buffer): HttpAnswer {
  return {
    status: response.statusCode ?? 0,
    headers: headersOf(response),
    body,
    text: () => body.toString('utf8'),
    json: () => JSON.parse(body.toString('utf8')) as unknown,
  };
}

/** Tells of the head of an answer and waits for its body. */
async function wholeAnswer(
  response: IncomingMessage,
  { onHeaders, onProgress }: HttpCall,
  limit: AnswerLimit,
): Promise<HttpAnswer> {
  onHeaders?.(response.statusCode ?? 0, headersOf(response), response.headersDistinct);
  return toAnswer(response, await collect(response, limit, onProgress));
}

/** Makes an answer of a switch of protocols: nobody asked to speak anything else, so it ends with its head. */
function switchedAnswer(response: IncomingMessage, socket: Socket, { onHeaders }: HttpCall): HttpAnswer {
  socket.destroy();
  onHeaders?.(response.statusCode ?? 0, headersOf(response), response.headersDistinct);
  return toAnswer(response, Buffer.alloc(0));
}

function prepare(socket: Socket, { takesOddAnswers, onCertificate }: HttpClientOptions): void {
  if (takesOddAnswers === true) mendHead(socket);
  if (onCertificate === undefined) return;
  socket.once('secureConnect', () => onCertificate((socket as TLSSocket).getPeerCertificate()));
}

function limitConnecting(socket: Socket, request: ClientRequest, timeoutMs: number | undefined): void {
  if (timeoutMs === undefined || !socket.connecting) return;
  const timer = setTimeout(() => {
    request.destroy(new OutboundError('timeout', `No connection within ${timeoutMs} ms`));
  }, timeoutMs);
  const end = () => clearTimeout(timer);
  socket.once('connect', end);
  socket.once('close', end);
}

/** Writes a request once its connection is there, if it still may be. */
function endWhenConnected(
  request: ClientRequest,
  body: Uint8Array | undefined,
  mayWrite: () => boolean,
): void {
  const end = () => {
    if (mayWrite()) request.end(body);
    else request.destroy(new OutboundError('aborted', 'The call may not be written any more'));
  };
  request.once('socket', (socket: Socket & { encrypted?: boolean; authorized?: boolean }) => {
    if (socket.encrypted === true && socket.authorized !== true) socket.once('secureConnect', end);
    else if (socket.connecting) socket.once('connect', end);
    else end();
  });
}

interface Limits {
  timeoutMs: number;
  signal: AbortSignal | undefined;
  giveUp: Transport['giveUp'];
}

function limitTime(request: ClientRequest, { timeoutMs, signal, giveUp }: Limits): void {
  const timer = setTimeout(() => {
    const late = new OutboundError('timeout', `No answer within ${timeoutMs} ms`);
    request.destroy(late);
    giveUp?.(late);
  }, timeoutMs);
  // The request ends itself by the signal, once it has a socket.
  const end = (): void => giveUp?.(new OutboundError('aborted', 'The call was ended'));
  signal?.addEventListener('abort', end, { once: true });
  request.once('close', () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  });
}

/** Makes a client: the one way out by HTTP. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  return openClient(options, 'first');
}

/**
 * Makes a client that takes the answer of a peer which nothing vouches for yet: only for what is public and is checked
 * by its hash before it is used. Nothing secret may be sent through it. Not for others than `pinned-authority.ts`.
 */
export function createUnverifiedClient(
  options: Omit<HttpClientOptions, 'headers' | 'ca' | 'takesAnyCertificate'>,
): HttpClient {
  return openClient(options, 'later');
}

function openClient(options: HttpClientOptions, verification: Verification): HttpClient {
  let opening: Promise<Transport> | undefined;
  const limit = { maxBytes: options.maxResponseBytes ?? 1024 * 1024, cuts: options.cutsAnswers === true };
  const watched = new WeakSet<Socket>();

  function watch(socket: Socket): void {
    if (!options.onDisconnect || watched.has(socket)) return;
    watched.add(socket);
    socket.once('close', options.onDisconnect);
  }

  function exchange(transport: Transport, call: HttpCall): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const body = typeof call.body === 'string' ? Buffer.from(call.body) : call.body;
      const timeoutMs = call.timeoutMs ?? options.timeoutMs;
      const request = transport.request({
        ...transport.target,
        agent: transport.agent,
        method: call.method,
        path: transport.prefix + call.path,
        headers: {
          ...transport.hostHeader,
          ...options.headers,
          ...call.headers,
          ...(body ? { 'content-length': String(body.byteLength) } : {}),
        },
        ...(call.signal ? { signal: call.signal } : {}),
      });
      limitTime(request, { timeoutMs, signal: call.signal, giveUp: transport.giveUp });
      request.once('error', reject);
      request.once('socket', (socket) => {
        prepare(socket, options);
        watch(socket);
        limitConnecting(socket, request, options.connectTimeoutMs);
      });
      request.once('response', (response: IncomingMessage) => {
        wholeAnswer(response, call, limit).then(resolve, reject);
      });
      request.once('upgrade', (response: IncomingMessage, socket: Socket) => {
        resolve(switchedAnswer(response, socket, call));
      });
      if (call.mayWrite === undefined) request.end(body);
      else endWhenConnected(request, body, call.mayWrite);
    });
  }

  return {
    async request(call) {
      try {
        opening ??= openTransport(options, verification);
        return await exchange(await opening, call);
      } catch (error) {
        throw toOutboundError(error);
      }
    },
    close() {
      void opening?.then(({ agent, giveUp }) => {
        agent.destroy();
        giveUp?.(new OutboundError('aborted', 'The client was closed'));
      });
    },
  };
}
