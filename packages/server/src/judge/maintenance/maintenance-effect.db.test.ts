import type { MaintenanceChangedEvent, Node } from '@stratora/contract';
import { FakeMetricStore, startBackend, type TestBackend, waitFor } from '@stratora/testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Milliseconds for a few cycles of the evaluator. */
const CYCLES_MS = 60_000;

describe('a running window', () => {
  let store: FakeMetricStore;
  let backend: TestBackend;
  let listener: Client;
  const changes: string[] = [];

  beforeAll(async () => {
    store = new FakeMetricStore();
    await store.start();
    backend = await startBackend({ config: { metricsReadUrl: store.url, metricsWriteUrl: store.url } });
    listener = new Client({ connectionString: backend.database.url });
    await listener.connect();
    listener.on('notification', ({ payload }) => {
      const events = JSON.parse(payload ?? '[]') as { name: string; data: MaintenanceChangedEvent }[];
      for (const { name, data } of events) if (name === 'maintenance_changed') changes.push(data.change);
    });
    await listener.query('LISTEN stratora_event');
  });
  afterAll(async () => {
    await listener?.end();
    await backend?.stop();
    await store?.stop();
  });

  const statusOnce = (id: string, isIn: boolean) =>
    waitFor(
      async () => {
        const node: Node = await backend.admin('GET', `/api/v1/nodes/${id}`);
        return (node.status === 'maintenance') === isIn ? node : undefined;
      },
      { timeoutMs: CYCLES_MS, everyMs: 200, what: `a node that is ${isIn ? '' : 'not '}in maintenance` },
    );

  it('is the status of what stands at its site, and no longer than it runs', {
    timeout: 150_000,
  }, async () => {
    const site = (await backend.admin('POST', '/api/v1/sites', { name: 'Halle' })).id as string;
    const make = async (name: string, more: object = {}) =>
      (
        await backend.admin('POST', '/api/v1/nodes', {
          name,
          ip_address: '10.3.0.1',
          allow_duplicate: true,
          ...more,
        })
      ).id as string;
    const inside = await make('inside', { site_id: site });
    const outside = await make('outside');
    const window = await backend.admin('POST', '/api/v1/maintenance-windows', {
      name: 'New roof',
      scope: { type: 'site', id: site },
      starts_at: new Date(Date.now() - 60_000).toISOString(),
      ends_at: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const until = window.current_ends_at.slice(0, 16).replace('T', ' ');
    expect(await statusOnce(inside, true)).toMatchObject({
      status_reason: `In maintenance until ${until} UTC: New roof`,
    });
    expect(await backend.admin('GET', `/api/v1/nodes/${outside}`)).not.toMatchObject({
      status: 'maintenance',
    });
    const { occurrence } = await backend.admin('GET', `/api/v1/maintenance-windows/${window.id}/held`);
    expect(occurrence).toMatchObject({ starts_at: window.starts_at, ended_at: null });
    await backend.admin('POST', `/api/v1/maintenance-windows/${window.id}/end`);
    await statusOnce(inside, false);
    await waitFor(async () => changes.includes('ended') || undefined, { timeoutMs: CYCLES_MS });
    expect(changes).toEqual(['created', 'began', 'updated', 'ended']);
    expect((await backend.call('GET', '/api/v1/health')).json.messages.join(' ')).not.toContain('evaluated');
  });
});
