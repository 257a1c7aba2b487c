import type { IncomingMessage, ServerResponse } from 'node:http';
import { API_KEY_HEADER } from '@stratora/contract';
import type { Logger } from '@stratora/runtime';
import {
  COMPONENT_HEADERS,
  type ComponentIdentity,
  type FastPath,
  type HttpMetrics,
  type NoteComponentCall,
  newRequestId,
  REQUEST_ID_HEADER,
} from '../http/index.ts';
import type { ConfigDeliveryService, DeliveredConfig } from './config-delivery-service.ts';
import {
  AGENT_CONFIG_ROUTE,
  COLLECTOR_CONFIG_ROUTE,
  CONFIG_TYPE,
  isKnown,
  type OnPull,
  runningHashOf,
} from './config-routes.ts';

export interface ConfigFastPathDependencies {
  /** Who this key surely belongs to, by memory alone. */
  peekComponent: (key: string) => ComponentIdentity | undefined;
  service: Pick<ConfigDeliveryService, 'peek'>;
  /** As on every other way. */
  noteComponentCall?: NoteComponentCall | undefined;
  onPull: OnPull;
  metrics: HttpMetrics;
  logger: Logger;
}

const UUID_LENGTH = 36;

/** The path of one kind of component, without its id. */
class PullPath {
  readonly #prefix: string;
  readonly #suffix: string;
  readonly #length: number;

  constructor(route: string) {
    const [prefix = '', rest = ''] = route.split(':');
    this.#prefix = prefix;
    this.#suffix = rest.slice(rest.indexOf('/'));
    this.#length = prefix.length + UUID_LENGTH + this.#suffix.length;
  }

  /** The id in exactly such a path: without a query, without an escape. */
  idIn(url: string): string | undefined {
    if (url.length !== this.#length || !url.startsWith(this.#prefix) || !url.endsWith(this.#suffix)) {
      return undefined;
    }
    return url.slice(this.#prefix.length, this.#prefix.length + UUID_LENGTH);
  }
}

const FIXED_HEADERS = Object.entries(COMPONENT_HEADERS).flat();

/**
 * The pull of a config in front of the router: what each component does every 10 s, at half the cost. It answers only
 * what needs no waiting, no error and no thought (the key is known, the component approved, its config at hand) and
 * sends the same bytes as the route; all else goes to the route.
 */
export function configFastPath(deps: ConfigFastPathDependencies): FastPath {
  const kinds = [
    kindOf(deps.metrics, AGENT_CONFIG_ROUTE, (component) => component.nodeId),
    kindOf(deps.metrics, COLLECTOR_CONFIG_ROUTE, ({ type, componentId }) =>
      type === 'collector' ? componentId : undefined,
    ),
  ];
  return (request, response) => {
    const startedAt = performance.now();
    if (request.method !== 'GET') return false;
    for (const { path, ownId, observe } of kinds) {
      const id = path.idIn(request.url ?? '');
      if (id === undefined) continue;
      const { headers } = request;
      const key = headers[API_KEY_HEADER];
      if (typeof key !== 'string' || hasBody(request) || deps.logger.isLevelEnabled('debug')) return false;
      const component = deps.peekComponent(key);
      if (!component || ownId(component) !== id) return false;
      const config = deps.service.peek(component.componentId);
      if (!config) return false;
      const known = headers['if-none-match'];
      const more = deps.noteComponentCall?.(component, headers);
      deps.onPull(component.componentId, runningHashOf(known));
      const status = isKnown(config, known) ? 304 : 200;
      answer(response, config, { status, more });
      observe[status](performance.now() - startedAt);
      return true;
    }
    return false;
  };
}

function kindOf(
  metrics: HttpMetrics,
  route: string,
  ownId: (component: ComponentIdentity) => string | undefined,
) {
  const observe = { 200: metrics.observerOf('GET', route, 200), 304: metrics.observerOf('GET', route, 304) };
  return { path: new PullPath(route), ownId, observe };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

function answer(
  response: ServerResponse,
  config: DeliveredConfig,
  { status, more }: { status: 200 | 304; more: Readonly<Record<string, string>> | undefined },
): void {
  const headers = [...FIXED_HEADERS, REQUEST_ID_HEADER, newRequestId()];
  if (more) headers.push(...Object.entries(more).flat());
  headers.push('etag', config.etag);
  if (status === 304) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  headers.push('content-type', CONFIG_TYPE, 'content-length', String(config.text.length));
  response.writeHead(200, headers);
  response.end(config.text);
}
