import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { NodeDetail, NodeStatus, Role, StatusCounts, Summary } from '@stratora/contract';
import type { FleetOptions } from './fleet.ts';
import { AlertState, answerAlerts } from './mock-alerts.ts';
import { type Call, page, Refusal } from './mock-call.ts';
import { answerDiscovery, DiscoveryState } from './mock-discovery.ts';
import { answerFleet, arrivals, FleetState } from './mock-fleet.ts';
import { everySeries, selectSeries } from './mock-metrics.ts';
import { answerTelling, TellingState } from './mock-telling.ts';
import { answerTopology, TopologyState } from './mock-topology.ts';
import { makeEmptyPlant, makePlant, type Plant } from './plant.ts';

export interface MockOptions extends FleetOptions {
  /** How far the rollout of a template is. */
  readonly rollout?: 'running' | 'stopped';
  /** Nothing is wrong: no alert is active. */
  readonly calm?: boolean;
  /** `mesh`: all nodes are at one site, with 1.6 links each. */
  readonly wiring?: 'mesh';
  /** Devices tell hostile texts of themselves. */
  readonly hostile?: boolean;
  /** 0 is a system that has just been installed. */
  readonly nodes: number;
  /** Who is logged in; nobody where absent, until a login. */
  readonly role?: Role;
  readonly mustChangePassword?: boolean;
}

const STATUSES: readonly NodeStatus[] = [
  'discovering',
  'healthy',
  'warning',
  'critical',
  'offline',
  'unknown',
  'maintenance',
];

/** In the order of the server's list of what needs attention. */
const URGENT: readonly NodeStatus[] = ['critical', 'offline', 'warning', 'unknown'];

function countStatuses(nodes: readonly NodeDetail[]): StatusCounts {
  const counts = Object.fromEntries(STATUSES.map((status) => [status, 0])) as StatusCounts;
  for (const node of nodes) counts[node.status] += 1;
  return counts;
}

function summaryOf(plant: Plant): Summary {
  const by = countStatuses(plant.nodes);
  const known = plant.nodes.length - by.unknown - by.discovering;
  const urgent = plant.nodes.filter(({ status }) => URGENT.includes(status));
  const healthy = plant.nodes.filter(({ status }) => status === 'healthy');
  const ofType = (type: string) =>
    plant.components.filter(({ component_type: own, approval }) => own === type && approval === 'approved');
  const now = Date.now();
  return {
    nodes: { total: plant.nodes.length, by_status: by, collection_failing: 0 },
    health_score: known === 0 ? null : Math.round(((by.healthy + by.maintenance) / known) * 1000) / 10,
    sites: plant.sites.map(({ id, name }) => {
      const nodes = plant.nodes.filter(({ site_id: site }) => site === id);
      return { id, name, total: nodes.length, by_status: countStatuses(nodes) };
    }),
    components: {
      collectors: ofType('collector').length,
      collectors_online: ofType('collector').filter(({ connection }) => connection === 'online').length,
      agents: ofType('agent').length,
      agents_online: ofType('agent').length,
      pending: plant.components.filter(({ approval }) => approval === 'pending').length,
    },
    attention: urgent
      .toSorted((a, b) => URGENT.indexOf(a.status) - URGENT.indexOf(b.status))
      .slice(0, 50)
      .map((node) => ({
        node_id: node.id,
        name: node.name,
        status: node.status,
        reason: node.status_reason ?? '',
        since: node.status_since,
      })),
    activity: [
      ...urgent.slice(0, 5).map((node, index) => ({
        id: `a${index}`,
        time: new Date(now - 90_000 * (index + 1)).toISOString(),
        kind: 'node_status',
        text: `${node.name} is ${node.status}: ${node.status_reason ?? ''}`,
        node_id: node.id,
        actor: null,
        count: 1,
        nodes: [],
        sites: [node.site_name],
      })),
      {
        id: 'm0',
        time: new Date(now - 600_000).toISOString(),
        kind: 'node_status',
        text: `${healthy.length} nodes are healthy`,
        node_id: null,
        actor: null,
        count: healthy.length,
        nodes: healthy.slice(0, 100).map(({ id, name }) => ({ id, name })),
        sites: [...new Set(healthy.map((node) => node.site_name))].sort(),
      },
      {
        id: 'b0',
        time: new Date(now - 900_000).toISOString(),
        kind: 'audit',
        text: 'Logged in',
        node_id: null,
        actor: 'admin',
        count: 1,
        nodes: [],
        sites: [],
      },
    ],
    generated_at: new Date(now).toISOString(),
  };
}

function answerMetrics(call: Call, plant: Plant): unknown {
  const expr = call.query.get('query') ?? '';
  const templateOf = (id: string) => plant.nodes.find((node) => node.id === id)?.template;
  const nodeId = /node_id="([^"]*)"/.exec(expr)?.[1] ?? '';
  // Several nodes at once: what the map asks for.
  const several = /node_id=~"([^"]*)"/.exec(expr)?.[1]?.split('|');
  const series = expr.startsWith('{')
    ? everySeries(nodeId, templateOf(nodeId) ?? '')
    : several === undefined
      ? selectSeries(expr, templateOf)
      : several.flatMap((id) =>
          selectSeries(expr.replaceAll(/node_id=~"[^"]*"/g, `node_id="${id}"`), templateOf),
        );
  if (!call.path.endsWith('query_range')) {
    const now = Date.now() / 1000;
    const result = series.map(({ metric, at }) => ({
      metric,
      value: [now, String(at(now) ?? at(now - 1200) ?? 0)],
    }));
    return { status: 'success', data: { resultType: 'vector', result } };
  }
  const start = Number(call.query.get('start'));
  const end = Number(call.query.get('end'));
  const step = Number.parseInt(call.query.get('step') ?? '10', 10);
  const result = series.map(({ metric, at }) => {
    const values: [number, string][] = [];
    for (let time = start; time <= end; time += step) {
      const value = at(time);
      if (value !== undefined) values.push([time, String(value)]);
    }
    return { metric, values };
  });
  return { status: 'success', data: { resultType: 'matrix', result } };
}

function collectionOf(plant: Plant, name: string): { id: string }[] | undefined {
  const lists: Readonly<Record<string, { id: string }[]>> = {
    sites: plant.sites,
    nodes: plant.nodes,
    components: plant.components,
    'enrollment-tokens': plant.tokens,
    credentials: plant.credentials,
    users: plant.users,
    'node-groups': [],
  };
  return lists[name];
}

function create(plant: Plant, name: string, body: Record<string, unknown>): unknown {
  const list = collectionOf(plant, name);
  if (
    typeof body['name'] === 'string' &&
    list?.some((item) => (item as { name?: string }).name === body['name'])
  ) {
    throw new Refusal(409, 'name_taken', 'This name is taken.', [{ path: 'name', message: 'is taken' }]);
  }
  if (name === 'nodes' && body['ip_address'] === 'bad address') {
    throw new Refusal(400, 'validation_failed', 'The body is not valid.', [
      { path: 'ip_address', message: 'must be an IPv4 address, an IPv6 address or a DNS name' },
    ]);
  }
  const like = list?.[0] ?? makePlant(1).nodes[0];
  const item = {
    ...like,
    ...body,
    id: crypto.randomUUID(),
    created_at: new Date().toISOString(),
    status: 'discovering',
    last_seen_at: null,
    state: 'active',
    use_count: 0,
    ...(name === 'enrollment-tokens' ? { expires_at: new Date(Date.now() + 86_400_000).toISOString() } : {}),
  };
  list?.push(item);
  return name === 'enrollment-tokens' ? { ...item, token: 'enroll_9tV3mQk7sX2bWc5dYf8hJn4pRz6uLa1e' } : item;
}

interface Mocked {
  readonly fleet: FleetState;
  readonly alerts: AlertState;
  readonly telling: TellingState;
  readonly topology: TopologyState;
  readonly discovery: DiscoveryState;
  readonly templates: ReadonlyMap<string, unknown>;
}

function route(call: Call, { fleet, alerts, telling, topology, discovery, templates }: Mocked): unknown {
  const { plant } = fleet;
  const [name = '', id, action] = call.path.split('/').slice(1);
  if (name === 'health') {
    return { status: 'ok', version: '0.1.0', checks: { database: 'ok', metrics: 'ok' }, messages: [] };
  }
  if (name === 'summary') return summaryOf(plant);
  if (name === 'metrics') return answerMetrics(call, plant);
  if (name === 'device-templates') {
    if (id === undefined) return page([...templates.values()], call.query);
    const template = templates.get(id);
    if (template === undefined) throw new Refusal(404, 'not_found', 'There is no such template.');
    return template;
  }
  const topologyAnswer = answerTopology(call, topology);
  if (topologyAnswer !== undefined) return topologyAnswer;
  const alertAnswer = answerAlerts(call, alerts);
  if (alertAnswer !== undefined) return alertAnswer;
  const fleetAnswer = answerFleet(call, fleet);
  if (fleetAnswer !== undefined) return fleetAnswer;
  const tellingAnswer = answerTelling(call, telling);
  if (tellingAnswer !== undefined) return tellingAnswer;
  const discoveryAnswer = answerDiscovery(call, discovery);
  if (discoveryAnswer !== undefined || name === 'discovery') return discoveryAnswer;
  const list = collectionOf(plant, name);
  if (list === undefined) throw new Refusal(404, 'not_found', 'There is no such thing.');
  if (id === undefined) {
    if (call.method === 'GET') return page(listed(name, list, call.query), call.query);
    const made = create(plant, name, call.body);
    if (name === 'enrollment-tokens') arrivals(fleet, call.body);
    return made;
  }
  if (name === 'nodes' && id === 'bulk') return { affected: (call.body['node_ids'] as unknown[]).length };
  const item = list.find((candidate) => candidate.id === id);
  if (item === undefined) throw new Refusal(404, 'not_found', 'There is no such thing.');
  if (action === 'reveal') return { id, secret: { community: 'plant-read' } };
  if (action === 'rotate-key')
    return { component_id: id, api_key: 'sk_stra_0123456789AabcdefghijklmnopqrstuvwxyzABCDE' };
  if (action === 'approve' || action === 'reject' || action === 'revoke')
    Object.assign(item, {
      approval: action === 'approve' ? 'approved' : `${action}${action === 'revoke' ? 'd' : 'ed'}`,
    });
  else if (call.method === 'DELETE' && action === undefined) list.splice(list.indexOf(item), 1);
  else if (call.method !== 'GET') Object.assign(item, call.body);
  return item;
}

/** The filters that the pages use. */
function listed(name: string, list: readonly { id: string }[], query: URLSearchParams) {
  const collector = query.get('collector_id');
  if (name !== 'nodes' || collector === null) return list;
  return list.filter((item) => (item as NodeDetail).collector_id === collector);
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function streamEvents(fleet: FleetState, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('event: hello\ndata: {}\n\n');
  const timer = setInterval(() => {
    const at = new Date().toISOString();
    for (const node of fleet.plant.nodes.slice(0, 200)) {
      if (node.status !== 'healthy' && node.status !== 'warning') continue;
      node.last_seen_at = at;
      const event = {
        node_id: node.id,
        status: node.status,
        status_since: node.status_since,
        status_reason: node.status_reason,
        last_seen_at: at,
      };
      response.write(`event: node_status\ndata: ${JSON.stringify(event)}\n\n`);
    }
  }, 5_000);
  const tell = (id: string) =>
    response.write(`event: component_changed\ndata: ${JSON.stringify({ id, change: 'updated' })}\n\n`);
  fleet.listeners.add(tell);
  request.on('close', () => {
    clearInterval(timer);
    fleet.listeners.delete(tell);
  });
}

export function createMockApi(options: MockOptions, templates: ReadonlyMap<string, unknown>) {
  const plant = options.nodes === 0 ? makeEmptyPlant() : makePlant(options.nodes, options);
  const fleet = new FleetState(plant, options);
  const mocked = {
    fleet,
    templates,
    alerts: new AlertState(plant, options.calm === true),
    telling: new TellingState(plant),
    topology: new TopologyState(plant, options),
    discovery: new DiscoveryState(plant),
  };
  let user = options.role === undefined ? undefined : plant.users.find(({ role }) => role === options.role);
  if (user !== undefined && options.mustChangePassword === true)
    user = { ...user, must_change_password: true };

  const answer = (call: Call): unknown => {
    if (call.path === '/auth/login') {
      user = plant.users.find(({ username }) => username === call.body['username']);
      if (user === undefined || call.body['password'] === 'wrong') {
        user = undefined;
        throw new Refusal(401, 'invalid_credentials', 'User name or password is wrong.');
      }
      return { user };
    }
    if (call.path === '/health') return route(call, mocked);
    if (user === undefined) throw new Refusal(401, 'not_authenticated', 'Log in first.');
    if (call.path === '/auth/me') return user;
    if (call.path === '/auth/logout') {
      user = undefined;
      return undefined;
    }
    if (call.path === '/auth/change-password') {
      user = { ...user, must_change_password: false };
      return undefined;
    }
    if (user.must_change_password)
      throw new Refusal(423, 'password_change_required', 'Change your password first.');
    return route(call, mocked);
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://mock');
    const path = url.pathname.replace('/api/v1', '');
    if (path === '/events') {
      streamEvents(fleet, request, response);
      return;
    }
    const send = (status: number, body: unknown, type: string) => {
      const packed = body === undefined ? Buffer.alloc(0) : gzipSync(JSON.stringify(body), { level: 1 });
      response.writeHead(body === undefined ? 204 : status, {
        'content-type': type,
        ...(body === undefined ? {} : { 'content-encoding': 'gzip' }),
      });
      response.end(packed);
    };
    try {
      const body = await readBody(request);
      send(
        200,
        answer({ method: request.method ?? 'GET', path, query: url.searchParams, body }),
        'application/json',
      );
    } catch (error) {
      if (error instanceof Refusal) send(error.status, error.problem, 'application/problem+json');
      else
        send(500, { code: 'internal_error', detail: String(error), status: 500 }, 'application/problem+json');
    }
  };
}
