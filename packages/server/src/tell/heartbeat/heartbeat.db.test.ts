import type { Alert, ListAnswer } from '@stratora/contract';
import { HttpSink, startBackend, type TestBackend, VictoriaMetrics, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SLOW = { timeoutMs: 90_000 };

describe('the sign of life to an address outside', () => {
  let store: VictoriaMetrics;
  let sink: HttpSink;
  let backend: TestBackend;
  beforeAll(async () => {
    store = await VictoriaMetrics.start();
    sink = new HttpSink();
    await sink.start();
    backend = await startBackend({
      config: { metricsWriteUrl: store.url, metricsReadUrl: store.url, outboundAllow: ['127.0.0.1/32'] },
    });
  });
  afterAll(async () => {
    await backend?.stop();
    await sink?.stop();
    await store?.stop();
  });

  async function alerts(state: 'active' | 'resolved'): Promise<Alert[]> {
    const { items } = (await backend.admin('GET', `/api/v1/alerts?state=${state}`)) as ListAnswer<Alert>;
    return items.filter(({ definition_slug: slug }) => slug === 'notifications_failing');
  }

  it('goes out while all is well, and is an alert when nobody takes it', async () => {
    const { items } = await backend.admin('GET', '/api/v1/alert-definitions?search=Notifications%20fail');
    await backend.admin('PATCH', `/api/v1/alert-definitions/${items[0].id}`, { warning: 1, critical: null });
    const url = `${sink.url}/ping/abc?x=%2F`;
    await backend.admin('PATCH', '/api/v1/settings', { heartbeat: { url, every_seconds: 10 } });
    const [first] = await waitFor(() => sink.requests.length > 0 && sink.requests, SLOW);
    expect(first).toMatchObject({ method: 'POST', url: '/ping/abc?x=%2F' });
    expect(JSON.parse(first?.body ?? '')).toMatchObject({ type: 'heartbeat', source: 'stratora' });

    sink.answers.push(...Array.from({ length: 50 }, () => ({ status: 503 })));
    const alert = await waitFor(async () => (await alerts('active'))[0], SLOW);
    expect(alert).toMatchObject({
      node_id: null,
      instance: 'Heartbeat',
      severity: 'warning',
      summary: 'Heartbeat does not get through: The other end answered 503.',
    });
    sink.answers.length = 0;
    await waitFor(async () => (await alerts('resolved')).length === 1, SLOW);
    expect(await alerts('active')).toEqual([]);
  }, 300_000);
});
