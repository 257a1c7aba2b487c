import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DefinitionBacktest, DefinitionPreview } from '@stratora/contract';
import { createAlertDefinitionSchema } from '@stratora/contract';
import { systemClock } from '@stratora/runtime';
import { VictoriaMetrics, waitFor } from '@stratora/testkit';
import { createQueryClient } from '@stratora/victoriametrics';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AlertScene } from '../alerts/alert-scene.test-support.ts';
import { BacktestService, type BacktestServiceOptions } from './backtest-service.ts';
import { notAnswered } from './past-source.ts';
import { crowdLines, hourLines, pairLines, writeLines } from './trial-samples.test-support.ts';

const PATH = '/api/v1/alert-definitions';
const MINUTE_MS = 60_000;
const RULE = {
  name: 'Load of presses',
  expr: 'trial_load',
  warning: 80,
  critical: 90,
  duration_seconds: 60,
  unit: 'percent',
  summary: '{{ $node }} has {{ $value | percent }} on {{ $instance }}',
};
const NOW = { ...RULE, expr: 'trial_now' };

describe('trials of alert definitions', () => {
  let store: VictoriaMetrics;
  let scene: AlertScene;
  let viewer: string;
  let endMs: number;
  const nodes: Record<'press' | 'lathe' | 'mill', string> = { press: '', lathe: '', mill: '' };

  beforeAll(async () => {
    store = await VictoriaMetrics.start();
    scene = await AlertScene.start({ config: { metricsReadUrl: store.url, metricsWriteUrl: store.url } });
    viewer = await scene.addUser('viewer');
    for (const name of ['press', 'lathe', 'mill'] as const) nodes[name] = await scene.addNode(name);
    await sql`UPDATE node_states SET status = 'healthy'`.execute(scene.db);
    endMs = Math.floor(Date.now() / 10_000) * 10_000;
    await writeLines(store, hourLines(nodes, endMs));
    await waitFor(async () => (await preview(NOW)).total === 3, { timeoutMs: 40_000 });
  }, 120_000);
  afterAll(async () => {
    await scene?.stop();
    await store?.stop();
  });

  /** Two series of one node, which match each other twice. */
  async function addPair(): Promise<void> {
    await writeLines(store, pairLines(nodes.press));
    await hasSeries('trial_pair', 2);
  }

  async function hasSeries(expr: string, count: number): Promise<void> {
    await waitFor(async () => (await preview({ ...RULE, expr })).total === count, { timeoutMs: 40_000 });
  }

  async function ask(path: string, body: object | undefined, token = scene.backend.adminToken) {
    return scene.backend.call('POST', `${PATH}${path}`, { token, ...(body === undefined ? {} : { body }) });
  }
  async function preview(definition: object, more: object = {}): Promise<DefinitionPreview> {
    const { status, json, text } = await ask('/preview', { definition, ...more });
    expect(status, text).toBe(200);
    return json as DefinitionPreview;
  }
  async function backtest(definition: object, more: object = {}): Promise<DefinitionBacktest> {
    const { status, json, text } = await ask('/backtest', { definition, hours: 0.9, ...more });
    expect(status, text).toBe(200);
    return json as DefinitionBacktest;
  }

  it('a preview shows what matches now, the worst first, and fires nothing', async () => {
    const shown = await preview(NOW);
    expect(shown).toMatchObject({
      not_tried: null,
      total: 3,
      nodes: 3,
      nodes_with_data: 3,
      counts: { critical: 1, warning: 0, good: 2 },
    });
    expect(shown.items[0]).toEqual({
      node_id: nodes.press,
      node_name: 'press',
      instance: 'a',
      labels: { slot: 'a' },
      value: 95,
      severity: 'critical',
      threshold: 90,
      summary: 'press has 95 % on a',
    });
    expect(shown.items[1]).toMatchObject({
      node_name: 'lathe',
      severity: null,
      threshold: null,
      summary: null,
    });
    expect(await scene.list('state=active')).toMatchObject({ total: 0 });
  });

  it('judges infinite values, and draws none', async () => {
    const endless = { ...NOW, expr: 'trial_now / 0' };
    expect(await preview(endless)).toMatchObject({ total: 3, counts: { critical: 3 } });
    expect((await preview(endless)).items[0]).toMatchObject({
      value: '+Inf',
      severity: 'critical',
      summary: 'lathe has infinite on a',
    });
    const good = await preview({ ...NOW, expr: '-trial_now / 0' });
    expect(good.items[0]).toMatchObject({ value: '-Inf', severity: null });
    const { alerts, series, total } = await backtest({ ...RULE, expr: 'trial_load / 0' });
    expect(total).toBe(3);
    expect(alerts[0]?.peak).toBe('+Inf');
    expect(series.map(({ points }) => points)).toEqual([[], [], []]);
  });

  it('says by line and column what is wrong with an expression', async () => {
    for (const path of ['/preview', '/backtest']) {
      const body = { definition: { ...RULE, expr: 'trial_load\n  + rate(trial_load)' }, ...hoursOf(path) };
      const { status, json } = await ask(path, body);
      expect(status).toBe(400);
      expect(json.errors[0]).toMatchObject({
        path: 'expr',
        message: expect.stringMatching(/^line 2, column \d+: /),
      });
    }
    const lost = await ask('/preview', { definition: { ...RULE, expr: 'sum(trial_load)' } });
    expect(lost.json.errors[0].message).toContain('no node_id');
  });

  it('requires what saving requires', async () => {
    const nobody = '01970000-0000-7000-8000-00000000dead';
    for (const path of ['/preview', '/backtest', '']) {
      const faultOf = async (change: object) => {
        const written = { ...NOW, name: 'Never saved', ...change };
        const body = path === '' ? written : { definition: written, ...hoursOf(path) };
        const { status, json } = await ask(path, body);
        return [status, json.errors?.[0]?.path];
      };
      expect(await faultOf({ summary: '{{ $labels.nonsense }}' })).toEqual([400, 'summary']);
      expect(await faultOf({ scope: { type: 'group', id: nobody } })).toEqual([400, 'scope.id']);
      expect(await faultOf({ scope: { type: 'site', id: nobody } })).toEqual([400, 'scope.id']);
    }
  });

  it('says in words what the store has against an expression, and does not save it', async () => {
    await addPair();
    const expr = 'trial_pair * on (node_id) group_left () trial_pair';
    const { status, json } = await ask('/preview', { definition: { ...RULE, expr } });
    expect([status, json.code]).toEqual([422, 'query_failed']);
    expect(json.detail).toMatch(/^duplicate/);
    expect(json.detail).not.toMatch(/status|[{}]"|\\/);
    const saved = await ask('', { ...RULE, name: 'Refused', expr });
    expect([saved.status, saved.json.errors?.[0]?.path]).toEqual([400, 'expr']);
    expect(saved.json.errors[0].message).toContain('The metric store refuses it: ');
    const id = await scene.addDefinition({ slug: 'refused', name: 'Refused', expr, enabled: false });
    const patch = (body: object) =>
      scene.backend.call('PATCH', `${PATH}/${id}`, { token: scene.backend.adminToken, body });
    expect((await patch({ name: 'Refused still' })).status).toBe(200);
    const enabled = await patch({ enabled: true });
    expect([enabled.status, enabled.json.errors?.[0]?.path]).toEqual([400, 'expr']);
  });

  it('tells a store that hangs from a query that is slow', async () => {
    const silent = await silentServer();
    const query = createQueryClient({ url: silent.url });
    const timeout = { ok: false, retry: true, reason: 'timeout', cause: '' } as const;
    expect(await notAnswered(query, timeout)).toMatchObject({ code: 'metrics_unavailable' });
    query.close();
    await silent.stop();
    const alive = createQueryClient({ url: store.url });
    expect(await notAnswered(alive, timeout)).toMatchObject({ code: 'query_failed' });
    alive.close();
  });

  it('lets a viewer see what a saved definition matches, and try none of their own', async () => {
    const id = await scene.addDefinition({ slug: 'trial_saved', name: 'Saved', expr: 'trial_load' });
    const saved = () => ask(`/${id}/preview`, undefined, viewer);
    await waitFor(async () => (await saved()).status === 200);
    expect((await saved()).json).toMatchObject({ total: 3 });
    for (const path of ['/preview', '/backtest']) {
      expect((await ask(path, { definition: RULE, ...hoursOf(path) }, viewer)).status).toBe(403);
    }
  });

  it('a back-test tells when each alert would have fired, for how long, its peak and its notices', async () => {
    const past = await backtest(RULE, { node_id: nodes.press });
    expect(past).toMatchObject({
      complete: true,
      step_seconds: 10,
      total: 2,
      notices: 2,
      held_notices: 0,
      nodes: 1,
    });
    const [newest, oldest] = past.alerts;
    expect(oldest).toMatchObject({
      node_name: 'press',
      instance: 'a',
      severity: 'warning',
      started_at: time(-50),
      from: time(-49),
      // Good from 45 min ago on, confirmed for 20 s.
      to: time(-45, 20),
      duration_seconds: 260,
      peak: 85,
      notices: 1,
      held_by: null,
    });
    expect(newest).toMatchObject({ severity: 'critical', from: time(-29), to: time(-20, 20), peak: 96 });
    expect(past).toMatchObject({ warning: 80, critical: 90, comparison: '>', unit: 'percent' });
    const [drawn] = past.series;
    expect(drawn?.active).toEqual([
      { from: Date.parse(time(-49)) / 1000, to: Date.parse(time(-45, 20)) / 1000, severity: 'warning' },
      { from: Date.parse(time(-29)) / 1000, to: Date.parse(time(-20, 20)) / 1000, severity: 'critical' },
    ]);
    expect(Math.max(...(drawn?.points ?? []).map(([, value]) => value))).toBe(96);
  });

  it('warns of more than one notice for a node and day', async () => {
    const { noise } = await backtest(RULE);
    expect(noise).toMatchObject({ budget: 1, nodes_over: 1, nodes: [{ node_name: 'press', notices: 2 }] });
    expect(noise.warning).toBe(
      '1 node would have sent more than one notice a day; press most of all: 2 a day.',
    );
    expect((await backtest({ ...RULE, warning: 89 })).noise.warning).toBeNull();
  });

  it('counts what would have been held back while the node was offline, and told when it was back', async () => {
    const change = async (minutes: number, from: string, to: string) =>
      sql`INSERT INTO node_status_changes (node_id, time, old_status, new_status)
        VALUES (${nodes.lathe}, ${time(minutes)}::timestamptz, ${from}, ${to})`.execute(scene.db);
    await change(-45, 'healthy', 'offline');
    await change(-20, 'offline', 'healthy');
    const told = await backtest(RULE, { node_id: nodes.lathe });
    expect(told).toMatchObject({ total: 1, notices: 1, held_notices: 1 });
    expect(told.alerts[0]).toMatchObject({ from: time(-39), held_by: 'unreachable', notices: 1 });
    await sql`UPDATE node_status_changes SET new_status = 'maintenance' WHERE new_status = 'offline'`.execute(
      scene.db,
    );
    await sql`UPDATE node_status_changes SET time = ${time(-10)}::timestamptz WHERE new_status = 'healthy'`.execute(
      scene.db,
    );
    const kept = await backtest(RULE, { node_id: nodes.lathe });
    expect(kept).toMatchObject({ total: 1, notices: 0, held_notices: 1 });
    expect(kept.alerts[0]).toMatchObject({ held_by: 'maintenance', notices: 0 });
    await sql`UPDATE node_status_changes SET new_status = 'unknown' WHERE new_status = 'maintenance'`.execute(
      scene.db,
    );
    expect(await backtest(RULE, { node_id: nodes.lathe })).toMatchObject({ total: 0 });
    await sql`DELETE FROM node_status_changes WHERE node_id = ${nodes.lathe}`.execute(scene.db);
  });

  it('tries a definition where it would judge: not where a narrower one does', async () => {
    const id = await scene.addDefinition({ slug: 'trial_root', name: 'Root', expr: 'trial_load' });
    const narrow = {
      ...RULE,
      name: 'For the mill',
      overrides: id,
      scope: { type: 'node', id: nodes.mill },
      critical: 95,
    };
    await waitFor(async () => (await ask(`/${id}/preview`, undefined)).status === 200);
    const mine = await preview({ ...narrow, warning: 5 });
    expect(mine).toMatchObject({ nodes: 1, total: 1, items: [{ node_id: nodes.mill, severity: 'warning' }] });
    const { id: saved } = await scene.backend.admin('POST', PATH, narrow);
    await waitFor(async () => (await preview(RULE, { id })).nodes === 2);
    expect(await preview({ ...narrow, warning: 5 }, { id: saved })).toMatchObject({ nodes: 1, total: 1 });
    await scene.backend.admin('DELETE', `${PATH}/${saved}`);
  });

  it('says that instances are left out where a node has more than may fire at once', async () => {
    await writeLines(store, crowdLines(nodes.press, 1_030));
    await hasSeries('trial_crowd', 1_030);
    const rule = { ...RULE, expr: 'trial_crowd', warning: 0, critical: null, duration_seconds: 0 };
    const { total, remarks } = await backtest({ ...rule, summary: null, settle_seconds: 0 });
    expect([total, remarks]).toEqual([1_000, [expect.stringMatching(/^At times 30 instances would/)]]);
  });

  it('says which definitions cannot be tried, and why', async () => {
    const heard = { name: 'Silent', kind: 'heartbeat', critical: 60 };
    expect((await preview(heard)).not_tried).toContain('judges "heartbeat" by what it hears itself');
    expect(await backtest(heard)).toMatchObject({ complete: false, alerts: [], total: 0, series: [] });
  });

  it('takes 30 days at most, and ids that exist', async () => {
    expect((await ask('/backtest', { definition: RULE, hours: 721 })).status).toBe(400);
    const nobody = '01970000-0000-7000-8000-00000000dead';
    expect((await ask('/backtest', { definition: RULE, hours: 1, node_id: nobody })).status).toBe(404);
    expect((await ask('/preview', { definition: RULE, id: nobody })).status).toBe(404);
    expect((await ask(`/${nobody}/preview`, undefined)).status).toBe(404);
  });

  it('a back-test of 30 days of this plant is whole and in the evaluator’s own steps', async () => {
    expect(await backtest(RULE, { hours: 720 })).toMatchObject({
      complete: true,
      step_seconds: 10,
      total: 3,
    });
  });

  it('reads a series a second time only where an alert resolves', async () => {
    const client = createQueryClient({ url: store.url });
    const asked = new Set<string>();
    const service = newService({
      query: (...of) => client.query(...of),
      queryRange: (text, ...of) => {
        asked.add(text);
        return client.queryRange(text, ...of);
      },
    });
    const definition = createAlertDefinitionSchema.parse(RULE);
    const past = (node: string) =>
      service.backtest(
        { definition, hours: 0.9, node_id: node },
        { caller: 'anna', signal: new AbortController().signal },
      );
    expect(await past(nodes.mill)).toMatchObject({ complete: true, total: 0, series_count: 1 });
    expect(asked.size).toBe(1);
    asked.clear();
    expect(await past(nodes.press)).toMatchObject({ complete: true, total: 2 });
    expect(asked.size).toBe(2);
    client.close();
  });

  it('runs two at a time, one of each person, and ends those whose caller has gone', async () => {
    const silent = await silentServer();
    const query = createQueryClient({ url: silent.url });
    const service = newService(query);
    const asked = { definition: createAlertDefinitionSchema.parse(RULE), hours: 1 };
    const gone = new AbortController();
    const { signal } = gone;
    const running = ['anna', 'ben'].map((caller) =>
      service.backtest(asked, { caller, signal }).catch((error: unknown) => error),
    );
    await waitFor(async () => silent.calls() >= 2);
    const again = (caller: string) => service.backtest(asked, { caller, signal });
    await expect(again('anna')).rejects.toMatchObject({ code: 'too_many_requests' });
    await expect(again('carl')).rejects.toMatchObject({ code: 'overloaded' });
    gone.abort();
    expect(await Promise.all(running)).toMatchObject([
      { code: expect.any(String) },
      { code: expect.any(String) },
    ]);
    expect(service.running).toBe(0);
    query.close();
    await silent.stop();
  });

  function newService(query: BacktestServiceOptions['query']): BacktestService {
    return new BacktestService({
      db: scene.db,
      query,
      clock: systemClock,
      rules: () => ({ version: 1, rules: [], faults: [] }),
      unreachableSeconds: () => 300,
      settleSeconds: () => 300,
      lookBackSecondsOf: () => 30,
    });
  }

  function hoursOf(path: string): object {
    return path === '/backtest' ? { hours: 1 } : {};
  }

  function time(minutes: number, seconds = 0): string {
    return new Date(endMs + minutes * MINUTE_MS + seconds * 1000).toISOString();
  }
});

/** A store that takes questions and never answers. */
async function silentServer(): Promise<{ url: string; calls: () => number; stop: () => Promise<void> }> {
  let calls = 0;
  const server: Server = createServer(() => {
    calls += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
