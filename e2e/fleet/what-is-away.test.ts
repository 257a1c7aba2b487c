import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Component, Node } from '@stratora/contract';
import { RemoteComponent, STALL_MS, StratoraSystem, VictoriaMetrics, waitFor } from '@stratora/testkit';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { showTable } from './measured-table.ts';
import { SecondWatch, type Told } from './second-watch.ts';

/** Interval in which statuses are decided. */
const CYCLE = 10;
/** Silence after which a component counts as away (docs/product-rules.md, section 1). */
const LOST = 60;
/** A store that stands still is noticed by a look of five seconds, and another one two seconds later. */
const STORE_LOOKS = 5 + 2 + 5;
const STALL = STALL_MS / 1000;
/** Uses of a store whose URL is wrong once, by STRATORA_TEST_WRONG_URLS; `write,query` in the deep run. */
const WRONG_URLS = (process.env['STRATORA_TEST_WRONG_URLS'] ?? 'write').split(',');
const CALM = 'Nothing needs you now';

let lastOctet = 0;

async function addNode(system: StratoraSystem, name: string, collector: Component): Promise<string> {
  lastOctet += 1;
  const { id } = await system.api.post<Node>('/api/v1/nodes', {
    name,
    ip_address: `127.0.7.${lastOctet}`,
    template: 'ping',
    collector_id: collector.id,
  });
  return id;
}

async function untilHealthy(system: StratoraSystem, ids: readonly string[]): Promise<void> {
  await waitFor(
    async () => {
      const nodes = await Promise.all(ids.map((id) => system.api.get<Node>(`/api/v1/nodes/${id}`)));
      return nodes.every(({ status }) => status === 'healthy');
    },
    { timeoutMs: 120_000, what: 'healthy nodes' },
  );
}

/** What may never be told once a node is not known to be well; what Home says is shared for a second. */
function expectNoCalm(watch: SecondWatch): void {
  const isWell = (nodes: Told['nodes'] = {}) =>
    Object.values(nodes).every(({ status }) => status === 'healthy');
  for (const [index, { nodes, headline, score }] of watch.told.entries()) {
    if (isWell(nodes) || isWell(watch.told[index - 1]?.nodes)) continue;
    expect(headline).not.toBe(CALM);
    expect(score).not.toBe(100);
  }
}

describe('when the way to a node is cut', () => {
  const fates = ['revoked', 'deleted', 'stopped', 'killed', 'cut off'] as const;
  let system: StratoraSystem;
  let agent: RemoteComponent;
  const collectors = new Map<string, RemoteComponent>();
  const components = new Map<string, Component>();
  const nodes: Record<string, string> = {};

  beforeAll(async () => {
    system = await StratoraSystem.start({ args: ['--no-collector', '--no-agent'] });
    for (const fate of fates) {
      const collector = await RemoteComponent.start(system, 'collector', `hall-${fate.replace(' ', '-')}`);
      collectors.set(fate, collector);
      const component = await collector.registered(system);
      components.set(fate, component);
      nodes[fate] = await addNode(system, `node-${fate.replace(' ', '-')}`, component);
    }
    agent = await RemoteComponent.start(system, 'agent', 'press-07');
    nodes['agent stopped'] = (await agent.registered(system)).node_id ?? '';
    await untilHealthy(system, Object.values(nodes));
  }, 300_000);
  afterAll(async () => {
    const frozen = collectors.get('cut off');
    if (frozen?.isRunning) process.kill(frozen.pid, 'SIGCONT');
    await Promise.all([...collectors.values(), agent].map((component) => component?.dispose()));
    await system?.dispose();
  });

  it('says within a cycle of knowing it that nobody knows, and never that all is well', async () => {
    const idOf = (fate: string) => components.get(fate)?.id ?? '';
    const watch = new SecondWatch(system, nodes);
    await Promise.all([
      system.api.expect('POST', `/api/v1/components/${idOf('revoked')}/revoke`),
      system.api.expect('DELETE', `/api/v1/components/${idOf('deleted')}`),
      collectors.get('stopped')?.stop(),
      collectors.get('killed')?.stop('SIGKILL'),
      agent.stop(),
    ]);
    process.kill(collectors.get('cut off')?.pid ?? 0, 'SIGSTOP');
    const isOver = (name: string, status: string) =>
      name === 'agent stopped' ? status === 'offline' : status === 'unknown';
    await watch.until(
      (told) => Object.entries(told.nodes).every(([name, { status }]) => isOver(name, status)),
      LOST + CYCLE + 2 * STALL,
    );
    showTable('the way to a node is cut', watch.rows());
    for (const fate of ['revoked', 'deleted']) {
      expect(watch.secondOf(fate, 'unknown'), fate).toBeLessThanOrEqual(CYCLE + STALL);
    }
    for (const fate of ['stopped', 'killed', 'cut off']) {
      expect(watch.secondOf(fate, 'unknown'), fate).toBeGreaterThanOrEqual(LOST - CYCLE);
      expect(watch.secondOf(fate, 'unknown'), fate).toBeLessThanOrEqual(LOST + CYCLE + STALL);
    }
    // An agent is its host: its silence is the host's (docs/product-rules.md, section 2).
    expect(watch.secondOf('agent stopped', 'offline')).toBeLessThanOrEqual(LOST + CYCLE + STALL);
    for (const fate of fates) expect(watch.statusesOf(fate), fate).toEqual(['healthy', 'unknown']);
    expectNoCalm(watch);
    const last = watch.told.at(-1)?.nodes ?? {};
    expect(last['revoked']?.status_reason).toContain('was revoked');
    expect(last['deleted']?.status_reason).toBe('No collector polls it.');
    for (const fate of ['stopped', 'killed', 'cut off'])
      expect(last[fate]?.status_reason).toContain('has not been heard from');
  }, 300_000);

  it('is healthy again once the collector is back', async () => {
    process.kill(collectors.get('cut off')?.pid ?? 0, 'SIGCONT');
    collectors.get('killed')?.launch();
    await untilHealthy(system, [nodes['cut off'] ?? '', nodes['killed'] ?? '']);
  }, 180_000);
});

/** Puts a proxy in front of a store, which answers to some paths as a cluster does to those that it does not know. */
async function frontOf(target: string, isUnknown: (path: string) => boolean): Promise<Server> {
  const server = createServer((incoming, response) => {
    const path = incoming.url ?? '';
    if (isUnknown(path)) {
      incoming.resume();
      response.writeHead(400).end(`unsupported path requested: "${path}"`);
      return;
    }
    const { method, headers } = incoming;
    const onward = request(`${target}${path}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.writeHead(502).end());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('when the metric store is of no use', () => {
  let system: StratoraSystem | undefined;
  let store: VictoriaMetrics | undefined;
  let front: Server | undefined;
  let frozen: number | undefined;
  afterEach(async () => {
    if (frozen !== undefined) process.kill(frozen, 'SIGCONT');
    frozen = undefined;
    await system?.dispose();
    system = undefined;
    front?.closeAllConnections();
    front?.close();
    front = undefined;
    await store?.stop();
    store = undefined;
  });

  async function addPolled(): Promise<{ node: string }> {
    if (system === undefined) throw new Error('there is no system');
    const { api } = system;
    const collector = await waitFor(
      async () => {
        const { items } = await api.get<{ items: Component[] }>('/api/v1/components?limit=10');
        return items.find(({ component_type: type }) => type === 'collector');
      },
      { what: 'the collector of the server' },
    );
    const id = await addNode(system, 'switch', collector);
    await untilHealthy(system, [id]);
    return { node: id };
  }

  it('says so while it stands still, and forgets it when it goes on', async () => {
    system = await StratoraSystem.start({ args: ['--no-agent'] });
    const watch = new SecondWatch(system, await addPolled());
    frozen = system.pid('victoria-metrics');
    process.kill(frozen, 'SIGSTOP');
    await watch.until(({ nodes }) => nodes['node']?.status === 'unknown', 60);
    const unknownAt = watch.secondOf('node', 'unknown');
    process.kill(frozen, 'SIGCONT');
    frozen = undefined;
    await watch.until(({ nodes, second }) => second > unknownAt && nodes['node']?.status === 'healthy', 150);
    showTable('the metric store stands still, and goes on once that is known', watch.rows());
    expect(unknownAt).toBeLessThanOrEqual(CYCLE + STORE_LOOKS + STALL);
    expect(watch.statusesOf('node')).toEqual(['healthy', 'unknown', 'healthy']);
    expect(watch.secondOf('node', 'healthy', unknownAt)).toBeLessThanOrEqual(unknownAt + 3 * CYCLE + STALL);
    expectNoCalm(watch);
  }, 300_000);

  it.each(WRONG_URLS)(
    'says so behind a wrong URL to %s',
    async (use) => {
      store = await VictoriaMetrics.start();
      let isWrong = false;
      front = await frontOf(store.url, (path) => isWrong && path.includes(use));
      const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
      system = await StratoraSystem.start({
        args: ['--no-agent'],
        env: { STRATORA_METRICS_WRITE_URL: url, STRATORA_METRICS_READ_URL: url },
      });
      const polled = await addPolled();
      const watch = new SecondWatch(system, polled);
      isWrong = true;
      await watch.until(({ nodes }) => nodes['node']?.status === 'unknown', 60);
      showTable(`the URL to ${use} is wrong`, watch.rows());
      expect(watch.secondOf('node', 'unknown')).toBeLessThanOrEqual(2 * CYCLE + STALL);
      expect(watch.told.at(-1)?.health).toContain('degraded');
      expectNoCalm(watch);
      isWrong = false;
      await untilHealthy(system, [polled.node]);
    },
    300_000,
  );
});
