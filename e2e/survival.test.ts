import { join } from 'node:path';
import type { Component, ListAnswer, Node } from '@stratora/contract';
import { isAlive, type LedgerVerdict, SampleLedger, StratoraSystem, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const KILLED = ['victoria-metrics', 'postgres', 'backend', 'agent', 'collector'] as const;

/** Milliseconds of load before each kill. */
const LOAD_MS = 2000;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

describe('a kill of any process under load', () => {
  let system: StratoraSystem;
  let ledgers: SampleLedger[] = [];

  beforeAll(async () => {
    system = await StratoraSystem.start();
    const node = await waitFor(
      async () => {
        const { items } = await system.api.get<ListAnswer<Node>>('/api/v1/nodes');
        return items.find(({ agent_id: agent }) => agent !== null);
      },
      { what: 'the host itself as a node' },
    );
    const { items: collectors } = await system.api.get<ListAnswer<Component>>('/api/v1/components');
    const collector = collectors.find(({ component_type: type }) => type === 'collector');
    const polled = await system.api.post<Node>('/api/v1/nodes', {
      name: 'polled',
      ip_address: '127.0.0.1',
      template: 'ping',
      collector_id: collector?.id,
    });
    const load = { series: 20, batchesPerSecond: 10 };
    ledgers = [
      new SampleLedger({ socketPath: join(system.dataDir, 'agent/intake.sock'), nodeId: node.id, ...load }),
      new SampleLedger({
        socketPath: join(system.dataDir, 'collector/intake.sock'),
        nodeId: polled.id,
        ...load,
      }),
    ];
    for (const ledger of ledgers) ledger.start();
  });
  afterAll(async () => {
    await Promise.all(ledgers.map((ledger) => ledger.stop()));
    await system?.dispose();
  });

  it.each(KILLED)('%s comes back by itself', async (service) => {
    // The wait is long enough for samples that were acknowledged and are in no file of the store yet.
    await pause(LOAD_MS);
    const before = system.pid(service);
    process.kill(before, 'SIGKILL');
    await waitFor(
      async () => {
        await system.refresh();
        const pid = system.pid(service);
        return pid !== before && isAlive(pid);
      },
      { timeoutMs: 60_000, what: `another ${service}` },
    );
    await waitFor(async () => (await system.api.call('GET', '/api/v1/health')).status === 200, {
      timeoutMs: 60_000,
      what: 'health',
    });
  });

  it('a launcher that is killed leaves nothing in the way of the next start', async () => {
    await pause(LOAD_MS);
    const { pid } = system.ready;
    const services = Object.values(system.ready.services);
    process.kill(pid, 'SIGKILL');
    await waitFor(() => !isAlive(pid), { what: 'the end of the launcher' });
    await system.launch();
    const now = new Set(Object.values(system.ready.services).map((service) => service.pid));
    const left = services.filter((service) => isAlive(service.pid) && !now.has(service.pid));
    expect(left).toEqual([]);
  });

  it('no sample that a component took is missing, and none is there twice', async () => {
    await Promise.all(ledgers.map((ledger) => ledger.stop()));
    for (const ledger of ledgers) {
      let verdict: LedgerVerdict | undefined;
      await waitFor(
        async () => {
          verdict = await ledger.verdict(system.api);
          return verdict.missing === 0;
        },
        { timeoutMs: 90_000, everyMs: 1000, what: 'every sample' },
      ).catch(() => undefined);
      expect(verdict).toMatchObject({ missing: 0, duplicates: 0, foreign: 0 });
      expect(verdict?.taken).toBeGreaterThan(500);
    }
  });
});
