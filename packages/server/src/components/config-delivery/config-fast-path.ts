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
} from '../../platform/http/index.ts';
import type { ConfigDeliveryService, DeliveredConfig } from './config-delivery-service.ts';
import {
  AGENT_CONFIG_ROUTE,
  COLLECTOR_CONFIG_ROUTE,
  CONFIG_TYPE,
  isKnown,
  type OnPull,
  runningHashOf,
} from './config-routes.ts';

export interface ConfigFastPathOptions {
  /** Finds the component of a key among those in memory, which are proved. */
  peekComponent: (key: string) => ComponentIdentity | undefined;
  service: Pick<ConfigDeliveryService, 'peek'>;
  /** Called for each pull, as for every other call of a component. */
  noteComponentCall?: NoteComponentCall | undefined;
  onPull: OnPull;
  metrics: HttpMetrics;
  logger: Logger;
}

const UUID_LENGTH = 36;
const FIXED_HEADERS = Object.entries(COMPONENT_HEADERS).flat();

/** A kind of component: its path around the id, the id that it must have there, and the counters of its answers. */
interface Kind {
  /** Length of a whole path: no other path of ours is as long, so nearly all others are told by it alone. */
  length: number;
  prefix: string;
  suffix: string;
  ownId: (component: ComponentIdentity) => string | undefined;
  observe: Record<200 | 304, (durationMs: number) => void>;
}

/**
 * Answers the pull of a config in front of the router: each component pulls every 10 s, and this halves the cost. It
 * answers only what needs no waiting, no error and no thought (the key is known, the component approved, its config in
 * memory) and sends the same bytes as the route; all else goes to the route.
 */
export function configFastPath(options: ConfigFastPathOptions): FastPath {
  const { peekComponent, service, noteComponentCall, onPull, logger } = options;
  const collectors = kindOf(options.metrics, COLLECTOR_CONFIG_ROUTE, ({ type, componentId }) =>
    type === 'collector' ? componentId : undefined,
  );
  const agents = kindOf(options.metrics, AGENT_CONFIG_ROUTE, ({ nodeId }) => nodeId);
  return (request, response) => {
    const url = request.url ?? '';
    const kind = url.length === collectors.length ? collectors : agents;
    if (url.length !== kind.length || request.method !== 'GET') return false;
    if (!url.startsWith(kind.prefix) || !url.endsWith(kind.suffix)) return false;
    const startedAt = performance.now();
    const { headers } = request;
    const key = headers[API_KEY_HEADER];
    if (typeof key !== 'string' || hasBody(request) || logger.isLevelEnabled('debug')) return false;
    const component = peekComponent(key);
    const id = url.slice(kind.prefix.length, kind.prefix.length + UUID_LENGTH);
    if (!component || kind.ownId(component) !== id) return false;
    const config = service.peek(component.componentId);
    if (!config) return false;
    const known = headers['if-none-match'];
    const status = isKnown(config, known) ? 304 : 200;
    const more = noteComponentCall?.(component, headers);
    onPull(component.componentId, known === config.etag ? config.hash : runningHashOf(known));
    answer(response, config, { status, more });
    kind.observe[status](performance.now() - startedAt);
    return true;
  };
}

function kindOf(metrics: HttpMetrics, route: string, ownId: Kind['ownId']): Kind {
  const [prefix = '', rest = ''] = route.split(':');
  const suffix = rest.slice(rest.indexOf('/'));
  const observe = { 200: metrics.observerOf('GET', route, 200), 304: metrics.observerOf('GET', route, 304) };
  return { length: prefix.length + UUID_LENGTH + suffix.length, prefix, suffix, ownId, observe };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
}

function answer(
  response: ServerResponse,
  config: DeliveredConfig,
  { status, more }: { status: 200 | 304; more: Readonly<Record<string, string>> | undefined },
): void {
  const headers = FIXED_HEADERS.slice();
  headers.push(REQUEST_ID_HEADER, newRequestId());
  if (more) headers.push(...Object.entries(more).flat());
  if (status === 304) {
    headers.push('etag', config.etag);
    response.writeHead(304, headers);
    response.end();
    return;
  }
  headers.push(
    'etag',
    config.etag,
    'content-type',
    CONFIG_TYPE,
    'content-length',
    String(config.text.length),
  );
  response.writeHead(200, headers);
  response.end(config.text);
}
