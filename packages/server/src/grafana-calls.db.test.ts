import { startBackend, type TestBackend, VictoriaMetrics } from '@stratora/testkit';
import { createWriteClient } from '@stratora/victoriametrics';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const PREFIX = '/api/v1/prometheus/api/v1';
const NOW = Math.floor(Date.now() / 1_000);
const RANGE = { start: String(NOW - 3_600), end: String(NOW) };
/** Grafana's own limit of names and series, and its selector of everything. */
const LISTED = { ...RANGE, limit: '40000' };
const ANY = '{__name__!=""}';

type Form = Record<string, string>;

/**
 * The calls of Grafana's data source for Prometheus (grafana/grafana: `pkg/promlib` for those of its server,
 * `packages/grafana-prometheus` for those of its editor), with its parameters and its methods: POST with a form by default,
 * GET where Prometheus has nothing else, or where the data source is set to it.
 */
describe('Grafana’s data source with a viewer’s token', () => {
  let store: VictoriaMetrics;
  let backend: TestBackend;
  let viewer: string;

  beforeAll(async () => {
    store = await VictoriaMetrics.start();
    const writer = createWriteClient({ url: store.url });
    const lines = [0, 1].flatMap((node) =>
      Array.from({ length: 30 }, (_, at) => `asked,node_id=n${node} f=${at} ${NOW - 300 + at * 10}\n`),
    );
    expect(await writer.write(Buffer.from(lines.join('')), 's')).toMatchObject({ ok: true });
    writer.close();
    await store.flush();
    backend = await startBackend({ config: { metricsReadUrl: store.url, metricsWriteUrl: store.url } });
    const user = { username: 'grafana', password: 'a password for tests', role: 'viewer' };
    await backend.admin('POST', '/api/v1/users', { ...user, must_change_password: false });
    viewer = await backend.login(user.username, user.password);
  });
  afterAll(async () => {
    await backend?.stop();
    await backend?.database.stop();
    await store?.stop();
  });

  async function ask(method: 'GET' | 'POST', path: string, form: Form = {}) {
    const text = new URLSearchParams(form).toString();
    const answer = await backend.call(method, PREFIX + path + (method === 'GET' ? `?${text}` : ''), {
      token: viewer,
      ...(method === 'POST'
        ? { raw: text, headers: { 'content-type': 'application/x-www-form-urlencoded' } }
        : {}),
    });
    const { data, errorType, error } = answer.json as { data?: unknown; errorType?: string; error?: string };
    return { status: answer.status, data, errorType, error };
  }
  async function dataOf<T>(method: 'GET' | 'POST', path: string, form: Form = {}): Promise<T> {
    const { status, data } = await ask(method, path, form);
    expect(status).toBe(200);
    return data as T;
  }

  it.each(['GET', 'POST'] as const)('queries by %s, and finds its health', async (method) => {
    // "Save & test" asks this, as of 1970.
    const health = await dataOf(method, '/query', { query: '1+1', time: '4' });
    expect(health).toMatchObject({ resultType: 'vector', result: [{ metric: {}, value: [4, '2'] }] });
    const panel = {
      query: 'sum by (node_id) (rate(asked_f{node_id=~"n.*"}[1m0s]))',
      start: `${NOW - 300}.5`,
      end: String(NOW),
      step: '15',
      timeout: '60s',
    };
    const matrix = await dataOf<{ result: unknown[] }>(method, '/query_range', panel);
    expect(matrix).toMatchObject({ resultType: 'matrix' });
    expect(matrix.result).toHaveLength(2);
    const latest = await dataOf<{ result: unknown[] }>(method, '/query', {
      query: 'topk(1, asked_f offset 1m) or asked_f @ end()',
      time: `${NOW}.25`,
    });
    expect(latest.result.length).toBeGreaterThan(0);
    expect(await dataOf(method, '/query_exemplars', { query: 'asked_f', ...RANGE })).toEqual([]);
  });

  it('fills its editor: names, labels, values and series', async () => {
    const names = await dataOf<string[]>('GET', '/label/__name__/values', LISTED);
    expect(names).toContain('asked_f');
    for (const method of ['GET', 'POST'] as const) {
      expect(await dataOf<string[]>(method, '/labels', LISTED)).toContain('node_id');
      const some = { ...LISTED, 'match[]': '{__name__="asked_f"}' };
      expect((await dataOf<string[]>(method, '/labels', some)).sort()).toEqual(['__name__', 'node_id']);
      expect(await dataOf(method, '/series', { ...LISTED, 'match[]': ANY })).toContainEqual({
        __name__: 'asked_f',
        node_id: 'n0',
      });
      expect(await dataOf(method, '/series', { ...LISTED, 'match[]': 'asked_f{node_id!=""}' })).toHaveLength(
        2,
      );
    }
    const values = { ...LISTED, 'match[]': 'asked_f{node_id!="n1"}' };
    expect(await dataOf('GET', '/label/node_id/values', values)).toEqual(['n0']);
  });

  it('learns what it speaks to, and what is ruled and alarmed', async () => {
    const build = await dataOf<{ version: string; features?: unknown }>('GET', '/status/buildinfo');
    // Any `features` would make it a Mimir; from 2.24 on it sends `match[]` with questions for labels.
    expect(build.features).toBeUndefined();
    expect(build.version).toMatch(/^2\.(?:2[4-9]|[3-9]\d)\./);
    expect(await dataOf('GET', '/metadata', { limit: '40000' })).toEqual({});
    const { groups } = await dataOf<{ groups: { rules: { type: string }[] }[] }>('GET', '/rules');
    expect(groups.flatMap(({ rules }) => rules).length).toBeGreaterThan(30);
    expect(await dataOf('GET', '/alerts')).toEqual({ alerts: expect.any(Array) as unknown });
  });

  it('is told what is wrong with a query, and sees no more by asking again with GET', async () => {
    for (const method of ['POST', 'GET'] as const) {
      for (const query of ['sum(', 'sum', '{__name__="count"}', 'a default 0']) {
        const answer = await ask(method, '/query', { query, time: String(NOW) });
        expect(answer).toMatchObject({
          status: 400,
          errorType: 'bad_data',
          error: expect.stringMatching(/query/),
        });
      }
      const series = await ask(method, '/series', { ...LISTED, 'match[]': 'sum' });
      expect(series).toMatchObject({ status: 400, errorType: 'bad_data' });
    }
    expect(await ask('GET', '/query', { query: '1+1', time: '4' })).toMatchObject({ status: 200 });
  });
});
