import { setTimeout as sleep } from 'node:timers/promises';
import type { Node, Summary } from '@stratora/contract';
import { FakeMetricStore, ManualClock, startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Enrolled {
  component_id: string;
  api_key: string;
  status: string;
}

/** Milliseconds of one step of the clock, and those in which the work that it sets off may be done. */
const [STEP_MS, SETTLE_MS] = [1000, 25];

describe('a node whose collector may send nothing', () => {
  const clock = new ManualClock(Date.now());
  let store: FakeMetricStore;
  let backend: TestBackend;

  beforeAll(async () => {
    store = new FakeMetricStore();
    await store.start();
    const config = { metricsReadUrl: store.url, metricsWriteUrl: store.url };
    backend = await startBackend({ clock, config });
  });
  afterAll(async () => {
    await backend?.stop();
    await store?.stop();
  });

  /** Enrols the machine, without its old key, and lets it call once if it may. */
  async function enrol(isApproved: boolean): Promise<Enrolled> {
    const { token } = await backend.admin('POST', '/api/v1/enrollment-tokens', { auto_approve: isApproved });
    return (await backend.register(token, { hostname: 'hall-3', machine_id: 'machine-of-hall-3' }))
      .json as Enrolled;
  }

  async function pull({ component_id: id, api_key: key }: Enrolled): Promise<number> {
    return (await backend.call('GET', `/api/v1/remote-collectors/${id}/config`, { key })).status;
  }

  /** Lets loops run until the node has a status; returns its reason. */
  async function reasonOnce(id: string, status: string, words = ''): Promise<string | null> {
    return waitFor(
      async () => {
        const node: Node = await backend.admin('GET', `/api/v1/nodes/${id}`);
        if (node.status === status && (node.status_reason ?? '').includes(words)) return [node.status_reason];
        await clock.advance(STEP_MS);
        clock.setNow(Date.now());
        await sleep(SETTLE_MS);
        return undefined;
      },
      { timeoutMs: 60_000, everyMs: 10, what: `a node that is ${status}` },
    ).then(([reason]) => reason ?? null);
  }

  it('is unknown while it waits for approval and once it is rejected, and healthy when it is let in', async () => {
    const first = await enrol(true);
    expect(await pull(first)).toBe(200);
    const { id } = await backend.admin('POST', '/api/v1/nodes', {
      name: 'press',
      ip_address: '192.0.2.7',
      template: 'ping',
      collector_id: first.component_id,
    });
    store.evidence.set(id, Date.now());
    expect(await reasonOnce(id, 'healthy')).toBeNull();

    const again = await enrol(false);
    expect(again).toMatchObject({ component_id: first.component_id, status: 'pending' });
    store.evidence.set(id, Date.now());
    expect(await reasonOnce(id, 'unknown')).toBe('Its collector hall-3 waits for approval.');

    await backend.admin('POST', `/api/v1/components/${again.component_id}/reject`, {});
    store.evidence.set(id, Date.now());
    expect(await reasonOnce(id, 'unknown', 'rejected')).toBe(
      'Its collector hall-3 was rejected and may send nothing.',
    );
    await clock.advance(2 * STEP_MS);
    const summary: Summary = await backend.admin('GET', '/api/v1/summary');
    expect(summary.nodes.by_status).toMatchObject({ healthy: 0, unknown: 1 });
    expect(summary.health_score).not.toBe(100);

    await backend.admin('POST', `/api/v1/components/${again.component_id}/approve`, {});
    expect(await pull(again)).toBe(200);
    store.evidence.set(id, Date.now());
    expect(await reasonOnce(id, 'healthy')).toBeNull();
  });
});
