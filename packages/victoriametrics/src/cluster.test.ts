import { findVictoriaMetricsCluster, VictoriaMetricsCluster, waitFor } from '@stratora/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createQueryClient } from './query-client.ts';
import { adviseOnStoreUrl, findWorkingPath } from './store-form.ts';
import { createWriteClient } from './write-client.ts';

describe('a real vminsert and vmselect', () => {
  let cluster: VictoriaMetricsCluster;

  beforeAll(async () => {
    cluster = await VictoriaMetricsCluster.start(findVictoriaMetricsCluster());
  });
  afterAll(() => cluster.stop());

  async function write(path: string) {
    const writer = createWriteClient({ url: cluster.insertUrl + path, timeoutMs: 5_000 });
    try {
      return await writer.write(Buffer.from(`cluster,node_id=n f=1 ${Date.now()}\n`), 'ms');
    } finally {
      writer.close();
    }
  }

  async function read(path: string) {
    const reader = createQueryClient({ url: cluster.selectUrl + path, timeoutMs: 5_000 });
    try {
      return await reader.query('last_over_time(cluster_f[5m])');
    } finally {
      reader.close();
    }
  }

  test('take and give by the documented paths', { timeout: 60_000 }, async () => {
    expect(await write('/insert/0/influx')).toMatchObject({ ok: true });
    await waitFor(
      async () => {
        const answer = await read('/select/0/prometheus');
        return answer.ok && answer.value.length === 1;
      },
      { timeoutMs: 40_000, what: 'the sample' },
    );
  });

  test.each([
    '',
    '/write',
    '/insert',
    '/insert/0',
    '/insert/0/write',
    '/insert/0/influx/write',
    '/insert/0/influx/influx',
    '/insert/0/prometheus',
    '/insert/0/prometheus/api/v1/write',
    '/insert/0/influx/api/v2/write',
    '/insert/x/influx',
    '/select/0/prometheus',
  ])('a write to %j is our set-up’s fault, and the right path is found', async (path) => {
    const refusal = await write(path);
    if (refusal.ok) throw new Error('it was taken');
    expect(refusal).toMatchObject({ retry: true, reason: 'misconfigured' });
    const working = await findWorkingPath('write', cluster.insertUrl + path);
    expect(working).toBe('/insert/0/influx');
    expect(adviseOnStoreUrl('write', refusal, working)).toMatch(/insert\/0\/influx/);
  });

  test.each([
    '',
    '/select',
    '/select/0',
    '/select/0/prometheus/api/v1',
    '/select/0/graphite',
    '/insert/0/influx',
  ])('a query to %j is our set-up’s fault, and the right path is found', async (path) => {
    expect(await read(path)).toMatchObject({ ok: false, retry: true, reason: 'misconfigured' });
    expect(await findWorkingPath('read', cluster.selectUrl + path)).toBe('/select/0/prometheus');
  });

  test('what the two of them are mistaken for each other says', async () => {
    const writer = createWriteClient({ url: `${cluster.selectUrl}/insert/0/influx`, timeoutMs: 5_000 });
    expect(await writer.write(Buffer.from('m f=1\n'))).toMatchObject({ reason: 'misconfigured' });
    writer.close();
    const reader = createQueryClient({ url: `${cluster.insertUrl}/select/0/prometheus`, timeoutMs: 5_000 });
    expect(await reader.query('1')).toMatchObject({ reason: 'misconfigured' });
    reader.close();
  });
});
