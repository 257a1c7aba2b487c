import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Component } from '@stratora/contract';
import { STALL_MS, StratoraSystem, VictoriaMetrics, waitFor } from '@stratora/testkit';
import { describe, expect, it } from 'vitest';
import { SecondWatch } from './away/second-watch.ts';
import { addPinged, CYCLE, expectNoCalm, untilHealthy } from './away/well-nodes.ts';
import { showTable } from './fleet/measured-table.ts';

/** A store that stands still is noticed by a look of five seconds, and another one two seconds later. */
const STORE_LOOKS = 5 + 2 + 5;
const STALL = STALL_MS / 1000;
/** Uses of a store whose URL is wrong once, by STRATORA_TEST_WRONG_URLS; `write,query` in the deep run. */
const WRONG_URLS = (process.env['STRATORA_TEST_WRONG_URLS'] ?? 'write').split(',');

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

/** Adds a node that the collector of the server pings, and waits until it is healthy. */
async function addPolled(system: StratoraSystem): Promise<{ node: string }> {
  const { api } = system;
  const collector = await waitFor(
    async () => {
      const { items } = await api.get<{ items: Component[] }>('/api/v1/components?limit=10');
      return items.find(({ component_type: type }) => type === 'collector');
    },
    { what: 'the collector of the server' },
  );
  const id = await addPinged(system, 'switch', collector);
  await untilHealthy(system, [id]);
  return { node: id };
}

// Each has a system of its own and waits for its cycles most of the time, and so they wait together.
describe.concurrent('when the metric store is of no use', () => {
  it('says so while it stands still, and forgets it when it goes on', async ({ onTestFinished }) => {
    const system = await StratoraSystem.start({ args: ['--no-agent'] });
    let frozen: number | undefined;
    const goOn = () => {
      if (frozen !== undefined) process.kill(frozen, 'SIGCONT');
      frozen = undefined;
    };
    onTestFinished(async () => {
      goOn();
      await system.dispose();
    });
    const watch = new SecondWatch(system, await addPolled(system));
    frozen = system.pid('victoria-metrics');
    process.kill(frozen, 'SIGSTOP');
    await watch.until(({ nodes }) => nodes['node']?.status === 'unknown', 60);
    const unknownAt = watch.secondOf('node', 'unknown');
    goOn();
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
      const store = await VictoriaMetrics.start();
      const cleanups: (() => Promise<unknown>)[] = [() => store.stop()];
      try {
        let isWrong = false;
        const front = await frontOf(store.url, (path) => isWrong && path.includes(use));
        cleanups.push(async () => {
          front.closeAllConnections();
          front.close();
        });
        const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
        const system = await StratoraSystem.start({
          args: ['--no-agent'],
          env: { STRATORA_METRICS_WRITE_URL: url, STRATORA_METRICS_READ_URL: url },
        });
        cleanups.push(() => system.dispose());
        const polled = await addPolled(system);
        const watch = new SecondWatch(system, polled);
        isWrong = true;
        await watch.until(({ nodes }) => nodes['node']?.status === 'unknown', 60);
        showTable(`the URL to ${use} is wrong`, watch.rows());
        expect(watch.secondOf('node', 'unknown')).toBeLessThanOrEqual(2 * CYCLE + STALL);
        expect(watch.told.at(-1)?.health).toContain('degraded');
        expectNoCalm(watch);
        isWrong = false;
        await untilHealthy(system, [polled.node]);
      } finally {
        for (const clean of cleanups.toReversed()) await clean();
      }
    },
    300_000,
  );
});
